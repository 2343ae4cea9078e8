// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>Something between the host and a device failed: what, why, and what to do next.</summary>
public class DeviceException : ExplainedException
{
    /// <summary>Initializes a new instance of the <see cref="DeviceException" /> class.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, with the values that matter.</param>
    /// <param name="why">The cause as far as it is known; null when the message says it.</param>
    /// <param name="next">What to type or do next; null when there is nothing.</param>
    /// <param name="innerException">What it came from; may be null.</param>
    public DeviceException(DeviceErrorKind kind, string message, string? why = null, string? next = null, Exception? innerException = null)
        : base(message, why, next, innerException)
    {
        Kind = kind;
    }

    /// <summary>Gets what went wrong.</summary>
    public DeviceErrorKind Kind { get; }

    /// <summary>Gets the code that the device refused with, one of the wire's error codes; 0 when it did not refuse.</summary>
    public int DeviceCode { get; init; }

    /// <summary>Gets the number that belongs to <see cref="DeviceCode" />.</summary>
    public int DeviceDetail { get; init; }
}
