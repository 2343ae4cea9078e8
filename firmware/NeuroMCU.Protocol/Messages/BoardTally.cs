// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// BOARD_TALLY answer: how fast a channel fired at which drive in the last run. Its codes from 0 to its limit are cut into equal parts;
    /// only intervals during which the drive stayed within one part are counted, 128 to 256 of the last ones in each part.
    /// </summary>
    public sealed class BoardTally
    {
        /// <summary>Parts of the range of codes.</summary>
        public const int Bins = 16;

        /// <summary>Number of the channel.</summary>
        public int Channel;

        /// <summary>Intervals between two spikes.</summary>
        public readonly int[] Intervals = new int[Bins];

        /// <summary>Time in ms that they took together.</summary>
        public readonly int[] Times = new int[Bins];

        /// <summary>Mean code over that time in 1/256; 0 without an interval.</summary>
        public readonly int[] Codes = new int[Bins];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Channel);
            for (int k = 0; k < Bins; k++)
            {
                writer.WriteInt32(Intervals[k]);
                writer.WriteInt32(Times[k]);
                writer.WriteInt32(Codes[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Channel = reader.ReadByte();
            for (int k = 0; k < Bins; k++)
            {
                Intervals[k] = reader.ReadInt32();
                Times[k] = reader.ReadInt32();
                Codes[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }
}
