// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NeuroMCU.Internet.Packets;

/// <summary>A spike on its way to the hub.</summary>
/// <param name="Time">Hub time in µs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WireSpike(int Neuron, SpikeKind Kind, long Time);

/// <summary>A spike on its way from the hub to a postsynaptic neuron.</summary>
/// <param name="Weight">Weight of the synapse when the spike passed, 0 to 255.</param>
/// <param name="Cause">Hub time in µs at which the presynaptic neuron fired.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WireArrival(int Neuron, byte Weight, long Cause);

/// <summary>A site's question for the time, and what the hub needs to account for it.</summary>
/// <param name="Time">The site's own time in µs.</param>
/// <param name="Earlier">Spikes that this run had sent in earlier sessions, which broke.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sync(long Time, long Total, ulong Run, long Earlier);

/// <summary>What the hub answers to a question for the time.</summary>
/// <param name="Asked">The site's own time in µs at which it asked, as it said.</param>
/// <param name="Heard">Hub time in µs at which the question arrived.</param>
/// <param name="Answered">Hub time in µs at which the answer left.</param>
/// <param name="Delay">Constant latency in µs; null for as soon as possible.</param>
/// <param name="DeliverLate">Whether an arrival that is late for the constant latency is delivered all the same.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyncAnswer(long Asked, long Heard, long Answered, long Total, int? Delay, bool DeliverLate, bool Complete)
{
    /// <summary>Whether the site chooses the latency from the jitter that it measures; <see cref="Delay" /> is the least then.</summary>
    public bool Measured { get; init; }

    /// <summary>Whether another program is the site at the hub, so that this one is not let in.</summary>
    public bool Occupied { get; init; }
}

/// <summary>Bodies of the keyed packets. Readers return false for what is not exactly a body.</summary>
internal static class KeyedBodies
{
    /// <summary>Most spikes or arrivals in a packet.</summary>
    public const int MostSpikes = (KeyedPacket.MostBytes - KeyedPacket.HeadSize - KeyedPacket.CodeSize - BatchHead) / SpikeSize;

    private const int BatchHead = 18;
    private const int SpikeSize = 9;
    private const int SyncSize = 32;
    private const int SyncAnswerSize = 37;

    /// <summary>HELLO: nonce (16 bytes), length of the name (1), name in UTF-8.</summary>
    /// <returns>The body.</returns>
    public static byte[] Hello(ReadOnlySpan<byte> nonce, string site)
    {
        byte[] name = Encoding.UTF8.GetBytes(site);
        return [.. nonce, (byte)name.Length, .. name];
    }

    /// <summary>Reads a HELLO.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryHello(ReadOnlySpan<byte> body, out byte[] nonce, out string site)
    {
        bool whole = body.Length > KeyedPacket.NonceSize && body.Length == KeyedPacket.NonceSize + 1 + body[KeyedPacket.NonceSize];
        nonce = whole ? body[..KeyedPacket.NonceSize].ToArray() : [];
        site = whole ? Encoding.UTF8.GetString(body[(KeyedPacket.NonceSize + 1)..]) : string.Empty;
        return whole;
    }

    /// <summary>SPIKES: number of the first (8 bytes), base time (8), count (2), then per spike neuron (4), kind (1), offset from the
    /// base (4).</summary>
    /// <param name="spikes">The spikes, 1 to <see cref="MostSpikes" />, at most 71 minutes apart.</param>
    /// <returns>The body.</returns>
    public static byte[] Spikes(long first, ReadOnlySpan<WireSpike> spikes)
    {
        long start = long.MaxValue;
        foreach (WireSpike spike in spikes)
        {
            start = long.Min(start, spike.Time);
        }

        byte[] body = Batch(first, start, spikes.Length);
        for (int k = 0; k < spikes.Length; k++)
        {
            Item(body, k, spikes[k].Neuron, (byte)spikes[k].Kind, spikes[k].Time - start);
        }

        return body;
    }

    /// <summary>Reads SPIKES.</summary>
    /// <param name="spikes">Gets them in the place of what it held.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TrySpikes(ReadOnlySpan<byte> body, out long first, List<WireSpike> spikes)
    {
        spikes.Clear();
        if (!TryBatch(body, out first, out long start, out int count))
        {
            return false;
        }

        for (int k = 0; k < count; k++)
        {
            (int neuron, byte value, long offset) = Item(body, k);
            if (value > (byte)SpikeKind.Spontaneous)
            {
                return false;
            }

            spikes.Add(new WireSpike(neuron, (SpikeKind)value, start + offset));
        }

        return true;
    }

    /// <summary>ARRIVALS: as SPIKES, with the weight in place of the kind.</summary>
    /// <returns>The body.</returns>
    public static byte[] Arrivals(long first, ReadOnlySpan<WireArrival> arrivals)
    {
        long start = long.MaxValue;
        foreach (WireArrival arrival in arrivals)
        {
            start = long.Min(start, arrival.Cause);
        }

        byte[] body = Batch(first, start, arrivals.Length);
        for (int k = 0; k < arrivals.Length; k++)
        {
            Item(body, k, arrivals[k].Neuron, arrivals[k].Weight, arrivals[k].Cause - start);
        }

        return body;
    }

    /// <summary>Reads ARRIVALS.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryArrivals(ReadOnlySpan<byte> body, out long first, out List<WireArrival> arrivals)
    {
        arrivals = [];
        if (!TryBatch(body, out first, out long start, out int count))
        {
            return false;
        }

        arrivals.Capacity = count;

        for (int k = 0; k < count; k++)
        {
            (int neuron, byte weight, long offset) = Item(body, k);
            arrivals.Add(new WireArrival(neuron, weight, start + offset));
        }

        return true;
    }

