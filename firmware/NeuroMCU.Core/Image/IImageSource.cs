// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <summary>An image that is read piece by piece: a device has no room for a whole one beside the network that it describes.</summary>
    public interface IImageSource
    {
        /// <summary>Gets the length of the image in bytes.</summary>
        int Length { get; }

        /// <summary>Reads a piece.</summary>
        /// <param name="at">First byte of the image, 0 or more.</param>
        /// <param name="buffer">Receives the bytes, from its beginning.</param>
        /// <param name="count">Bytes wanted; all of them lie in the image.</param>
        /// <exception cref="ImageException">The medium does not give them.</exception>
        void Read(int at, byte[] buffer, int count);

        /// <summary>Tells that nothing before a place is read any more, so that it may be given up.</summary>
        /// <param name="at">The place.</param>
        void Release(int at);
    }
}
