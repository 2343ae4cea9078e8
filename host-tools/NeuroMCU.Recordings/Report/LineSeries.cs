// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>One line of a plot.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="X">Abscissae, ascending; seconds where the axis is the time of the run.</param>
/// <param name="Y">Ordinates; NaN leaves a gap.</param>
/// <param name="Unit">Unit shown with the values.</param>
/// <param name="Colour">Index into the page's palette, or null for the place in the plot.</param>
/// <param name="Dashed">Whether to dash it, so that a line below it shows.</param>
/// <param name="Dots">Whether to draw dots instead of a line, as for measured points.</param>
public sealed record LineSeries(string Name, double[] X, double[] Y, string Unit = "", int? Colour = null, bool Dashed = false,
    bool Dots = false)
{
    /// <summary>Height of a thin dashed line across the plot, such as a threshold; null for none.</summary>
    public double? Level { get; init; }

    /// <summary>Abscissae of marks that stand on the level, or at the top where there is none: spikes of the neuron.</summary>
    public double[] Marks { get; init; } = [];
}
