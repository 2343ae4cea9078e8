// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using MQTTnet.Channel;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>A connection that takes and sends many packets with one call of the system: the library reads the head of each packet byte by
/// byte, and sends it apart from its body.</summary>
/// <param name="inner">The connection itself.</param>
/// <param name="followed">Whether another packet with spikes follows at once, so that one may wait for it.</param>
internal sealed class GatheringChannel(IMqttChannel inner, Func<bool> followed) : ChannelAround(inner)
{
    private const int MostBytes = 1 << 14;

    // PUBLISH with QoS 0, not retained; whether it is a repetition says nothing here.
    private const int KindBits = 0xF7;
    private const int Publish = 0x30;

    private readonly byte[] _read = new byte[MostBytes];
    private readonly ArrayBufferWriter<byte> _written = new(MostBytes);
    private int _from;
    private int _end;
    private bool _isBegun;
    private bool _mayWait;

    /// <inheritdoc />
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_from == _end)
        {
            (_from, _end) = (0, await base.ReadAsync(_read, 0, _read.Length, cancellationToken).ConfigureAwait(false));
        }

        int taken = Math.Min(count, _end - _from);
        _read.AsSpan(_from, taken).CopyTo(buffer.AsSpan(offset));
        _from += taken;
        return taken;
    }

    /// <inheritdoc />
    public override async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        if (!_isBegun && !buffer.IsEmpty)
        {
            _mayWait = (buffer.FirstSpan[0] & KindBits) == Publish;
            _isBegun = true;
        }

        foreach (ReadOnlyMemory<byte> part in buffer)
        {
            _written.Write(part.Span);
        }

        _isBegun &= !isEndOfPacket;
        if (!isEndOfPacket || (_mayWait && _written.WrittenCount < MostBytes && followed()))
        {
            return;
        }

        await base.WriteAsync(new ReadOnlySequence<byte>(_written.WrittenMemory), isEndOfPacket, cancellationToken).ConfigureAwait(false);
        _written.ResetWrittenCount();
    }
}
