// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange;

/// <summary>What kind of problem a foreign file has; decides the exit code.</summary>
public enum ExchangeProblem
{
    /// <summary>A recording cannot be used: it is cut off, damaged, or lacks what it must have.</summary>
    Recording,

    /// <summary>A network is wrong or holds what cannot be run.</summary>
    Network,

    /// <summary>The file is no file of its format, or damaged.</summary>
    Syntax,

    /// <summary>A node, population or field has a name that is not known, or is missing.</summary>
    Name,

    /// <summary>A weight is no finite number.</summary>
    Weight,

    /// <summary>A delay is negative, or too long.</summary>
    Delay,

    /// <summary>It is larger than what is read, or than what a network may have.</summary>
    TooBig,
}
