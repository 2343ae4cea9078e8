// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>COUNTERS answer.</summary>
    public sealed class CounterList
    {
        /// <summary>Values by <see cref="CounterIndex" />, not negative.</summary>
        public readonly long[] Values = new long[CounterIndex.Count];

        /// <summary>
        /// Writes the body. Larger values than <see cref="Most" /> are written as that, so that the longest list fits a sealed frame.
        /// </summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Values.Length);
            for (int k = 0; k < Values.Length; k++)
            {
                long value = Values[k];
                long most = Most(k);
                writer.WriteVarint(value > most ? most : value < 0 ? 0 : value);
            }
        }

        /// <summary>Gives the largest value that a counter can tell: 21 bits for places, 42 for what else the engine counts, 35 for those of neuron channels, 28 (µs: 268 s) from the resolution of spike times on.</summary>
        /// <param name="index">One of <see cref="CounterIndex" />.</param>
        /// <returns>The value.</returns>
        public static long Most(int index)
        {
            switch (index)
            {
                case CounterIndex.QueueCapacity:
                case CounterIndex.QueuePeak:
                case CounterIndex.SpikeCapacity:
                case CounterIndex.SpikePeak:
                case CounterIndex.TraceCapacity:
                case CounterIndex.TracePeak:
                    return (1L << 21) - 1;
                default:
                    break;
            }

            return index < CounterIndex.ChannelSpikes ? (1L << 42) - 1 : index < CounterIndex.SpikeResolution ? (1L << 35) - 1 : (1L << 28) - 1;
        }

        /// <summary>Reads the body; counters that this version does not know are skipped, missing ones are 0.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            int count = reader.ReadByte();
            for (int k = 0; k < Values.Length; k++)
            {
                Values[k] = 0;
            }

            for (int k = 0; k < count; k++)
            {
                long value = reader.ReadVarint();
                if (k < Values.Length)
                {
                    Values[k] = value;
                }
            }

            return !reader.Failed;
        }
    }
}
