// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>SELF_TEST answer: which parts were tested and which failed, one bit each.</summary>
    public sealed class SelfTestAnswer
    {
        /// <summary>Bit: CRC-32 of a known text.</summary>
        public const int Crc = 1;

        /// <summary>Bit: 64-bit products, shifts and rounding of the fixed-point formats.</summary>
        public const int Arithmetic = 2;

        /// <summary>Bit: the clock runs forward.</summary>
        public const int Clock = 4;

        /// <summary>Bit: a file written, read back and deleted.</summary>
        public const int Store = 8;

        /// <summary>Bit: every output takes its safe level.</summary>
        public const int Outputs = 16;

        /// <summary>Bit: the microphones deliver samples.</summary>
        public const int Microphones = 32;

        /// <summary>Bit: every neuron channel takes its safe level and can be sensed.</summary>
        public const int Neurons = 64;

        /// <summary>Tested parts.</summary>
        public int Tested;

        /// <summary>Failed parts.</summary>
        public int Failed;

        /// <summary>µs that a thousand integer additions took, loop included: the interpreter's speed.</summary>
        public int ThousandAdditions;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(Tested);
            writer.WriteInt32(Failed);
            writer.WriteInt32(ThousandAdditions);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Tested = reader.ReadInt32();
            Failed = reader.ReadInt32();
            ThousandAdditions = reader.ReadInt32();
            return !reader.Failed;
        }
    }
}
