// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Threading.Channels;
using NeuroMCU.Devices.Serial;

namespace NeuroMCU.Devices.Links;

/// <summary>
/// A link over a serial port. A thread of its own reads all the time, so that the small buffer of the system never overflows while the
/// program is busy with something else.
/// </summary>
public sealed class SerialLink : IDeviceLink
{
    private const int ReadMilliseconds = 50;
    private const int WriteMilliseconds = 2000;

    private readonly ISerialPort _port;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions
    {
        SingleReader = true,
        SingleWriter = true
    });
    private readonly Thread _reader;
    private readonly long _opened = Stopwatch.GetTimestamp();
    private byte[] _left = [];
    private int _leftAt;
    private volatile bool _closing;

    /// <summary>Initializes a new instance of the <see cref="SerialLink" /> class over an open port, which it closes in the end.</summary>
    /// <param name="port">The port.</param>
    /// <param name="description">Its name for messages.</param>
    public SerialLink(ISerialPort port, string description)
    {
        _port = port;
        Description = description;
        _reader = new Thread(ReadOn) { IsBackground = true, Name = "reads " + description };
        _reader.Start();
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <inheritdoc />
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_opened);

    /// <inheritdoc />
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (_leftAt == _left.Length)
        {
            if (_arrived.Reader.TryRead(out byte[]? next))
            {
                _left = next;
                _leftAt = 0;
                break;
            }

            if (!await WaitAsync(wait, cancellation).ConfigureAwait(false))
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _left.Length - _leftAt);
        _left.AsMemory(_leftAt, count).CopyTo(buffer);
        _leftAt += count;
        return count;
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            _port.Write(data.Span, WriteMilliseconds);
            return ValueTask.CompletedTask;
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            throw LinkErrors.Lost(Description, problem.Message, problem);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (!_closing)
        {
            _closing = true;
            _reader.Join();
            _port.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        try
        {
            if (await _arrived.Reader.WaitToReadAsync(limit.Token).ConfigureAwait(false))
            {
                return true;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (IOException problem)
        {
            throw LinkErrors.Lost(Description, problem.Message, problem);
        }

        throw LinkErrors.Lost(Description, "the port was closed", null);
    }

    private void ReadOn()
    {
        byte[] buffer = new byte[4096];
        Exception? end = null;
        try
        {
            while (!_closing)
            {
                int count = _port.Read(buffer, ReadMilliseconds);
                if (count > 0)
                {
                    _arrived.Writer.TryWrite(buffer.AsSpan(0, count).ToArray());
                }
            }
        }
        catch (IOException problem)
        {
            end = problem;
        }

        _arrived.Writer.TryComplete(end);
    }
}
