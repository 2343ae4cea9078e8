// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Core.Image
{
    /// <summary>An image in memory, in blocks that are given up one by one while the network is made from them.</summary>
    public sealed class ImageBlocks : IImageSource
    {
        /// <summary>Bytes of a block; the last one is as long as needed.</summary>
        public const int BlockSize = 512;

        private readonly byte[][] _blocks;

        /// <summary>Initializes a new instance of the <see cref="ImageBlocks" /> class, all of it 0.</summary>
        /// <param name="length">Length in bytes, 1 or more.</param>
        /// <exception cref="OutOfMemoryException">There is no room.</exception>
        public ImageBlocks(int length)
        {
            Length = length;
            _blocks = new byte[(length + BlockSize - 1) / BlockSize][];
            for (int k = 0; k < _blocks.Length; k++)
            {
                int left = length - (k * BlockSize);
                _blocks[k] = new byte[left < BlockSize ? left : BlockSize];
            }
        }

        /// <inheritdoc />
        public int Length { get; }

        /// <summary>Gets the block in which a byte lies; its place there is <paramref name="at" /> modulo
        /// <see cref="BlockSize" />.</summary>
        /// <param name="at">Place in the image.</param>
        /// <returns>The block.</returns>
        public byte[] BlockOf(int at) => _blocks[at / BlockSize];

        /// <inheritdoc />
        public void Read(int at, byte[] buffer, int count)
        {
            int done = 0;
            while (done < count)
            {
                int from = (at + done) % BlockSize;
                int part = BlockSize - from < count - done ? BlockSize - from : count - done;
                Array.Copy(BlockOf(at + done), from, buffer, done, part);
                done += part;
            }
        }

        /// <inheritdoc />
        public void Release(int at)
        {
            for (int k = (at / BlockSize) - 1; k >= 0 && _blocks[k] != null; k--)
            {
                _blocks[k] = null;
            }
        }
    }
}
