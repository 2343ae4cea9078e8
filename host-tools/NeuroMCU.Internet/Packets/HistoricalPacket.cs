// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NeuroMCU.Internet.Packets;

/// <summary>
/// The packet of the experiment between Zurich, Southampton and Padova: 8 bytes, two unsigned 32-bit words in network byte order. The first
/// word is the type (8 bits) over the neuron (24 bits), the second one the event or the weight (8 bits) over the stamp (24 bits).
/// </summary>
/// <param name="Neuron">Number of the neuron, 0 to <see cref="Mask" />.</param>
/// <param name="Value">To the hub: the kind of event (<see cref="SpikeKind" />). From the hub: the weight, 0 to 255.</param>
/// <param name="Stamp">Time in ticks of <see cref="TickMicroseconds" />, 0 to <see cref="Mask" />.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoricalPacket(byte Type, int Neuron, byte Value, int Stamp)
{
    /// <summary>Bytes of a packet.</summary>
    public const int Size = 8;

    /// <summary>Type of a packet of the first partner (A): its stamps are increments.</summary>
    public const byte FirstPartner = 65;

    /// <summary>Type of a packet of the second partner (D): its stamps count from the last presynaptic spike.</summary>
    public const byte SecondPartner = 68;

    /// <summary>Type of a packet of the hub (S): a spike with its weight.</summary>
    public const byte Synapse = 83;

    /// <summary>Type of the packet that tells the partners to begin (R).</summary>
    public const byte ReadyType = 82;

    /// <summary>The 24 bits of neurons and stamps. The original sent 20 of them.</summary>
    public const int Mask = 0xFFFFFF;

    /// <summary>Length of a tick in µs.</summary>
    public const int TickMicroseconds = 50;

    /// <summary>The packet that tells the partners to begin: type R, byte 255, neuron 0, stamp 0.</summary>
    public static HistoricalPacket Ready => new(ReadyType, 0, 255, 0);

    /// <summary>Reads a packet.</summary>
    /// <returns>False when it has another length or an unknown type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out HistoricalPacket packet)
    {
        packet = default;
        if (datagram.Length != Size)
        {
            return false;
        }

        uint first = BinaryPrimitives.ReadUInt32BigEndian(datagram);
        uint second = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        packet = new HistoricalPacket((byte)(first >> 24), (int)(first & Mask), (byte)(second >> 24), (int)(second & Mask));
        return packet.Type is FirstPartner or SecondPartner or Synapse or ReadyType;
    }

    /// <summary>Writes the packet.</summary>
    /// <returns>Its 8 bytes.</returns>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)Type << 24) | (uint)(Neuron & Mask));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), ((uint)Value << 24) | (uint)(Stamp & Mask));
        return bytes;
    }
}
