// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Serial;

/// <summary>An open serial port, used with blocking calls: one thread reads, one writes.</summary>
public interface ISerialPort : IDisposable
{
    /// <summary>Reads what has arrived; waits when nothing has.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="milliseconds">Longest wait, more than 0.</param>
    /// <returns>Number of bytes; 0 when none came.</returns>
    /// <exception cref="System.IO.IOException">The port is gone.</exception>
    int Read(byte[] buffer, int milliseconds);

    /// <summary>Writes bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="milliseconds">Longest wait for room.</param>
    /// <exception cref="System.IO.IOException">The port is gone, or took nothing for that long.</exception>
    void Write(ReadOnlySpan<byte> data, int milliseconds);
}
