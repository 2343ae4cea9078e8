// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Devices.Client;

/// <summary>
/// Frames over a link: sends a request until its answer comes, always with the same sequence number, and hands every event that comes
/// in between to a sink. Used by one caller at a time.
/// </summary>
internal sealed class FrameExchange : IAsyncDisposable
{
    // The device counts a host as gone after 3 s of silence.
    private static readonly TimeSpan s_ownerSilence = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMilliseconds(250);
    private static readonly byte[] s_delimiter = [WireFormat.Delimiter];

    private readonly IDeviceLink _link;
    private readonly FrameEncoder _encoder = new();
    private readonly FrameDecoder _decoder = new();
    private readonly Nack _nack = new();
    private readonly byte[] _received = new byte[4096];
    private int _receivedAt;
    private int _receivedCount;
    private int _sequence;

    public FrameExchange(IDeviceLink link)
    {
        _link = link;
    }

    /// <summary>Called with the type of each event that arrives; its body is in <see cref="Decoder" />.</summary>
    public Action<int>? EventArrived { get; set; }

    public IDeviceLink Link => _link;

    public FrameDecoder Decoder => _decoder;

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>Gets the number of requests that had to be sent again.</summary>
    public long Repeats { get; private set; }

    /// <summary>Seals all further frames.</summary>
    public void Seal(FrameSeal seal)
    {
        _encoder.Seal = seal;
        _decoder.Seal = seal;
    }

    /// <summary>Ends whatever half frame the device may still hold from an earlier host.</summary>
    public async ValueTask ResynchroniseAsync(CancellationToken cancellation)
    {
        BytesSent++;
        await _link.WriteAsync(s_delimiter, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="cancellation">Ends the wait; the device may have served the request then.</param>
    /// <returns>The body of the answer; valid until the next call.</returns>
    public async Task<BodyReader> RequestAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation)
    {
        TimeSpan patience = _link.Elapsed + s_ownerSilence;
        while (true)
        {
            try
            {
                return await AskAsync(type, write, cancellation).ConfigureAwait(false);
            }
            catch (DeviceException refused) when (refused.DeviceCode == ErrorCode.OtherHost && _link.Elapsed < patience)
            {
                // A host on a cable cannot say that it has gone; the device finds out by its silence. Ask again until then.
                await ReceiveAsync(_link.Elapsed + s_askAgain, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<BodyReader> AskAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation)
    {
        _sequence = (_sequence + 1) & 0xFFFF;
        int sequence = _sequence;
        TimeSpan wait = TimeSpan.FromMilliseconds(RetryPolicy.WaitMilliseconds(type));
        for (int attempt = 0; attempt < RetryPolicy.Tries; attempt++)
        {
            if (attempt > 0)
            {
                Repeats++;
            }

            await SendAsync(type, sequence, write, cancellation).ConfigureAwait(false);
            TimeSpan deadline = _link.Elapsed + wait;
            while (await ReceiveAsync(deadline, cancellation).ConfigureAwait(false))
            {
                if (_decoder.Sequence != sequence)
                {
                    continue;
                }

                if (_decoder.Type == (type | MessageType.Answer))
                {
                    return _decoder.Body;
                }

                if (_decoder.Type == MessageType.Nack && _nack.Read(_decoder.Body) && _nack.Request == type)
                {
                    throw Refusals.Make(_nack.Request, _nack.Code, _nack.Detail);
                }
            }
        }

        throw Silent(wait * RetryPolicy.Tries);
    }

    /// <summary>Sends one frame.</summary>
    public async ValueTask SendAsync(int type, int sequence, Action<BodyWriter>? write, CancellationToken cancellation)
    {
        // Built anew each time: a sealed frame needs a fresh counter.
        write?.Invoke(_encoder.Begin(type, sequence));
        if (write is null)
        {
            _encoder.Begin(type, sequence);
        }

        if (!_encoder.End())
        {
            throw new InvalidOperationException($"a message of type 0x{type:X2} does not fit a frame");
        }

        BytesSent += _encoder.WireLength;
        await _link.WriteAsync(_encoder.Wire.AsMemory(0, _encoder.WireLength), cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for the next frame that is no event; events go to the sink meanwhile.</summary>
    /// <returns>False when the time is over.</returns>
    public async ValueTask<bool> ReceiveAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        while (await ReceiveAnyAsync(deadline, cancellation).ConfigureAwait(false))
        {
            if (!MessageType.IsEvent(_decoder.Type))
            {
                return true;
            }

            EventArrived?.Invoke(_decoder.Type);
        }

        return false;
    }

    /// <summary>Waits for the next frame of any kind; an event is not handed to the sink.</summary>
    /// <returns>False when the time is over.</returns>
    public async ValueTask<bool> ReceiveAnyAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        while (true)
        {
            while (_receivedAt < _receivedCount)
            {
                _receivedAt += _decoder.Feed(_received, _receivedAt, _receivedCount - _receivedAt);
                if (_decoder.HasFrame)
                {
                    return true;
                }
            }

            TimeSpan left = deadline - _link.Elapsed;
            _receivedAt = 0;
            _receivedCount = 0;
            _receivedCount = await _link.ReadAsync(_received, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation)
                .ConfigureAwait(false);
            BytesReceived += _receivedCount;
            if (_receivedCount == 0 && _link.Elapsed >= deadline)
            {
                return false;
            }
        }
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private DeviceException Silent(TimeSpan waited) => new(
        DeviceErrorKind.LinkLost,
        $"the device at {_link.Description} stopped answering",
        $"{RetryPolicy.Tries} tries in {waited.TotalSeconds:0.#} s, no answer",
        "check power and cable, then 'neuromcu info' says whether and why it restarted",
        new TimeoutException());
}
