// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Tables;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>What calibration found out about one channel.</summary>
public sealed record ChannelCalibration
{
    /// <summary>Number of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it may be used, and if not, why.</summary>
    public required ChannelVerdict Verdict { get; init; }

    /// <summary>All readings, by ascending code.</summary>
    public required IReadOnlyList<BenchReading> Readings { get; init; }

    /// <summary>Nominal current in A of each reading.</summary>
    public required IReadOnlyList<double> Currents { get; init; }

    /// <summary>The closed form through them; null when it did not fire often enough.</summary>
    public CellFit? Fit { get; init; }

    /// <summary>Its drive table; null when it failed.</summary>
    public DriveTable? Table { get; init; }

    /// <summary>The lowest rate in Hz that one code of the converter sets well enough; 0 without a table.</summary>
    public double LowestRate { get; init; }

    /// <summary>The highest rate in Hz that the table reaches; 0 without one.</summary>
    public double HighestRate { get; init; }

    /// <summary>Resistance in Ω that drive and sense see, from the mean voltage on the load; null when nothing is sensed.</summary>
    public SenseLine? Sense { get; init; }
}
