// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>COUNTERS answer.</summary>
    public sealed class CounterList
    {
        /// <summary>Values by <see cref="CounterIndex" />, not negative.</summary>
        public readonly long[] Values = new long[CounterIndex.Count];

        /// <summary>
        /// Writes the body. Larger values than <see cref="CounterIndex.Most" /> are written as that, so that the longest list fits a
        /// sealed frame.
        /// </summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Values.Length);
            for (int k = 0; k < Values.Length; k++)
            {
                long value = Values[k];
                long most = CounterIndex.Most(k);
                writer.WriteVarint(value > most ? most : value < 0 ? 0 : value);
            }
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
