// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Reliability
{
    /// <summary>
    /// The device's end of a windowed upload: puts chunks together in order, ignores repeated ones, asks again where one is missing, and
    /// acknowledges cumulatively.
    /// </summary>
    public sealed class UploadReceiver
    {
        private int _chunkSize;
        private int _window;
        private int _unacknowledged;
        private bool _gapReported;

        /// <summary>Gets the uploaded bytes; null without an upload.</summary>
        public ImageBlocks Image { get; private set; }

        /// <summary>Gets the next expected byte.</summary>
        public int NextOffset { get; private set; }

        /// <summary>Gets a value indicating whether every byte has arrived.</summary>
        public bool Complete => Image != null && NextOffset == Image.Length;

        /// <summary>Starts an upload; a former one is forgotten.</summary>
        /// <param name="length">Length in bytes.</param>
        /// <param name="chunkSize">Bytes per chunk.</param>
        /// <param name="window">Chunks that may be under way.</param>
        public void Begin(int length, int chunkSize, int window)
        {
            if (Image == null || Image.Length != length)
            {
                Image = null;
                Image = new ImageBlocks(length);
            }

            _chunkSize = chunkSize;
            _window = window;
            _unacknowledged = 0;
            _gapReported = false;
            NextOffset = 0;
        }

        /// <summary>Forgets the upload.</summary>
        /// <returns>The uploaded bytes.</returns>
        public ImageBlocks Release()
        {
            ImageBlocks image = Image;
            Image = null;
            NextOffset = 0;
            return image;
        }

        /// <summary>Takes a chunk.</summary>
        /// <param name="chunk">Lower 16 bits of its number.</param>
        /// <param name="body">Its bytes.</param>
        /// <returns>True when an acknowledgement is due.</returns>
        public bool Take(int chunk, BodyReader body)
        {
            int expected = NextOffset / _chunkSize;
            int due = Image.Length - NextOffset < _chunkSize ? Image.Length - NextOffset : _chunkSize;
            int distance = (short)(chunk - expected);
            if (distance == 0 && due > 0 && body.Left == due)
            {
                Keep(body, due);
                _gapReported = false;
                _unacknowledged++;

                // Half a window, so that the next half is under way while the acknowledgement travels.
                if (Complete || _unacknowledged * 2 >= _window)
                {
                    _unacknowledged = 0;
                    return true;
                }

                return false;
            }

            // One answer per gap: the rest of the window is on its way and would ask for the same.
            if (distance > 0)
            {
                bool first = !_gapReported;
                _gapReported = true;
                return first;
            }

            return true;
        }

        /// <summary>Computes the CRC-32 over the content of the image, which has arrived.</summary>
        /// <returns>The CRC.</returns>
        public uint ComputeCrc() => ImageHeader.ContentCrc(Image);

        private void Keep(BodyReader body, int count)
        {
            while (count > 0)
            {
                int at = NextOffset % ImageBlocks.BlockSize;
                int part = ImageBlocks.BlockSize - at < count ? ImageBlocks.BlockSize - at : count;
                body.ReadBytes(Image.BlockOf(NextOffset), at, part);
                NextOffset += part;
                count -= part;
            }
        }
    }
}
