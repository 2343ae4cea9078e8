// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;

namespace NeuroMCU.Api.Streams;

/// <summary>
/// The binary messages of a stream, little-endian: a head of 40 bytes, then the times of all items, then their neurons or traces, and of
/// samples their values. docs/reference/api.md has the layout.
/// </summary>
internal static class EventMessage
{
    /// <summary>Length of the head in bytes.</summary>
    public const int HeadBytes = 40;

    /// <summary>Version of the layout.</summary>
    public const byte Version = 1;

    /// <summary>A message of spikes.</summary>
    public const byte Spikes = 1;

    /// <summary>A message of samples of traces.</summary>
    public const byte Samples = 2;

    /// <summary>Packs spikes.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="number">How many items of this kind came before in the run.</param>
    /// <param name="missing">How many spikes of the run are known to be missing so far.</param>
    public static byte[] OfSpikes(int run, long number, long missing, ReadOnlySpan<long> times, ReadOnlySpan<int> neurons)
    {
        byte[] message = Head(Spikes, run, number, missing, times, 8);
        Words(message.AsSpan(HeadBytes + (4 * times.Length)), neurons);
        return message;
    }

    /// <summary>Packs samples of traces.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="number">How many items of this kind came before in the run.</param>
    /// <param name="missing">How many samples of the run are known to be missing so far.</param>
    public static byte[] OfSamples(int run, long number, long missing, ReadOnlySpan<long> times, ReadOnlySpan<int> traces,
        ReadOnlySpan<float> values)
    {
        byte[] message = Head(Samples, run, number, missing, times, 12);
        Words(message.AsSpan(HeadBytes + (4 * times.Length)), traces);
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(message.AsSpan(HeadBytes + (8 * times.Length) + (4 * k)), values[k]);
        }

        return message;
    }

    private static byte[] Head(byte kind, int run, long number, long missing, ReadOnlySpan<long> times, int itemBytes)
    {
        long first = long.MaxValue;
        foreach (long time in times)
        {
            first = Math.Min(first, time);
        }

        byte[] message = new byte[HeadBytes + (itemBytes * times.Length)];
        message[0] = kind;
        message[1] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), run);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), number);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(16), missing);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(24), times.Length == 0 ? 0 : first);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(32), times.Length);
        for (int k = 0; k < times.Length; k++)
        {
            // An hour of a run does not come within one message: the offset fits.
            BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(HeadBytes + (4 * k)), (uint)Math.Min(uint.MaxValue, times[k] - first));
        }

        return message;
    }

    private static void Words(Span<byte> to, ReadOnlySpan<int> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to[(4 * k)..], values[k]);
        }
    }
}
