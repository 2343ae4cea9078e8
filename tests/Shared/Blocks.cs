// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;

namespace NeuroMCU.Tests.Shared;

/// <summary>Images in pieces, as a device has them.</summary>
internal static class Blocks
{
    /// <summary>Puts bytes into blocks.</summary>
    public static ImageBlocks Of(byte[] image)
    {
        ImageBlocks blocks = new(image.Length);
        for (int at = 0; at < image.Length; at += ImageBlocks.BlockSize)
        {
            byte[] block = blocks.BlockOf(at);
            Array.Copy(image, at, block, 0, block.Length);
        }

        return blocks;
    }

    /// <summary>Reads all bytes at once.</summary>
    public static byte[]? Bytes(IImageSource? source)
    {
        if (source is null)
        {
            return null;
        }

        byte[] bytes = new byte[source.Length];
        source.Read(0, bytes, bytes.Length);
        return bytes;
    }
}
