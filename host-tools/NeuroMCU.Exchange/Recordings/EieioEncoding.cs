// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Spikes as EIEIO messages of up to 31 keys of 32 bits, each with the time in ms as its payload.</summary>
internal sealed class EieioEncoding : ISpikeEncoding
{
    private const int MostInMessage = 31;
    private const int Step = 1000;

    // 32-bit keys, each with a payload that is its time.
    private const byte Flags = 0x1C;

    /// <inheritdoc />
    public void WriteHead(Stream target)
    {
        // Messages follow one another from the first byte on.
    }

    /// <inheritdoc />
    public void WriteSpikes(Stream target, ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        Span<byte> message = stackalloc byte[2 + (8 * MostInMessage)];
        for (int first = 0; first < neurons.Length; first += MostInMessage)
        {
            int count = Math.Min(MostInMessage, neurons.Length - first);
            message[0] = (byte)count;
            message[1] = Flags;
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(message[(2 + (8 * i))..], (uint)neurons[first + i]);
                BinaryPrimitives.WriteUInt32LittleEndian(message[(6 + (8 * i))..], (uint)((times[first + i] + (Step / 2)) / Step));
            }

            target.Write(message[..(2 + (8 * count))]);
        }
    }

    /// <inheritdoc />
    public int WholeLength(ReadOnlySpan<byte> file)
    {
        int at = 0;
        while (at + 2 <= file.Length && at + 2 + (8 * file[at]) <= file.Length)
        {
            at += 2 + (8 * file[at]);
        }

        return at;
    }
}
