// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>
/// Spikes as SpiNNaker sends and records them: EIEIO data messages one behind the other. A message has a header of 16 bits, an optional
/// prefix and base of its payloads, and keys with payloads, the low byte first. Times are in steps of 1 ms.
/// </summary>
internal static class EieioFile
{
    private const int Step = 1000;

    /// <summary>Writes the spikes of a recording: the key is the neuron's number, the payload the time in ms.</summary>
    public static void Write(RunRecording run, Stream stream) =>
        new EieioEncoding().WriteSpikes(stream, run.Spikes.Neurons, run.Spikes.Times);

    /// <summary>Reads spikes.</summary>
    /// <exception cref="ExchangeException">It is cut off in a message, or a message has no times.</exception>
    public static RunRecording Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, HdfFile.MostBytes);
        List<uint> keys = [];
        List<long> times = [];
        int at = 0;
        while (at < bytes.Length)
        {
            int start = at;
            ExchangeException Cut() => new(ExchangeProblem.Recording, path, $"byte {start}",
                $"the message that begins here is cut off at byte {bytes.Length}, behind {keys.Count} spikes", "copy it again");
            if (at + 2 > bytes.Length)
            {
                throw Cut();
            }

            int count = bytes[at];
            int flags = bytes[at + 1];
            at += 2;
            bool prefixed = (flags & 0x80) != 0;
            if (!prefixed && (flags & 0x40) != 0)
            {
                continue;   // a command, such as stop
            }

            int type = flags >> 2 & 3;
            int keyBytes = type < 2 ? 2 : 4;
            bool paid = (type & 1) == 1;
            bool based = (flags & 0x20) != 0;
            int length = (prefixed ? 2 : 0) + (based ? keyBytes : 0) + count * keyBytes * (paid ? 2 : 1);
            if (at + length > bytes.Length)
            {
                throw Cut();
            }

            if ((flags & 0x10) == 0 || !(paid || based))
            {
                throw new ExchangeException(ExchangeProblem.Recording, path, $"byte {start}",
                    "the message has no times: its keys came live, when they fell is not in it", "record with time stamps");
            }

            uint prefix = !prefixed ? 0 : (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) << ((flags & 0x40) != 0 ? 16 : 0);
            at += prefixed ? 2 : 0;
            uint Next()
            {
                uint value = keyBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at))
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
                at += keyBytes;
                return value;
            }

            uint time = based ? Next() : 0;
            for (int i = 0; i < count; i++)
            {
                keys.Add(Next() | prefix);
                times.Add((time + (paid ? (long)Next() : 0)) * Step);
            }
        }

        return AedatFile.Build(path, "an EIEIO recording", [.. keys], [.. times], []);
    }
}
