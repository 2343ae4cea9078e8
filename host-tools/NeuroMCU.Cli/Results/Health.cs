// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Results;

/// <summary>How a check came out.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something that only some uses need is missing.</summary>
    Optional,

    /// <summary>Something does not work.</summary>
    Problem,
}
