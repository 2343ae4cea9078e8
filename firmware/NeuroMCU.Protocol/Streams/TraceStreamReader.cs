// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>Reads TRACES events on the host's end into arrays that are used again for each message.</summary>
    public sealed class TraceStreamReader
    {
        /// <summary>The account of the stream.</summary>
        public readonly StreamAccount Account = new StreamAccount();

        /// <summary>Traces of the last message (indices in the image).</summary>
        public readonly int[] Traces = new int[TraceBatchWriter.MaxSamples];

        /// <summary>Times of the last message in µs.</summary>
        public readonly long[] Times = new long[TraceBatchWriter.MaxSamples];

        /// <summary>Values of the last message, Q8.24.</summary>
        public readonly int[] Values = new int[TraceBatchWriter.MaxSamples];

        /// <summary>Gets the number of samples in the last message.</summary>
        public int Count { get; private set; }

        /// <summary>Reads a message.</summary>
        /// <param name="reader">Its body.</param>
        /// <returns>False when it gives no samples: malformed, of another run, or repeated.</returns>
        public bool Read(BodyReader reader)
        {
            Count = 0;
            int run = reader.ReadByte();
            uint first = reader.ReadUInt32();
            uint dropped = reader.ReadUInt32();
            long time = reader.ReadVarint();
            int count = reader.ReadByte();
            long value = 0;
            for (int k = 0; k < count; k++)
            {
                time += reader.ReadVarint();
                Times[k] = time;
                Traces[k] = (int)reader.ReadVarint();
                value += reader.ReadSignedVarint();
                Values[k] = (int)value;
            }

            if (!reader.Complete || !Account.Enter(run, first, count, dropped))
            {
                return false;
            }

            Count = count;
            return true;
        }
    }
}
