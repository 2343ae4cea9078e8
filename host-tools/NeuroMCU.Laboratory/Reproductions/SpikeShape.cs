// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>
/// Height and width of a spike on the load, from the membrane sampled every 10 µs: V_out = (V − V_on)·R_load/R_c while it conducts. It
/// is the second spike of a run: the first one starts at the full threshold, whatever the neuron remembers of others.
/// </summary>
internal sealed class SpikeShape
{
    private const int Interval = 10;

    private readonly string _set;
    private readonly double _current;
    private readonly double _seconds;

    /// <summary>Plans the measurement.</summary>
    /// <param name="set">Fields of the population besides size and bias.</param>
    /// <param name="current">Current in µA.</param>
    public SpikeShape(string set, double current, double seconds)
    {
        _set = set;
        _current = current;
        _seconds = seconds;
    }

    /// <summary>Peak of the voltage on the load.</summary>
    /// <returns>Height in V.</returns>
    public double Height(CircuitLaboratory lab, Column column) => Cell(lab).LoadVoltage(Crest(lab, column));

    /// <summary>Membrane voltage at which the spike begins.</summary>
    /// <returns>Voltage in V.</returns>
    public double Crest(CircuitLaboratory lab, Column column)
    {
        TraceRecord trace = Membrane(lab, column);
        return trace.Values[Fired(trace)];
    }

    /// <summary>Conductance of the thyristor at the peak of the spike: its current over the voltage that the load leaves to it.</summary>
    /// <returns>Conductance in S.</returns>
    public double PeakConductance(CircuitLaboratory lab, Column column)
    {
        double height = Height(lab, column);
        return height / Cell(lab).Load / (Crest(lab, column) - height);
    }

    /// <summary>Current through the load while the membrane charges, on average.</summary>
    /// <returns>Current in A.</returns>
    public double Leak(CircuitLaboratory lab, Column column)
    {
        ThyristorCell cell = Cell(lab);
        return Charging(lab, column).Average(v => cell.Leak * Math.Max(0, v - cell.Knee));
    }

    /// <summary>Conductance of the thyristor while the membrane charges, on average.</summary>
    /// <returns>Conductance in S.</returns>
    public double OffConductance(CircuitLaboratory lab, Column column)
    {
        ThyristorCell cell = Cell(lab);
        return Charging(lab, column).Average(v => cell.Leak * Math.Max(0, v - cell.Knee) / v);
    }

    /// <summary>Time from the spike until the membrane begins to charge again.</summary>
    /// <returns>Time in s.</returns>
    public double TimeOn(CircuitLaboratory lab, Column column)
    {
        double[] membrane = Membrane(lab, column).Values;
        int fired = Fired(Membrane(lab, column));
        int opened = fired + 1;
        while (membrane[opened + 1] <= membrane[opened])
        {
            opened++;
        }

        return (opened - fired) * Interval * 1e-6;
    }

    /// <summary>Lowest membrane voltage between spikes.</summary>
    /// <returns>Voltage in V.</returns>
    public double Trough(CircuitLaboratory lab, Column column)
    {
        TraceRecord trace = Membrane(lab, column);
        int fired = Fired(trace);
        return trace.Values.Skip(fired).Min();
    }

    /// <summary>Time from the spike until the voltage on the load is below a level.</summary>
    /// <param name="level">Level in V.</param>
    /// <returns>Time in s.</returns>
    public double TimeAbove(CircuitLaboratory lab, Column column, double level)
    {
        TraceRecord trace = Membrane(lab, column);
        ThyristorCell cell = Cell(lab);
        int fired = Fired(trace);
        int below = Array.FindIndex(trace.Values, fired + 1, v => cell.LoadVoltage(v) < level);
        if (below < 1)
        {
            return double.NaN;
        }

        double before = cell.LoadVoltage(trace.Values[below - 1]);
        double after = cell.LoadVoltage(trace.Values[below]);
        double crossing = below - 1 + ((before - level) / (before - after));
        return (crossing - fired) * Interval * 1e-6;
    }

    /// <summary>Width of the spike at half its height.</summary>
    /// <returns>Width in s.</returns>
    public double Width(CircuitLaboratory lab, Column column) => TimeAbove(lab, column, Height(lab, column) / 2);

    /// <summary>Energy that the drive gives per spike, I·∫V dt over a period.</summary>
    /// <returns>Energy in J.</returns>
    public double Energy(CircuitLaboratory lab, Column column)
    {
        double[] times = Trains.Of(lab.RunText(Text, column), 0);
        double period = (times[^1] - times[0]) / (times.Length - 1);
        return _current * 1e-6 * Trains.Mean(Membrane(lab, column), times[0], times[^1]) * period;
    }

    // Samples after the spike from which the membrane rises.
    private double[] Charging(CircuitLaboratory lab, Column column)
    {
        TraceRecord trace = Membrane(lab, column);
        return trace.Values.Zip(trace.Values.Skip(1)).Skip(Fired(trace) + 1).Where(p => p.Second > p.First).Select(p => p.First).ToArray();
    }

    // The last sample before the membrane falls for the second time.
    private static int Fired(TraceRecord trace) => Turn(trace.Values, Turn(trace.Values, Turn(trace.Values, 0, 1), -1), 1);

    // The sample from which the membrane no longer goes up (1) or down (-1).
    private static int Turn(double[] values, int from, int way)
    {
        int i = from + 1;
        while (i < values.Length && way * (values[i] - values[i - 1]) >= -1e-6)
        {
            i++;
        }

        return i - 1;
    }

    private ThyristorCell Cell(CircuitLaboratory lab)
    {
        Network network = lab.Once("shape " + Text, () => NetworkFile.Parse("neuromcu: 1\n" + Text, "row.yaml"));
        return network.Populations[0].PartOf(0)!.Cell!;
    }

    private TraceRecord Membrane(CircuitLaboratory lab, Column column) => lab.RunText(Text, column).Traces[0];

    private string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"duration: {_seconds} s\nstep: 10 us\npopulations:\n  neuron: {{model: thyristor, {_set}, size: 1, bias: {_current} "
        + $"uA}}\nrecord:\n  traces:\n    - {{population: neuron, neurons: 0, every: {Interval} us}}\n");
}
