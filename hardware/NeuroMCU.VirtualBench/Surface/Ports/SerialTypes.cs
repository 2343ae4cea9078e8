// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.IO.Ports;

/// <summary>Parity bit.</summary>
public enum Parity
{
    /// <summary>No parity bit.</summary>
    None = 0,

    /// <summary>Even parity.</summary>
    Even,

    /// <summary>Odd parity.</summary>
    Odd,
}

/// <summary>Stop bits.</summary>
public enum StopBits
{
    /// <summary>One.</summary>
    One = 1,

    /// <summary>Two.</summary>
    Two,

    /// <summary>One and a half.</summary>
    OnePointFive,
}

/// <summary>Flow control.</summary>
public enum Handshake
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>RTS and CTS.</summary>
    RequestToSend,

    /// <summary>RTS and CTS, XOn and XOff.</summary>
    RequestToSendXOnXOff,

    /// <summary>XOn and XOff.</summary>
    XOnXOff,
}
