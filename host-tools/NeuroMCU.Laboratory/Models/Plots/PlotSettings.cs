// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Models.Plots;

/// <summary>What a plot of a model shows; what is null is chosen from how the model behaves.</summary>
public sealed record PlotSettings
{
    /// <summary>Preset; empty for the default values.</summary>
    public string Preset { get; init; } = string.Empty;

    /// <summary>Step in µs.</summary>
    public int Step { get; init; } = 100;

    /// <summary>Height of the step of the first input, with its unit: <c>500 pA</c>.</summary>
    public string? Input { get; init; }

    /// <summary>Length of the response in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Ends of the curve over the first input, with their unit: <c>0..1000 pA</c>.</summary>
    public string? Sweep { get; init; }

    /// <summary>Period of the loops of a memory channel in seconds.</summary>
    public double? Period { get; init; }
}
