// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>HELLO request: who is calling.</summary>
    public sealed class HelloRequest
    {
        /// <summary>Major number of the host's protocol.</summary>
        public int Major = WireFormat.ProtocolMajor;

        /// <summary>Minor number of the host's protocol.</summary>
        public int Minor = WireFormat.ProtocolMinor;

        /// <summary>Schema hash of the host's message table; 0 asks the device to answer whatever its own is.</summary>
        public uint Schema;

        /// <summary>Number that the host draws for the connection: a new one makes the device forget repeated requests of the former host.</summary>
        public uint Session;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Major);
            writer.WriteByte(Minor);
            writer.WriteUInt32(Schema);
            writer.WriteUInt32(Session);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short; what a later minor version appends is ignored.</returns>
        public bool Read(BodyReader reader)
        {
            Major = reader.ReadByte();
            Minor = reader.ReadByte();
            Schema = reader.ReadUInt32();
            Session = reader.ReadUInt32();
            return !reader.Failed;
        }
    }

    /// <summary>HELLO answer: what the device is, what it can do and what it holds.</summary>
    public sealed class HelloAnswer
    {
        /// <summary>Major number of the device's protocol.</summary>
        public int Major = WireFormat.ProtocolMajor;

        /// <summary>Minor number of the device's protocol.</summary>
        public int Minor = WireFormat.ProtocolMinor;

        /// <summary>Schema hash of the device's message table.</summary>
        public uint Schema;

        /// <summary>Firmware version as major · 65536 + minor · 256 + patch.</summary>
        public int Firmware;

        /// <summary>CRC-32 of the board profile's name.</summary>
        public uint BoardId;

        /// <summary>Name of the board profile in UTF-8.</summary>
        public byte[] BoardName;

        /// <summary>Unique id of the device, 0 to 16 bytes.</summary>
        public byte[] DeviceId;

        /// <summary>True when this transport asks for authentication.</summary>
        public bool AuthenticationNeeded;

        /// <summary>Why the device started last, one of <see cref="ResetReason" />.</summary>
        public int ResetReason;

        /// <summary>Largest frame in bytes before coding.</summary>
        public int MaxFrame = WireFormat.MaxFrame;

        /// <summary>Upload chunks that may be under way without acknowledgement.</summary>
        public int UploadWindow;

        /// <summary>Largest image in bytes.</summary>
        public int MaxImage;

        /// <summary>Memory in bytes that a network may need.</summary>
        public int MaxMemory;

        /// <summary>Spikes that may wait for the wire.</summary>
        public int SpikeCapacity;

        /// <summary>Step of the loaded network in µs; 0 without a network.</summary>
        public int Step;

        /// <summary>Neurons of the loaded network.</summary>
        public int Neurons;

        /// <summary>Synapses of the loaded network.</summary>
        public int Synapses;

        /// <summary>Where the loaded network is, one of <see cref="ImageState" />.</summary>
        public int Image;

        /// <summary>Generation of the loaded image in the store; 0 when it is not stored.</summary>
        public uint Generation;

        /// <summary>Length of the loaded image in bytes.</summary>
        public int ImageLength;

        /// <summary>CRC-32 over the content of the loaded image as it was uploaded or stored.</summary>
        public uint ImageCrc;

        /// <summary>State of the device, one of <see cref="DeviceState" />.</summary>
        public int State;

        /// <summary>Fault code, one of <see cref="ErrorCode" />.</summary>
        public int Fault;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Major);
            writer.WriteByte(Minor);
            writer.WriteUInt32(Schema);
            writer.WriteInt32(Firmware);
            writer.WriteUInt32(BoardId);
            writer.WriteBlock(BoardName);
            writer.WriteBlock(DeviceId);
            writer.WriteByte(AuthenticationNeeded ? 1 : 0);
            writer.WriteByte(ResetReason);
            writer.WriteInt16(MaxFrame);
            writer.WriteByte(UploadWindow);
            writer.WriteInt32(MaxImage);
            writer.WriteInt32(MaxMemory);
            writer.WriteInt32(SpikeCapacity);
            writer.WriteInt32(Step);
            writer.WriteInt32(Neurons);
            writer.WriteInt32(Synapses);
            writer.WriteByte(Image);
            writer.WriteUInt32(Generation);
            writer.WriteInt32(ImageLength);
            writer.WriteUInt32(ImageCrc);
            writer.WriteByte(State);
            writer.WriteInt16(Fault);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Major = reader.ReadByte();
            Minor = reader.ReadByte();
            Schema = reader.ReadUInt32();
            Firmware = reader.ReadInt32();
            BoardId = reader.ReadUInt32();
            BoardName = reader.ReadBlock();
            DeviceId = reader.ReadBlock();
            AuthenticationNeeded = reader.ReadByte() != 0;
            ResetReason = reader.ReadByte();
            MaxFrame = reader.ReadUInt16();
            UploadWindow = reader.ReadByte();
            MaxImage = reader.ReadInt32();
            MaxMemory = reader.ReadInt32();
            SpikeCapacity = reader.ReadInt32();
            Step = reader.ReadInt32();
            Neurons = reader.ReadInt32();
            Synapses = reader.ReadInt32();
            Image = reader.ReadByte();
            Generation = reader.ReadUInt32();
            ImageLength = reader.ReadInt32();
            ImageCrc = reader.ReadUInt32();
            State = reader.ReadByte();
            Fault = reader.ReadUInt16();
            return !reader.Failed;
        }
    }
}
