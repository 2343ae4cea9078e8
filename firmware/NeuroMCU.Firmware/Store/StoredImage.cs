// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Store
{
    /// <summary>An image in a file of the store.</summary>
    internal sealed class StoredImage : IImageSource
    {
        private readonly IFileStore _files;
        private readonly string _file;
        private readonly int _start;

        internal StoredImage(IFileStore files, string file, int start, int length)
        {
            _files = files;
            _file = file;
            _start = start;
            Length = length;
        }

        /// <inheritdoc />
        public int Length { get; }

        /// <inheritdoc />
        public void Read(int at, byte[] buffer, int count)
        {
            if (_files.Read(_file, _start + at, buffer, 0, count) != count)
            {
                throw new ImageException(ImageError.Truncated, at);
            }
        }

        /// <inheritdoc />
        public void Release(int at)
        {
            // The file keeps what it has.
        }
    }
}
