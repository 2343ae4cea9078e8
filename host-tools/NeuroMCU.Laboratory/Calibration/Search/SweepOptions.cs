// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Search;

/// <summary>How finely f(I) is measured. The whole of it takes some 25 s of bench time, whatever the number of channels.</summary>
public sealed record SweepOptions
{
    /// <summary>Steps of the coarse sweep from 0 to the limit.</summary>
    public int Steps { get; init; } = 26;

    /// <summary>The first step, as a part of the limit: no measured thyristor fires below 20 µA.</summary>
    public double From { get; init; } = 0.14;

    /// <summary>How closely the onset is enclosed, as a part of the current; a code of the converter is the end.</summary>
    public double OnsetPrecision { get; init; } = 0.002;

    /// <summary>How closely the block is enclosed.</summary>
    public double BlockPrecision { get; init; } = 0.01;

    /// <summary>Points that are added where the curve is steepest.</summary>
    public int FillPoints { get; init; } = 8;

    /// <summary>Timing of the coarse sweep.</summary>
    public MeasureTiming Coarse { get; init; } = new(40, 160);

    /// <summary>Timing around the onset, where intervals are long.</summary>
    public MeasureTiming Onset { get; init; } = new(100, 300);

    /// <summary>Timing around the block: short, since a blocked thyristor conducts.</summary>
    public MeasureTiming Block { get; init; } = new(40, 120);

    /// <summary>Timing of the added points.</summary>
    public MeasureTiming Fill { get; init; } = new(60, 400);

    /// <summary>Timing of a look at the undriven board.</summary>
    public MeasureTiming Quiet { get; init; } = new(20, 200);
}
