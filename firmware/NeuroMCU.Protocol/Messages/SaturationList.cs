// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// Head of a SATURATIONS answer: a stretch of populations. One varint for each follows, how often its values went beyond the range of the
    /// arithmetic and were cut off.
    /// </summary>
    public sealed class SaturationList
    {
        /// <summary>Most populations in one message.</summary>
        public const int MaxCount = (WireFormat.MaxSealedBody - 2) / 6;

        /// <summary>Largest number that is told, 42 bits; more are told as that.</summary>
        public const long Most = (1L << 42) - 1;

        /// <summary>Index of the first population.</summary>
        public int First;

        /// <summary>Number of populations.</summary>
        public int Count;

        /// <summary>Writes the head.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
        }

        /// <summary>Reads the head; the numbers stay in the reader.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short or announces more numbers than fit.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            return !reader.Failed && Count <= MaxCount;
        }
    }
}
