// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;

namespace NeuroMCU.Internet.Packets;

/// <summary>
/// EIEIO data over UDP, as SpiNNaker sends and takes it: a header of 16 bits, an optional prefix of the keys and base of the payloads,
/// then keys with or without payloads, the low byte first. Times are in steps of 1 ms. Packets are not numbered.
/// </summary>
internal static class EieioPacket
{
    /// <summary>Most bytes of a packet.</summary>
    public const int MostBytes = 256;

    /// <summary>Most arrivals that fit into one.</summary>
    public const int MostArrivals = (MostBytes - 2) / 8;

    private const int Step = 1000;
    private const byte Prefixed = 0x80;
    private const byte HighPrefix = 0x40;
    private const byte Based = 0x20;
    private const byte Timed = 0x10;
    private const byte KeysWithPayloads = 0x0C;   // both of 32 bits

    /// <summary>Whether a packet is a command, such as start and stop, and no data.</summary>
    /// <returns>Whether it is.</returns>
    public static bool IsCommand(ReadOnlySpan<byte> packet) => packet.Length >= 2 && (packet[1] & (Prefixed | HighPrefix)) == HighPrefix;

    /// <summary>Reads a packet.</summary>
    /// <returns>Whether it is one of data, whole and without bytes behind it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, List<AddressEvent> events)
    {
        if (packet.Length is < 2 or > MostBytes || IsCommand(packet))
        {
            return false;
        }

        byte flags = packet[1];
        int type = flags >> 2 & 3;
        int size = type < 2 ? 2 : 4;
        bool paid = (type & 1) == 1;
        bool based = (flags & Based) != 0;
        bool prefixed = (flags & Prefixed) != 0;
        int start = 2 + (prefixed ? 2 : 0) + (based ? size : 0);
        if (packet.Length != start + (packet[0] * size * (paid ? 2 : 1)))
        {
            return false;
        }

        uint prefix = prefixed
            ? (uint)BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]) << ((flags & HighPrefix) != 0 ? 16 : 0) : 0;
        uint first = based ? Word(packet[(start - size)..], size) : 0;
        bool timed = (flags & Timed) != 0 && (paid || based);
        ReadOnlySpan<byte> rest = packet[start..];
        while (rest.Length > 0)
        {
            uint key = Word(rest, size) | prefix;
            rest = rest[size..];
            uint payload = first;
            if (paid)
            {
                payload += Word(rest, size);
                rest = rest[size..];
            }

            events.Add(new AddressEvent(key, timed ? (long)payload * Step : null));
        }

        return true;
    }

    /// <summary>Writes arrivals: the key of the postsynaptic neuron, and the weight as the payload.</summary>
    /// <param name="firstKey">Key of the neuron with the number 0.</param>
    /// <returns>The packet.</returns>
    public static byte[] Write(ReadOnlySpan<WireArrival> arrivals, uint firstKey)
    {
        byte[] packet = new byte[2 + (8 * arrivals.Length)];
        packet[0] = (byte)arrivals.Length;
        packet[1] = KeysWithPayloads;
        for (int k = 0; k < arrivals.Length; k++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(2 + (8 * k)), firstKey + (uint)arrivals[k].Neuron);
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(6 + (8 * k)), arrivals[k].Weight);
        }

        return packet;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int size) => size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
