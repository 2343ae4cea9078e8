// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Bursting neurons side by side in one run, each with its own current and soma.</summary>
/// <param name="Currents">Current in µA of each neuron.</param>
/// <param name="Somas">Resistor of the soma in Ω of each neuron.</param>
internal sealed record BurstingRun(double[] Currents, double[] Somas)
{
    /// <summary>Other fields of the population, such as <c>threshold_drop: 0 mV, </c>; with a comma at their end.</summary>
    public string Fields { get; init; } = string.Empty;

    /// <summary>Membrane capacitance in F; the network's <see cref="Fields" /> have to agree.</summary>
    public double Capacitance { get; init; } = 10e-6;

    /// <summary>Step in µs.</summary>
    public int Step { get; init; } = 10;

    /// <summary>Time in s whose spikes are not looked at.</summary>
    public double Settle { get; init; } = 0.3;

    /// <summary>Whole time in s.</summary>
    public double Seconds { get; init; } = 0.6;

    /// <summary>True to record the somas.</summary>
    public bool Traces { get; init; }

    /// <summary>Settled spikes of a neuron.</summary>
    /// <returns>Times in s.</returns>
    public double[] Spikes(CircuitLaboratory lab, Column column, int neuron) => Trains.Of(Run(lab, column), neuron).Where(t => t >= Settle)
        .ToArray();

    /// <summary>Mean interval of a neuron.</summary>
    /// <returns>Time in s.</returns>
    public double Interval(CircuitLaboratory lab, Column column, int neuron) => 1 / Trains.Rate(Spikes(lab, column, neuron), 0, Seconds);

    /// <summary>Mode of a neuron.</summary>
    /// <returns>The mode; never IB2, for which one needs the plateau of the soma.</returns>
    public BurstMode Mode(CircuitLaboratory lab, Column column, int neuron)
    {
        ThyristorCell cell = ThyristorPresets.Get("w23") with { Capacitance = Capacitance };
        return BurstModes.Classify(Spikes(lab, column, neuron), BurstModes.ChargingTime(cell, Currents[neuron] * 1e-6));
    }

    /// <summary>Highest voltage of a soma.</summary>
    /// <returns>Voltage in V.</returns>
    public double Peak(CircuitLaboratory lab, Column column, int neuron)
    {
        TraceRecord trace = Run(lab, column).Traces[neuron];
        return trace.Values.Where((_, i) => trace.Times[i] >= Settle * 1e6).Max();
    }

    /// <summary>Settled bursts; the gap between them lies between the shortest and the longest interval.</summary>
    /// <returns>Bursts.</returns>
    public IReadOnlyList<(double First, double Last, int Count)> Bursts(CircuitLaboratory lab, Column column, int neuron)
    {
        double[] spikes = Spikes(lab, column, neuron);
        double[] intervals = spikes.Skip(1).Zip(spikes, (b, a) => b - a).ToArray();
        return intervals.Length == 0 ? [] : Trains.Settled(spikes, Math.Sqrt(intervals.Min() * intervals.Max()), Settle);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private RunRecording Run(CircuitLaboratory lab, Column column) => lab.RunText(
        "duration: " + Text(Seconds * 1e3) + " ms\nstep: " + Text(Step) + " us\npopulations:\n  cells: {model: bursting, size: "
        + Text(Currents.Length) + ", " + Fields
        + "soma_resistance: [" + string.Join(", ", Somas.Select(r => Text(r) + " Ohm"))
        + "], bias: [" + string.Join(", ", Currents.Select(i => Text(i) + " uA")) + "]}\n"
        + (Traces ? "record:\n  traces:\n    - {population: cells, every: " + Text(Step) + " us}\n" : string.Empty),
        column);
}
