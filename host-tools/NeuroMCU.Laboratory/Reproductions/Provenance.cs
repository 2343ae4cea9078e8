// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Where a published number comes from.</summary>
public enum Provenance
{
    /// <summary>The number stands in the text, a table or a caption.</summary>
    Printed,

    /// <summary>Read off a figure by eye: about 5 % of full scale.</summary>
    ReadOffFigure,

    /// <summary>Follows from published equations or data.</summary>
    Computed,

    /// <summary>From memory; nobody found it in the source again.</summary>
    Recalled,
}
