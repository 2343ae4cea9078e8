// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Links;

/// <summary>
/// A stream of bytes to and from a device. It may lose or damage bytes; what is above it notices. One reader and one writer at a time.
/// </summary>
public interface IDeviceLink : IAsyncDisposable
{
    /// <summary>Gets the name of the link for messages, for example <c>serial:/dev/ttyUSB0</c>.</summary>
    string Description { get; }

    /// <summary>
    /// Gets the time since the link opened, on the clock that waiting is measured with: wall time, or the virtual clock of a device in
    /// this process, so that what happens there does not depend on how fast the host is.
    /// </summary>
    TimeSpan Elapsed { get; }

    /// <summary>Reads what has arrived; waits when nothing has.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="wait">Longest wait on the clock of <see cref="Elapsed" />; zero looks only.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Number of bytes; 0 when none came in time.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.LinkLost" />: the link is broken.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cancellation">Ends the wait for room.</param>
    /// <returns>When the link has taken them.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.LinkLost" />: the link is broken.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation);
}
