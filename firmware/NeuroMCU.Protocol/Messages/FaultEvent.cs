// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>FAULT event: the device has gone into the fault or safe state.</summary>
    public sealed class FaultEvent
    {
        /// <summary>Why, one of <see cref="ErrorCode" />.</summary>
        public int Code;

        /// <summary>Number that belongs to the code.</summary>
        public int Detail;

        /// <summary>Network time in µs.</summary>
        public long Time;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt16(Code);
            writer.WriteInt32(Detail);
            writer.WriteInt64(Time);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Code = reader.ReadUInt16();
            Detail = reader.ReadInt32();
            Time = reader.ReadInt64();
            return !reader.Failed;
        }
    }
}
