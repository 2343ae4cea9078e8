// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Storage;

/// <summary>What power failure leaves of the call that it interrupts.</summary>
public enum TornWrite
{
    /// <summary>The bytes written so far.</summary>
    Prefix,

    /// <summary>The bytes written so far, and behind them a block of erased flash (0xFF) as long as what was still to come.</summary>
    PrefixThenErased,

    /// <summary>Nothing: the file system takes the whole call back, as littlefs does before a file is closed.</summary>
    Nothing,
}
