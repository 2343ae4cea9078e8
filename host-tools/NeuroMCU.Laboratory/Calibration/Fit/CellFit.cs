// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>The closed form laid through a measured f(I).</summary>
public sealed record CellFit
{
    /// <summary>The neuron that fits best.</summary>
    public required ThyristorCell Cell { get; init; }

    /// <summary>Names of the parameters that the data determined; the others were taken from the nominal neuron.</summary>
    public required IReadOnlyList<string> Fitted { get; init; }

    /// <summary>Root mean square of (closed form - measured) in Hz over all points, silent ones and outliers included.</summary>
    public required double Rmse { get; init; }

    /// <summary>Closed form minus measured in Hz, in the order of the points.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>Which points were left out of the fit, in the order of the points.</summary>
    public required IReadOnlyList<bool> Outliers { get; init; }

    /// <summary>
    /// Part of the variance of the measured rates that the closed form explains, outliers included: 1 for a perfect fit, 0 or less for one
    /// that says no more than their mean; see <see cref="FitVerdict" />.
    /// </summary>
    public required double Explained { get; init; }

    /// <summary>Whether the search for the parameters came to rest; otherwise its steps ran out, and other values may fit better.</summary>
    public required bool Settled { get; init; }

    /// <summary>Whether the closed form explains the data: where it does not, its parameters are no measurement.</summary>
    public bool IsExplanation => Explained >= FitVerdict.LeastExplained;

    /// <summary>Whether the block was seen; if not, <see cref="ThyristorCell.Hold" /> is only known to be above the highest firing
    /// current.</summary>
    public required bool BlockSeen { get; init; }

    /// <summary>Whether silence below the onset was seen.</summary>
    public required bool OnsetSeen { get; init; }
}
