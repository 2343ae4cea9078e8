// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.CrossCorrelation;

/// <summary>Weighting of a generalised cross-correlation.</summary>
public enum CorrelationKind
{
    /// <summary>None: the plain cross-correlation.</summary>
    Plain,

    /// <summary>Phase transform: every frequency counts alike.</summary>
    PhaseTransform,
}
