// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>NACK: a request was refused.</summary>
    public sealed class Nack
    {
        /// <summary>Type of the request.</summary>
        public int Request;

        /// <summary>Why, one of <see cref="ErrorCode" />.</summary>
        public int Code;

        /// <summary>Number that belongs to the code.</summary>
        public int Detail;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Request);
            writer.WriteInt16(Code);
            writer.WriteInt32(Detail);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Request = reader.ReadByte();
            Code = reader.ReadUInt16();
            Detail = reader.ReadInt32();
            return !reader.Failed;
        }
    }
}
