// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// The image of a loaded network, made piece by piece from its tables: the same bytes as <see cref="ImageWriter" /> gives, without room
    /// for them all. The weights must not change between two pieces.
    /// </summary>
    public sealed class ImagePicture : IImageSource
    {
        private readonly ImageWriter _writer;

        /// <summary>Initializes a new instance of the <see cref="ImagePicture" /> class and takes the CRC.</summary>
        /// <param name="tables">The network.</param>
        /// <exception cref="ImageException">The tables are inconsistent or exceed a limit of the format.</exception>
        public ImagePicture(NetworkTables tables)
        {
            _writer = new ImageWriter(tables);
            Crc = ImageHeader.ContentCrc(this);
        }

        /// <inheritdoc />
        public int Length => _writer.Length;

        /// <summary>Gets the CRC-32 over the content.</summary>
        public uint Crc { get; }

        /// <inheritdoc />
        public void Read(int at, byte[] buffer, int count)
        {
            _writer.Fill(buffer, at, at + count);
            int end = Length - ImageLayout.ChecksumLength;
            for (int k = 0; k < ImageLayout.ChecksumLength; k++)
            {
                int place = end + k - at;
                if (place >= 0 && place < count)
                {
                    buffer[place] = (byte)(Crc >> (8 * k));
                }
            }
        }

        /// <inheritdoc />
        public void Release(int at)
        {
            // Nothing is held.
        }
    }
}
