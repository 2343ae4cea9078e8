// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>UPLOAD_BEGIN request.</summary>
    public sealed class UploadBegin
    {
        /// <summary>Length of the image in bytes.</summary>
        public int Length;

        /// <summary>CRC-32 over the content of the image: all bytes before its own CRC.</summary>
        public uint Crc;

        /// <summary>Where it goes, one of <see cref="UploadTarget" />, with or without <see cref="UploadTarget.Replace" />.</summary>
        public int Target;

        /// <summary>True when the device is to run it at power-on without a host (target store).</summary>
        public bool StartAtBoot = true;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(Length);
            writer.WriteUInt32(Crc);
            writer.WriteByte(Target);
            writer.WriteByte(StartAtBoot ? 1 : 0);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Length = reader.ReadInt32();
            Crc = reader.ReadUInt32();
            Target = reader.ReadByte();
            StartAtBoot = reader.ReadByte() != 0;
            return reader.Complete;
        }
    }

    /// <summary>UPLOAD_BEGIN answer.</summary>
    public sealed class UploadReady
    {
        /// <summary>Bytes of image in every chunk but the last. Chunk n starts at byte n · ChunkSize.</summary>
        public int ChunkSize;

        /// <summary>Chunks that may be under way without acknowledgement.</summary>
        public int Window;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt16(ChunkSize);
            writer.WriteByte(Window);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            ChunkSize = reader.ReadUInt16();
            Window = reader.ReadByte();
            return reader.Complete;
        }
    }

    /// <summary>
    /// UPLOAD_DATA answer: everything below NextOffset has arrived. Sent after each half window, after the last chunk, and when a chunk is
    /// missing or repeated. Its sequence number is that of the chunk that caused it.
    /// </summary>
    public sealed class UploadAck
    {
        /// <summary>Next expected byte.</summary>
        public int NextOffset;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(NextOffset);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            NextOffset = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>UPLOAD_COMMIT and PERSIST answer: the image that is loaded now.</summary>
    public sealed class ImageInfo
    {
        /// <summary>Where it is, one of <see cref="ImageState" />.</summary>
        public int State;

        /// <summary>Generation in the store; 0 when it is not stored.</summary>
        public uint Generation;

        /// <summary>Length in bytes.</summary>
        public int Length;

        /// <summary>CRC-32 over the content of the image: all bytes before its own CRC.</summary>
        public uint Crc;

        /// <summary>Memory that the network takes, in bytes.</summary>
        public int Memory;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(State);
            writer.WriteUInt32(Generation);
            writer.WriteInt32(Length);
            writer.WriteUInt32(Crc);
            writer.WriteInt32(Memory);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            State = reader.ReadByte();
            Generation = reader.ReadUInt32();
            Length = reader.ReadInt32();
            Crc = reader.ReadUInt32();
            Memory = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>IMAGE_READ request.</summary>
    public sealed class ImageReadRequest
    {
        /// <summary>First byte. Reading from 0 takes a new picture of the network with its current weights.</summary>
        public int Offset;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(Offset);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Offset = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>IMAGE_READ answer: length of the whole image, then as many bytes from the offset on as the frame holds.</summary>
    public sealed class ImageReadAnswer
    {
        /// <summary>Length of the whole image in bytes.</summary>
        public int Length;

        /// <summary>Bytes in this answer.</summary>
        public int Count;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        /// <param name="image">The image.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="piece">Room for what one body takes.</param>
        public void Write(BodyWriter writer, IImageSource image, int offset, byte[] piece)
        {
            Length = image.Length;
            writer.WriteInt32(Length);
            Count = Length - offset < writer.Left ? Length - offset : writer.Left;
            image.Read(offset, piece, Count);
            writer.WriteBytes(piece, 0, Count);
        }

        /// <summary>Reads the body; the bytes stay in the reader.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Length = reader.ReadInt32();
            Count = reader.Left;
            return !reader.Failed;
        }
    }
}
