// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>READOUT event: what a population says.</summary>
    public sealed class ReadoutEvent
    {
        /// <summary>The answer is valid.</summary>
        public const int Sure = 1;

        /// <summary>0 without an answer, <see cref="Sure" /> for one that is valid, else 1 + the doubt that speaks most against it.</summary>
        public int Answer;

        /// <summary>Index of the read-out in the image.</summary>
        public int Index;

        /// <summary>Network time in µs.</summary>
        public long Time;

        /// <summary>Value in hundredths of the read-out's unit; a guess when not valid.</summary>
        public int Value;

        /// <summary>Share of the spikes that agree with the value, 0 to 1000.</summary>
        public int Confidence;

        /// <summary>Spikes that entered.</summary>
        public int Spikes;

        /// <summary>Gets a value indicating whether nothing speaks against the answer.</summary>
        public bool Valid => Answer == Sure;

        /// <summary>Gets what speaks most against the answer (wire.md lists the numbers); 0 when it is valid, or there is none.</summary>
        public int Doubt => Answer > Sure ? Answer - Sure : 0;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Answer);
            writer.WriteByte(Index);
            writer.WriteInt64(Time);
            writer.WriteInt32(Value);
            writer.WriteInt16(Confidence);
            writer.WriteInt32(Spikes);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Answer = reader.ReadByte();
            Index = reader.ReadByte();
            Time = reader.ReadInt64();
            Value = reader.ReadInt32();
            Confidence = reader.ReadUInt16();
            Spikes = reader.ReadInt32();
            return !reader.Failed;
        }
    }
}
