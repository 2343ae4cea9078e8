// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Core.Tests.Image;

/// <summary>A device reads and writes images in pieces: it must see what a host sees that has them whole.</summary>
public sealed class PiecewiseTests
{
    [Fact]
    public void In_pieces_an_image_gives_the_same_network_and_its_blocks_are_given_up()
    {
        for (int seed = 1; seed < 12; seed++)
        {
            byte[] image = ImageWriter.Write(FullNetwork.Make(seed));
            ImageBlocks blocks = Blocks.Of(image);
            ImageHeader header = ImageHeader.Peek(blocks);
            ImageHeader whole = ImageHeader.Peek(image, 0, image.Length);
            Assert.Equal((whole.Length, whole.BoardId, whole.Checksum, whole.HeapBytes),
                (header.Length, header.BoardId, header.Checksum, header.HeapBytes));
            Assert.Equivalent(ImageReader.Read(image, 0, image.Length, ModelList.All), ImageReader.Read(blocks, ModelList.All),
                strict: true);
            Assert.True(image.Length < 1100 || blocks.BlockOf(0) == null);
        }
    }

    [Fact]
    public void In_pieces_the_same_faults_are_found_at_the_same_places()
    {
        Random random = new(4);
        byte[][] images = [.. Enumerable.Range(1, 5).Select(seed => ImageWriter.Write(FullNetwork.Make(seed)))];
        for (int k = 0; k < 1500; k++)
        {
            byte[] image = (byte[])images[k % images.Length].Clone();
            int content = image.Length - 4;
            image[random.Next(content)] ^= (byte)(1 << random.Next(8));
            uint crc = Crc32.Compute(image, 0, content);
            BitConverter.TryWriteBytes(image.AsSpan(content), crc);
            ImageException? whole = Record.Exception(() => ImageReader.Read(image, 0, image.Length, ModelList.All)) as ImageException;
            ImageException? pieces = Record.Exception(() => ImageReader.Read(Blocks.Of(image), ModelList.All)) as ImageException;
            Assert.Equal((whole?.Code, whole?.Offset), (pieces?.Code, pieces?.Offset));
        }
    }

    [Fact]
    public void Any_piece_of_a_picture_is_that_piece_of_the_image()
    {
        Random random = new(5);
        for (int seed = 1; seed < 12; seed++)
        {
            NetworkTables tables = FullNetwork.Make(seed);
            byte[] image = ImageWriter.Write(tables);
            ImagePicture picture = new(tables);
            Assert.Equal(image, Blocks.Bytes(picture));
            Assert.Equal(ImageHeader.ContentCrc(image, image.Length), picture.Crc);
            for (int k = 0; k < 50; k++)
            {
                int at = random.Next(image.Length);
                byte[] piece = new byte[random.Next(1, Math.Min(300, image.Length - at) + 1)];
                picture.Read(at, piece, piece.Length);
                Assert.Equal(image[at..(at + piece.Length)], piece);
            }
        }
    }
}
