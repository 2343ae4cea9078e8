// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;

namespace NeuroMCU.Internet.Packets;

/// <summary>
/// Address events over UDP, as jAER sends and takes them by default: a number that begins with 1, then addresses and times in µs, all of
/// 32 bits, the high byte first.
/// </summary>
internal static class JaerPacket
{
    /// <summary>Most bytes of a packet.</summary>
    public const int MostBytes = 63_000;

    /// <summary>Most arrivals that are put into one.</summary>
    public const int MostArrivals = 128;

    private const int HeadBytes = 4;
    private const int EventBytes = 8;

    /// <summary>Reads a packet.</summary>
    /// <param name="number">Its number, 1 to 2³¹ − 1.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out int number, List<AddressEvent> events)
    {
        number = packet.Length < HeadBytes ? 0 : BinaryPrimitives.ReadInt32BigEndian(packet);
        if (number < 1 || packet.Length > MostBytes || (packet.Length - HeadBytes) % EventBytes != 0)
        {
            return false;
        }

        for (ReadOnlySpan<byte> rest = packet[HeadBytes..]; rest.Length > 0; rest = rest[EventBytes..])
        {
            events.Add(new AddressEvent(BinaryPrimitives.ReadUInt32BigEndian(rest), BinaryPrimitives.ReadInt32BigEndian(rest[4..])));
        }

        return true;
    }

    /// <summary>Writes arrivals: the address of the postsynaptic neuron, and when the presynaptic one fired. There is no room for the
    /// weight.</summary>
    /// <param name="firstAddress">Address of the neuron with the number 0.</param>
    /// <returns>The packet.</returns>
    public static byte[] Write(int number, ReadOnlySpan<WireArrival> arrivals, uint firstAddress)
    {
        byte[] packet = new byte[HeadBytes + (EventBytes * arrivals.Length)];
        BinaryPrimitives.WriteInt32BigEndian(packet, number);
        for (int k = 0; k < arrivals.Length; k++)
        {
            Span<byte> place = packet.AsSpan(HeadBytes + (EventBytes * k));
            BinaryPrimitives.WriteUInt32BigEndian(place, firstAddress + (uint)arrivals[k].Neuron);
            BinaryPrimitives.WriteInt32BigEndian(place[4..], unchecked((int)arrivals[k].Cause));   // wraps after 36 minutes, as there
        }

        return packet;
    }
}
