// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>A wire instead of a neuron, for bring-up: the output is what is driven, in V, and each rise through the detector's level is
/// a spike.</summary>
internal sealed class WireCircuit : INeuronCircuit
{
    private const int Kept = 1024;

    private readonly double[] _times = new double[Kept];
    private readonly double[] _volts = new double[Kept];
    private long _count;

    /// <summary>Initializes a new instance of the <see cref="WireCircuit" /> class at 0 V.</summary>
    /// <param name="detectLevel">Voltage in V of the detector.</param>
    public WireCircuit(double detectLevel = DetectLevels.Wire)
    {
        DetectLevel = detectLevel;
    }

    /// <inheritdoc />
    public Action<double, bool>? Crossed { get; set; }

    /// <inheritdoc />
    public Action<double>? Fired { get; set; }

    /// <inheritdoc />
    public double DetectLevel { get; }

    /// <inheritdoc />
    public long Spikes { get; private set; }

    private double Now => _count == 0 ? 0 : _volts[(_count - 1) % Kept];

    /// <inheritdoc />
    public void Advance(double time)
    {
        // A wire has no events of its own.
    }

    /// <inheritdoc />
    /// <remarks>Here the drive is a voltage in V.</remarks>
    public void Drive(double time, double current)
    {
        double before = Now;
        _times[_count % Kept] = time;
        _volts[_count % Kept] = current;
        _count++;
        if (before <= DetectLevel && current > DetectLevel)
        {
            Spikes++;
            Fired?.Invoke(time);
            Crossed?.Invoke(time, true);
        }
        else if (before > DetectLevel && current <= DetectLevel)
        {
            Crossed?.Invoke(time, false);
        }
    }

    /// <inheritdoc />
    public void Reset(double time, bool pressed)
    {
        if (pressed)
        {
            Drive(time, 0);
        }
    }

    /// <inheritdoc />
    public double Membrane(double time) => Output(time);

    /// <inheritdoc />
    public double Output(double time)
    {
        long oldest = Math.Max(0, _count - Kept);
        for (long i = _count - 1; i >= oldest; i--)
        {
            if (_times[i % Kept] <= time)
            {
                return _volts[i % Kept];
            }
        }

        return 0;
    }
}
