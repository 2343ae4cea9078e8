// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>A connection of which no packet is longer than a site has a use for: the library makes room for what a packet's head announces,
/// up to 256 MB, before anybody has shown a password.</summary>
internal sealed class BoundedChannel(IMqttChannel inner, int most) : ChannelAround(inner)
{
    private const int MostLengthBytes = 4;
    private const int Continues = 0x80;

    // Bytes of the packet that are still to come; in its head, how many bytes of that were read.
    private int _body;
    private int _head;
    private int _length;
    private volatile bool _hasPacket;

    /// <summary>Gets a value indicating whether a packet came as a whole.</summary>
    public bool HasPacket => _hasPacket;

    /// <inheritdoc />
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int read = await base.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_body > 0)
            {
                int part = Math.Min(_body, bytes.Length);
                _body -= part;
                _hasPacket |= _body == 0;
                bytes = bytes[part..];
                continue;
            }

            // The first byte is the packet type; the length follows, seven bits in each byte, least significant first.
            if (_head > 0)
            {
                _length |= (bytes[0] & (Continues - 1)) << (7 * (_head - 1));
            }

            bool last = _head > 0 && (bytes[0] & Continues) == 0;
            _head++;
            if (_length > most || _head > 1 + MostLengthBytes)
            {
                throw new MqttProtocolViolationException(FormattableString.Invariant($"a packet is longer than {most} bytes"));
            }

            if (last)
            {
                _hasPacket |= _length == 0;
                (_body, _head, _length) = (_length, 0, 0);
            }

            bytes = bytes[1..];
        }
    }
}
