// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>Kinds of findings that programs tell apart (the host tool gives each an exit code of its own).</summary>
public enum DiagnosticKind
{
    /// <summary>Anything without a kind of its own.</summary>
    Other,

    /// <summary>The text is not YAML.</summary>
    Syntax,

    /// <summary>A model, population, field or word that does not exist.</summary>
    Name,

    /// <summary>A unit is missing, unknown or of the wrong dimension.</summary>
    Unit,

    /// <summary>A weight is out of range.</summary>
    Weight,

    /// <summary>A delay is out of range.</summary>
    Delay,

    /// <summary>The network does not fit the image format or the board.</summary>
    TooBig,
}
