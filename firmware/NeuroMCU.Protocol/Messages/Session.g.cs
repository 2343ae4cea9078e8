// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

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

        /// <summary>
        /// Number that the host draws for the connection: a new one makes the device forget repeated requests of the former host.
        /// </summary>
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
        /// <returns>False when it is too short.</returns>
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

        /// <summary>Name of the board profile in UTF-8, at most 32 bytes.</summary>
        public byte[] BoardName;

        /// <summary>Unique id of the device, 0 to 16 bytes.</summary>
        public byte[] DeviceId;

        /// <summary>True when this connection has to prove the key.</summary>
        public bool AuthenticationNeeded;

        /// <summary>Why the device started last. One of <see cref="ResetReason" />.</summary>
        public int ResetReason;

        /// <summary>Largest frame before coding. In bytes.</summary>
        public int MaxFrame = WireFormat.MaxFrame;

        /// <summary>Upload chunks that may be under way without acknowledgement.</summary>
        public int UploadWindow;

        /// <summary>Largest image. In bytes.</summary>
        public int MaxImage;

        /// <summary>Memory that a network may need. In bytes.</summary>
        public int MaxMemory;

        /// <summary>Spikes of the loaded network that may wait for the wire.</summary>
        public int SpikeCapacity;

        /// <summary>Step of the loaded network; 0 without a network. In µs.</summary>
        public int Step;

        /// <summary>Neurons of the loaded network.</summary>
        public int Neurons;

        /// <summary>Synapses of the loaded network.</summary>
        public int Synapses;

        /// <summary>Where the loaded network is kept. One of <see cref="ImageState" />.</summary>
        public int Image;

        /// <summary>Generation of the loaded image in the store; 0 when it is not stored.</summary>
        public uint Generation;

        /// <summary>Length of the loaded image. In bytes.</summary>
        public int ImageLength;

        /// <summary>CRC-32 over the content of the loaded image as it was uploaded or stored: it identifies the network.</summary>
        public uint ImageCrc;

        /// <summary>State of the device. One of <see cref="DeviceState" />.</summary>
        public int State;

        /// <summary>Fault code. One of <see cref="ErrorCode" />.</summary>
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

    /// <summary>PING answer.</summary>
    public sealed class PingAnswer
    {
        /// <summary>The device's clock since its start. In µs.</summary>
        public long Time;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Time);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Time = reader.ReadInt64();
            return reader.Complete;
        }
    }

    /// <summary>Why the device started.</summary>
    public static class ResetReason
    {
        /// <summary>The platform does not say.</summary>
        public const int Unknown = 0;

        /// <summary>Power came on.</summary>
        public const int PowerOn = 1;

        /// <summary>Reset by software.</summary>
        public const int Software = 2;

        /// <summary>The watchdog: the loop's own; the images have the chip's off.</summary>
        public const int Watchdog = 3;

        /// <summary>The supply voltage was too low.</summary>
        public const int BrownOut = 4;

        /// <summary>Woken from deep sleep.</summary>
        public const int DeepSleep = 5;
    }

    /// <summary>Where the loaded network is kept.</summary>
    public static class ImageState
    {
        /// <summary>There is no network.</summary>
        public const int None = 0;

        /// <summary>In memory only: gone after power-off.</summary>
        public const int Memory = 1;

        /// <summary>In the store as well.</summary>
        public const int Stored = 2;
    }

    /// <summary>What the device is doing.</summary>
    public static class DeviceState
    {
        /// <summary>No run; outputs at their safe level.</summary>
        public const int Idle = 0;

        /// <summary>A run goes on.</summary>
        public const int Running = 1;

        /// <summary>Something is wrong: outputs safe, no run until FAULT_CLEAR.</summary>
        public const int Fault = 2;

        /// <summary>The device itself has ended a run (link lost): outputs safe; a new run may be started.</summary>
        public const int Safe = 3;
    }
}
