// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>Reads SPIKES events on the host's end into arrays that are used again for each message.</summary>
    public sealed class SpikeStreamReader
    {
        /// <summary>The account of the stream.</summary>
        public readonly StreamAccount Account = new StreamAccount();

        /// <summary>Neurons of the last message (global indices).</summary>
        public readonly int[] Neurons = new int[SpikeBatchWriter.MaxSpikes];

        /// <summary>Times of the last message in µs.</summary>
        public readonly long[] Times = new long[SpikeBatchWriter.MaxSpikes];

        /// <summary>Gets the number of spikes in the last message.</summary>
        public int Count { get; private set; }

        /// <summary>Reads a message.</summary>
        /// <param name="reader">Its body.</param>
        /// <returns>False when it gives no spikes: malformed, of another run, or repeated.</returns>
        public bool Read(BodyReader reader)
        {
            Count = 0;
            int run = reader.ReadByte();
            uint first = reader.ReadUInt32();
            uint dropped = reader.ReadUInt32();
            long time = reader.ReadVarint();
            int count = reader.ReadByte();
            for (int k = 0; k < count; k++)
            {
                time += reader.ReadVarint();
                Times[k] = time;
                Neurons[k] = (int)reader.ReadVarint();
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
