// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Api.Streams;

/// <summary>
/// One listener of a stream. What it has not fetched waits here, up to a bound: beyond it the oldest messages are dropped and counted, so
/// that a listener that does not read costs a fixed amount of memory and slows nothing.
/// </summary>
internal sealed class StreamClient : IDisposable
{
    private readonly Queue<StreamItem> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Lock _gate = new();
    private readonly long _most;
    private long _bytes;
    private bool _closed;

    public StreamClient(int number, string name, long most)
    {
        Number = number;
        Name = name;
        _most = most;
    }

    /// <summary>Number by which this listener is told from others.</summary>
    public int Number { get; }

    /// <summary>What it calls itself, or its address.</summary>
    public string Name { get; }

    /// <summary>Messages that it has fetched.</summary>
    public long SentMessages { get; private set; }

    /// <summary>Messages that it did not fetch in time.</summary>
    public long DroppedMessages { get; private set; }

    /// <summary>Spikes in these.</summary>
    public long DroppedSpikes { get; private set; }

    /// <summary>Bytes that wait for it.</summary>
    public long WaitingBytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Hands a message over; never waits.</summary>
    public void Post(StreamItem item)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _waiting.Enqueue(item);
            _bytes += item.Body.Length;
            int released = 1;
            while (_bytes > _most && _waiting.Count > 1)
            {
                StreamItem old = _waiting.Dequeue();
                _bytes -= old.Body.Length;
                DroppedMessages++;
                DroppedSpikes += old.Spikes;
                released--;
            }

            // Permits may outnumber messages after a drop; the reader finds an empty queue then and waits on.
            if (released > 0)
            {
                _arrived.Release();
            }
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message; null when the stream is over.</returns>
    public async Task<StreamItem?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.TryDequeue(out StreamItem? item))
                {
                    _bytes -= item.Body.Length;
                    SentMessages++;
                    return item;
                }

                if (_closed)
                {
                    return null;
                }
            }

            await _arrived.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _arrived.Dispose();
        }
    }

    /// <summary>Ends the stream once what waits has been fetched.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _arrived.Release();
            }
        }
    }
}

/// <summary>A message of a stream.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="IsText">Whether they are text (JSON) and no binary message.</param>
/// <param name="Spikes">How many spikes it holds.</param>
internal sealed record StreamItem(byte[] Body, bool IsText, int Spikes);
