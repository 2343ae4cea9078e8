// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>UPLOAD_BEGIN request.</summary>
    public sealed class UploadBegin
    {
        /// <summary>Length of the image. In bytes.</summary>
        public int Length;

        /// <summary>CRC-32 over the content of the image: all bytes before its own CRC.</summary>
        public uint Crc;

        /// <summary>
        /// Where it goes, with or without <see cref="UploadTarget.Replace" />. One of <see cref="UploadTarget" />. 0 to 3.
        /// </summary>
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

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Target > 3)
            {
                bad = Target;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>UPLOAD_BEGIN answer.</summary>
    public sealed class UploadReady
    {
        /// <summary>Bytes of image in every chunk but the last. Chunk n starts at byte n · ChunkSize. In bytes.</summary>
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
    /// UPLOAD_DATA answer: everything below NextOffset has arrived. Its sequence number is that of the chunk that caused it.
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
        /// <summary>Where it is. One of <see cref="ImageState" />.</summary>
        public int State;

        /// <summary>Generation in the store; 0 when it is not stored.</summary>
        public uint Generation;

        /// <summary>Its length. In bytes.</summary>
        public int Length;

        /// <summary>CRC-32 over the content of the image: all bytes before its own CRC.</summary>
        public uint Crc;

        /// <summary>Memory that the network uses. In bytes.</summary>
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
        /// <summary>First byte. Reading from 0 makes a new picture of the network with its current weights.</summary>
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

    /// <summary>PERSIST request.</summary>
    public sealed class PersistRequest
    {
        /// <summary>True when the device is to run it at power-on without a host.</summary>
        public bool StartAtBoot = true;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(StartAtBoot ? 1 : 0);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            StartAtBoot = reader.ReadByte() != 0;
            return reader.Complete;
        }
    }

    /// <summary>Where an uploaded image goes.</summary>
    public static class UploadTarget
    {
        /// <summary>Memory only.</summary>
        public const int Memory = 0;

        /// <summary>Memory and store.</summary>
        public const int Store = 1;

        /// <summary>
        /// Added to either: a network in memory that is not stored may be given up first when there is no room for both. A host says so
        /// when it has checked the image itself: the device cannot go back then.
        /// </summary>
        public const int Replace = 2;
    }
}
