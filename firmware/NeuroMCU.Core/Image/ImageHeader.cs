// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Integrity;

namespace NeuroMCU.Core.Image
{
    /// <summary>What can be said about a network image without loading it.</summary>
    public sealed class ImageHeader
    {
        private const int PieceSize = 512;

        private static readonly byte[] s_nameKey = new byte[] { 0x6E, 0x65, 0x74, 0x77, 0x6F, 0x72, 0x6B, 0x20 };

        private ImageHeader()
        {
        }

        /// <summary>Gets the length of the image in bytes, CRC included.</summary>
        public int Length { get; private set; }

        /// <summary>Gets the board that the image is bound to; 0 runs on any board.</summary>
        public uint BoardId { get; private set; }

        /// <summary>Gets the CRC-32 over the content, which ends the image and tells images apart.</summary>
        public uint Checksum { get; private set; }

        /// <summary>Gets the number of neurons.</summary>
        public int Neurons { get; private set; }

        /// <summary>Gets the number of synapses.</summary>
        public int Synapses { get; private set; }

        /// <summary>Gets the number of populations.</summary>
        public int Populations { get; private set; }

        /// <summary>Gets the managed heap in bytes that tables and engine take on the device.</summary>
        public int HeapBytes { get; private set; }

        /// <summary>Gets the offset of the network's name (UTF-8) from the image's start.</summary>
        public int NameOffset { get; private set; }

        /// <summary>Gets the length of the network's name in bytes; 0 when it has none.</summary>
        public int NameLength { get; private set; }

        /// <summary>Checks the frame of an image (magic, version, length, section table, CRC) and returns its header; nothing is
        /// loaded.</summary>
        /// <param name="image">Array that holds the image.</param>
        /// <param name="offset">Index of its first byte.</param>
        /// <param name="length">Number of bytes.</param>
        /// <returns>The header.</returns>
        /// <exception cref="ImageException">The bytes are no intact image of this version.</exception>
        public static ImageHeader Peek(byte[] image, int offset, int length)
        {
            CheckFrame(image, offset, length);
            ImageHeader header = new ImageHeader();
            header.Fill(image, offset, length);
            header.Checksum = Little.UInt32(image, offset + length - ImageLayout.ChecksumLength);
            header.FindName(image, offset);
            return header;
        }

        /// <summary>
        /// Computes the CRC-32 over the content of an image: all bytes before the CRC that ends it. Over the whole image, that CRC
        /// included, every image would have the same one.
        /// </summary>
        /// <param name="image">Array that begins with the image.</param>
        /// <param name="length">Length of the image in bytes.</param>
        /// <returns>The CRC; 0 when the image is too short to have content.</returns>
        public static uint ContentCrc(byte[] image, int length)
        {
            int content = length - ImageLayout.ChecksumLength;
            return content > 0 ? Crc32.Compute(image, 0, content) : 0;
        }

        /// <summary>Checks the frame of an image that is read piece by piece and returns its header; its name is not looked for.</summary>
        /// <param name="source">The image.</param>
        /// <returns>The header.</returns>
        /// <exception cref="ImageException">The bytes are no intact image of this version.</exception>
        public static ImageHeader Peek(IImageSource source)
        {
            byte[] head = CheckFrame(source);
            ImageHeader header = new ImageHeader();
            header.Fill(head, 0, source.Length);
            source.Read(source.Length - ImageLayout.ChecksumLength, head, ImageLayout.ChecksumLength);
            header.Checksum = Little.UInt32(head, 0);
            return header;
        }

        /// <summary>Computes the CRC-32 over the content of an image that is read piece by piece.</summary>
        /// <param name="source">The image.</param>
        /// <returns>The CRC; 0 when the image is too short to have content.</returns>
        public static uint ContentCrc(IImageSource source)
        {
            byte[] piece = new byte[PieceSize];
            int content = source.Length - ImageLayout.ChecksumLength;
            uint crc = 0;
            for (int at = 0; at < content; at += PieceSize)
            {
                int count = content - at < PieceSize ? content - at : PieceSize;
                source.Read(at, piece, count);
                crc = Crc32.Update(crc, piece, 0, count);
            }

            return crc;
        }

        /// <summary>Checks magic, version, length, CRC and section table.</summary>
        /// <param name="length">Number of bytes.</param>
        /// <exception cref="ImageException">The bytes are no intact image of this version.</exception>
        internal static void CheckFrame(byte[] image, int offset, int length)
        {
            if (image == null || offset < 0 || length < ImageLayout.MinLength || length > image.Length - offset)
            {
                throw new ImageException(ImageError.Truncated, 0);
            }

            CheckStart(image, offset, length);
            int checksumOffset = length - ImageLayout.ChecksumLength;
            if (Little.UInt32(image, offset + checksumOffset) != Crc32.Compute(image, offset, checksumOffset))
            {
                throw new ImageException(ImageError.Checksum, checksumOffset);
            }

            CheckSections(image, offset, checksumOffset);
        }

