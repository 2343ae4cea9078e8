// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>How a headline figure is to be taken.</summary>
public enum FigureTone
{
    /// <summary>It is what it is.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look: amber.</summary>
    Warning,

    /// <summary>Wrong or missing: red.</summary>
    Bad,
}
