// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Text;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>The layout of AEDAT 2.0: comment lines, then 8 bytes for each event: address and time in µs, 32 bits with the high byte
/// first.</summary>
/// <param name="comments">Further lines of the head.</param>
internal sealed class Aedat2Encoding(IReadOnlyList<string> comments) : ISpikeEncoding
{
    /// <summary>First line of such a file.</summary>
    public const string FirstLine = "#!AER-DAT2.0";

    private const int EventBytes = 8;

    /// <inheritdoc />
    public void WriteHead(Stream target)
    {
        string[] lines =
        [
            FirstLine,
            "# This is a raw AE data file - do not edit",
            "# Data format is int32 address, int32 timestamp (8 bytes total), repeated for each event",
            "# Timestamps tick is 1 us",
            "# AEChip: NeuroMCU: the address is the number of the neuron",
            .. comments.Select(c => "# " + c),
        ];
        target.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));
    }

    /// <inheritdoc />
    public void WriteSpikes(Stream target, ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        Span<byte> bytes = stackalloc byte[EventBytes];
        for (int i = 0; i < neurons.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, neurons[i]);
            BinaryPrimitives.WriteInt32BigEndian(bytes[4..], (int)times[i]);
            target.Write(bytes);
        }
    }

    /// <inheritdoc />
    public int WholeLength(ReadOnlySpan<byte> file)
    {
        int at = 0;
        while (at < file.Length && file[at] == '#' && file[at..].IndexOf((byte)'\n') is var end and >= 0)
        {
            at += end + 1;
        }

        return file.Length - ((file.Length - at) % EventBytes);
    }
}
