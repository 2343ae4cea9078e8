// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Text.Json;

namespace NeuroMCU.Recordings;

/// <summary>Reads hub logs; <see cref="HubLogWriter" /> has the format.</summary>
internal static class HubLogReader
{
    /// <summary>Reads a log as a recording: sessions one after the other on one axis of time, each neuron a population of one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its spikes. Postsynaptic potentials, which are none, and weights are counted in its origin; what follows the last whole
    /// block is named as the reason why it ended early.</returns>
    /// <exception cref="InvalidDataException">The file is no hub log, or sessions have different neurons.</exception>
    public static RunRecording Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);   // a hub may be at work
        HubLogHead? first = null;
        long offset = 0;
        long end = 0;
        long potentials = 0;
        long weights = 0;
        int sessions = 0;
        List<long> times = [];
        List<int> neurons = [];
        foreach ((byte kind, byte[] bytes) in Blocks(file))
        {
            if (kind == (byte)'H')
            {
                HubLogHead head = JsonSerializer.Deserialize<HubLogHead>(bytes) ?? throw new InvalidDataException("a session has no head");
                first ??= head;
                if (!head.Neurons.SequenceEqual(first.Neurons, StringComparer.Ordinal))
                {
                    throw new InvalidDataException("its sessions are of networks with different neurons");
                }

                sessions++;
                offset = Math.Max(end, (long)(head.Began - first.Began).TotalMicroseconds);
                continue;
            }

            if (first is null)
            {
                throw new InvalidDataException("rows come before the head of a session");
            }

            foreach (HubLogRow row in Rows(bytes))
            {
                // A clock that a site compared a little wrong may put a spike before the hub's first moment.
                long time = offset + Math.Max(0, row.Time);
                end = Math.Max(end, time + 1);
                weights += row.Kind == HubLogRow.OfWeight ? 1 : 0;
                potentials += row.Kind == 0 ? 1 : 0;
                if (row.Kind is not (0 or HubLogRow.OfWeight))
                {
                    times.Add(time);
                    neurons.Add(row.Place);
                }
            }
        }

        if (first is null)
        {
            throw new InvalidDataException("it holds no session");
        }

        long rest = file.Length - WholeLength(file);
        SpikeRecord spikes = SpikeRecord.Sorted([.. times], [.. neurons]);
        return new RunRecording
        {
            Network = first.Network,
            RanOn = "a hub of " + first.Sites.Distinct(StringComparer.Ordinal).Count() + " sites",
            Duration = end,
            Populations = [.. first.Neurons.Select((n, k) => new RecordedPopulation(n, k, 1))],
            Spikes = spikes,
            Produced = spikes.Count,
            CountsSaturations = false,
            EndedEarly = rest == 0 ? null : $"the last {rest} bytes of the log are no whole block: its hub was killed, or they are damaged",
            Origin =
            [
                new("began", first.Began.ToString("O")), new("sessions", $"{sessions}"), new("potentials", $"{potentials}"),
                new("weights", $"{weights}"),
            ],
        };
    }

    /// <summary>Length of a log up to the end of its last whole block.</summary>
    /// <returns>Bytes.</returns>
    /// <exception cref="InvalidDataException">It is no hub log.</exception>
    internal static long WholeLength(FileStream file)
    {
        long whole = HubLogWriter.Magic.Length;
        foreach ((_, byte[] bytes) in Blocks(file))
        {
            whole += HubLogWriter.BlockHead + bytes.Length;
        }

        return whole;
    }

    /// <summary>Rows of a block.</summary>
    internal static IEnumerable<HubLogRow> Rows(byte[] bytes)
    {
        for (int at = 0; at + HubLogRow.Size <= bytes.Length; at += HubLogRow.Size)
        {
            ReadOnlySpan<byte> row = bytes.AsSpan(at, HubLogRow.Size);
            yield return new HubLogRow(BinaryPrimitives.ReadInt64LittleEndian(row),
                BinaryPrimitives.ReadInt32LittleEndian(row[8..]), row[12],
                row[13], BinaryPrimitives.ReadDoubleLittleEndian(row[14..]));
        }
    }

    /// <summary>Whole blocks, up to the first one that is cut off or damaged.</summary>
    internal static IEnumerable<(byte Kind, byte[] Bytes)> Blocks(FileStream file)
    {
        file.Position = 0;
        byte[] magic = new byte[HubLogWriter.Magic.Length];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic.AsSpan().SequenceEqual(HubLogWriter.Magic))
        {
            throw new InvalidDataException("it does not begin as a hub log");
        }

        byte[] head = new byte[HubLogWriter.BlockHead];
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
            if (length is < 0 or > HubLogWriter.MostBytes)
            {
                yield break;
            }

            byte[] block = [.. head, .. new byte[length]];
            if (file.ReadAtLeast(block.AsSpan(head.Length), length, throwOnEndOfStream: false) < length
                || BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(5)) != HubLogWriter.Check(block))
            {
                yield break;
            }

            yield return (head[0], block[head.Length..]);
        }
    }
}
