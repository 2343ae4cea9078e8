// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Core.Contracts
{
    /// <summary>A network image or its tables are not usable; says what is wrong and where.</summary>
    [Serializable]
#pragma warning disable CA1032 // The platform's exceptions carry codes, not texts; the standard constructors would invite the latter.
    public sealed class ImageException : Exception
#pragma warning restore CA1032
    {
        /// <summary>Initializes a new instance of the <see cref="ImageException" /> class.</summary>
        /// <param name="code">What is wrong, one of <see cref="ImageError" />.</param>
        /// <param name="offset">Byte of the image at which it was found, counted from the image's start; −1 when no image is at
        /// hand.</param>
        public ImageException(int code, int offset)
        {
            Code = code;
            Offset = offset;
        }

        /// <summary>Gets what is wrong, one of <see cref="ImageError" />.</summary>
        public int Code { get; }

        /// <summary>Gets the byte of the image at which it was found, counted from the image's start; −1 when no image is at
        /// hand.</summary>
        public int Offset { get; }
    }
}