    /// <summary>Arrivals in a whole packet that the hub has sealed.</summary>
    /// <returns>How many; 0 for packets of other types.</returns>
    public static int ArrivalsIn(ReadOnlySpan<byte> packet) => packet[4] == (byte)KeyedType.Arrivals
        ? BinaryPrimitives.ReadUInt16BigEndian(packet[(KeyedPacket.HeadSize + BatchHead - 2)..]) : 0;

    /// <summary>SYNC: own time, total, run of the program, and what it had sent in its earlier sessions (8 bytes each).</summary>
    /// <returns>The body.</returns>
    public static byte[] Sync(Sync sync)
    {
        byte[] body = new byte[SyncSize];
        BinaryPrimitives.WriteInt64BigEndian(body, sync.Time);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), sync.Total);
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(16), sync.Run);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(24), sync.Earlier);
        return body;
    }

    /// <summary>Reads a SYNC.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TrySync(ReadOnlySpan<byte> body, out Sync sync)
    {
        sync = default;
        if (body.Length != SyncSize)
        {
            return false;
        }

        sync = new Sync(
            BinaryPrimitives.ReadInt64BigEndian(body),
            BinaryPrimitives.ReadInt64BigEndian(body[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(body[16..]),
            BinaryPrimitives.ReadInt64BigEndian(body[24..]));
        return sync is { Total: >= 0 and < long.MaxValue / 4, Earlier: >= 0 and < long.MaxValue / 4 };
    }

    /// <summary>SYNC ANSWER: asked, heard, answered, total (8 bytes each), delay (4), flags (1: all there, 2: constant latency, 4: late
    /// ones are delivered, 8: the site chooses the latency, 16: another program is the site).</summary>
    /// <returns>The body.</returns>
    public static byte[] Answer(SyncAnswer answer)
    {
        byte[] body = new byte[SyncAnswerSize];
        BinaryPrimitives.WriteInt64BigEndian(body, answer.Asked);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), answer.Heard);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(16), answer.Answered);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(24), answer.Total);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(32), answer.Delay ?? 0);
        body[36] = (byte)((answer.Complete ? 1 : 0) | (answer.Delay.HasValue ? 2 : 0) | (answer.DeliverLate ? 4 : 0)
            | (answer.Measured ? 8 : 0) | (answer.Occupied ? 16 : 0));
        return body;
    }

    /// <summary>Reads a SYNC ANSWER.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryAnswer(ReadOnlySpan<byte> body, out SyncAnswer answer)
    {
        answer = default;
        if (body.Length != SyncAnswerSize)
        {
            return false;
        }

        int flags = body[36];
        answer = new SyncAnswer(
            BinaryPrimitives.ReadInt64BigEndian(body),
            BinaryPrimitives.ReadInt64BigEndian(body[8..]),
            BinaryPrimitives.ReadInt64BigEndian(body[16..]),
            BinaryPrimitives.ReadInt64BigEndian(body[24..]),
            (flags & 2) != 0 ? BinaryPrimitives.ReadInt32BigEndian(body[32..]) : null,
            (flags & 4) != 0,
            (flags & 1) != 0)
        {
            Measured = (flags & 8) != 0,
            Occupied = (flags & 16) != 0,
        };
        return true;
    }

    /// <summary>BYE, its answer and CLOSING: what the sender has sent in all.</summary>
    /// <returns>The body.</returns>
    public static byte[] Total(long total)
    {
        byte[] body = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(body, total);
        return body;
    }

    /// <summary>Reads a total.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryTotal(ReadOnlySpan<byte> body, out long total)
    {
        total = body.Length == 8 ? BinaryPrimitives.ReadInt64BigEndian(body) : -1;
        return total >= 0;
    }

    private static byte[] Batch(long first, long start, int count)
    {
        byte[] body = new byte[BatchHead + (count * SpikeSize)];
        BinaryPrimitives.WriteInt64BigEndian(body, first);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), start);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(16), (ushort)count);
        return body;
    }

    private static bool TryBatch(ReadOnlySpan<byte> body, out long first, out long start, out int count)
    {
        bool whole = body.Length > BatchHead;
        first = whole ? BinaryPrimitives.ReadInt64BigEndian(body) : -1;
        start = whole ? BinaryPrimitives.ReadInt64BigEndian(body[8..]) : 0;
        count = whole ? BinaryPrimitives.ReadUInt16BigEndian(body[16..]) : 0;
        return count > 0 && first is >= 0 and < long.MaxValue / 2 && body.Length == BatchHead + (count * SpikeSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Item(byte[] body, int k, int neuron, byte value, long offset)
    {
        // Neuron, value and three bytes of the offset in one.
        Span<byte> item = body.AsSpan(BatchHead + (k * SpikeSize), SpikeSize);
        uint after = checked((uint)offset);
        item[8] = (byte)after;
        BinaryPrimitives.WriteUInt64BigEndian(item, ((ulong)(uint)neuron << 32) | ((ulong)value << 24) | (after >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Neuron, byte Value, long Offset) Item(ReadOnlySpan<byte> body, int k)
    {
        ReadOnlySpan<byte> item = body.Slice(BatchHead + (k * SpikeSize), SpikeSize);
        return (BinaryPrimitives.ReadInt32BigEndian(item), item[4], BinaryPrimitives.ReadUInt32BigEndian(item[5..]));
    }
}
