// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;

namespace NeuroMCU.Protocol.Messages
{
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
        /// <param name="piece">Room for one body.</param>
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