        /// <summary>Checks magic, version, length, CRC and section table of an image that is read piece by piece.</summary>
        /// <returns>The bytes before the first section.</returns>
        /// <exception cref="ImageException">The bytes are no intact image of this version.</exception>
        internal static byte[] CheckFrame(IImageSource source)
        {
            int length = source.Length;
            if (length < ImageLayout.MinLength)
            {
                throw new ImageException(ImageError.Truncated, 0);
            }

            byte[] head = new byte[ImageLayout.FirstSectionOffset];
            source.Read(0, head, head.Length);
            CheckStart(head, 0, length);
            int checksumOffset = length - ImageLayout.ChecksumLength;
            byte[] end = new byte[ImageLayout.ChecksumLength];
            source.Read(checksumOffset, end, end.Length);
            if (Little.UInt32(end, 0) != ContentCrc(source))
            {
                throw new ImageException(ImageError.Checksum, checksumOffset);
            }

            CheckSections(head, 0, checksumOffset);
            return head;
        }

        private static void CheckStart(byte[] image, int offset, int length)
        {
            if (Little.UInt32(image, offset) != ImageLayout.Magic)
            {
                throw new ImageException(ImageError.Magic, 0);
            }

            if (Little.UInt16(image, offset + ImageLayout.VersionOffset) != ImageLayout.Version)
            {
                throw new ImageException(ImageError.Version, ImageLayout.VersionOffset);
            }

            if (Little.UInt32(image, offset + ImageLayout.LengthOffset) != (uint)length || length > ImageLayout.MaxLength
                || (length & 3) != 0)
            {
                throw new ImageException(ImageError.Length, ImageLayout.LengthOffset);
            }
        }

        // Sections follow each other without gaps, so that every byte belongs to exactly one of them.
        private static void CheckSections(byte[] image, int offset, int checksumOffset)
        {
            if (Little.UInt16(image, offset + ImageLayout.SectionCountOffset) != ImageLayout.SectionCount)
            {
                throw new ImageException(ImageError.Section, ImageLayout.SectionCountOffset);
            }

            int expected = ImageLayout.FirstSectionOffset;
            for (int kind = 1; kind <= ImageLayout.SectionCount; kind++)
            {
                int entry = ImageLayout.SectionTableOffset + ((kind - 1) * ImageLayout.SectionEntryLength);
                int size = Little.Int32(image, offset + entry + 8);
                if (Little.Int32(image, offset + entry) != kind)
                {
                    throw new ImageException(ImageError.Section, entry);
                }

                if (Little.Int32(image, offset + entry + 4) != expected)
                {
                    throw new ImageException(ImageError.Section, entry + 4);
                }

                if (size < 0 || (size & 3) != 0 || size > checksumOffset - expected)
                {
                    throw new ImageException(ImageError.Section, entry + 8);
                }

                expected += size;
            }

            if (expected != checksumOffset)
            {
                throw new ImageException(ImageError.Padding, expected);
            }
        }

        private void Fill(byte[] image, int offset, int length)
        {
            Length = length;
            BoardId = Little.UInt32(image, offset + ImageLayout.BoardOffset);
            Neurons = Bounded(image, offset, ImageLayout.NeuronsOffset, ImageLayout.MaxNeurons);
            Synapses = Bounded(image, offset, ImageLayout.SynapsesOffset, ImageLayout.MaxLength);
            HeapBytes = Bounded(image, offset, ImageLayout.HeapOffset, int.MaxValue);
            Populations = Bounded(image, offset, ImageLayout.SectionTableOffset + 12, ImageLayout.MaxPopulations);
        }

        private static int Bounded(byte[] image, int offset, int field, int max)
        {
            int value = Little.Int32(image, offset + field);
            if (value < 0 || value > max)
            {
                throw new ImageException(ImageError.Range, field);
            }

            return value;
        }

        // The symbols are lines of text; the name is what follows "network " at the start of a line.
        private void FindName(byte[] image, int offset)
        {
            int entry = offset + ImageLayout.SectionTableOffset + ((ImageLayout.Symbols - 1) * ImageLayout.SectionEntryLength);
            int start = Little.Int32(image, entry + 4);
            int size = Little.Int32(image, entry + 12);
            if (size < 0 || size > Little.Int32(image, entry + 8))
            {
                throw new ImageException(ImageError.Count, entry + 12 - offset);
            }

            int end = offset + start + size;
            int line = offset + start;
            while (line < end)
            {
                int next = line;
                while (next < end && image[next] != 10)
                {
                    next++;
                }

                if (IsName(image, line, next))
                {
                    NameOffset = line + s_nameKey.Length - offset;
                    NameLength = next - line - s_nameKey.Length;
                    return;
                }

                line = next + 1;
            }
        }

        private static bool IsName(byte[] image, int line, int next)
        {
            if (next - line < s_nameKey.Length)
            {
                return false;
            }

            for (int i = 0; i < s_nameKey.Length; i++)
            {
                if (image[line + i] != s_nameKey[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
