// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>BOARD_OUTPUT request: sets an output of the board, such as a potentiometer, until something else is said.</summary>
    public sealed class OutputRequest
    {
        /// <summary>Largest level: the high end of the output's range in the board profile.</summary>
        public const int Full = 65536;

        /// <summary>Number of the output.</summary>
        public int Output;

        /// <summary>0 to <see cref="Full" />.</summary>
        public int Level;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Output);
            writer.WriteInt32(Level);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Output = reader.ReadByte();
            Level = reader.ReadInt32();
            return reader.Complete;
        }
    }
}
