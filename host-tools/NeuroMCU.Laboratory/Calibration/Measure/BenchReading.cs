// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>What a channel did in one measurement.</summary>
public sealed record BenchReading
{
    /// <summary>Number of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Code that it was driven with.</summary>
    public required int Code { get; init; }

    /// <summary>Time in s over which spikes were counted.</summary>
    public required double Window { get; init; }

    /// <summary>Spikes in the window.</summary>
    public required int Spikes { get; init; }

    /// <summary>Time in s of the first spike since the window began.</summary>
    public double First { get; init; }

    /// <summary>Time in s of the last spike since the window began.</summary>
    public double Last { get; init; }

    /// <summary>Mean voltage in V that was sensed; NaN when nothing is.</summary>
    public double SenseMean { get; init; } = double.NaN;

    /// <summary>Lowest voltage in V; NaN when nothing is sensed.</summary>
    public double SenseLow { get; init; } = double.NaN;

    /// <summary>Highest voltage in V; NaN when nothing is sensed.</summary>
    public double SenseHigh { get; init; } = double.NaN;

    /// <summary>What the device found the channel to be.</summary>
    public ReadingCondition Condition { get; init; }

    /// <summary>Spikes that the board lost meanwhile: the count is then too small.</summary>
    public int Lost { get; init; }

    /// <summary>True when it fired and then stopped within the window, as a neuron does that runs into its block.</summary>
    public bool Stopped => Spikes >= 2 && Window - Last > (4 * (Last - First) / (Spikes - 1)) + 0.02;

    /// <summary>
    /// Rate in Hz from the intervals between first and last spike; 0 when it stopped. A lone spike counts as silence: it belongs to the
    /// step of the drive, or to a neuron so near its onset that the next one is far.
    /// </summary>
    public double Rate => Spikes < 2 || Stopped || Last <= First ? 0 : (Spikes - 1) / (Last - First);
}
