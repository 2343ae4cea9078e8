// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using nanoFramework.TestFramework;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests
{
    /// <summary>Network images: the same bytes on both sides, and no damage that goes unseen.</summary>
    [TestClass]
    public class ImageTests
    {
        [TestMethod]
        public void Image_of_a_network_is_the_same_on_both_sides()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(1, 10, 20, 20, 5));

            // The header holds an estimate of memory, which may be refined; the sections must stay.
            int sections = image.Length - ImageLayout.FirstSectionOffset - ImageLayout.ChecksumLength;
            Assert.AreEqual(4376, image.Length);
            Assert.AreEqual(Golden.ImageSections, Crc32.Compute(image, ImageLayout.FirstSectionOffset, sections),
                nameof(Golden.ImageSections));
        }

        [TestMethod]
        public void Read_image_writes_the_same_image_again()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(2, 5, 10, 10, 3));

            byte[] again = ImageWriter.Write(ImageReader.Read(image, 0, image.Length, ModelList.All));

            Assert.AreEqual(image.Length, again.Length);
            Assert.AreEqual(Crc32.Compute(image, 0, image.Length), Crc32.Compute(again, 0, again.Length));
        }

        [TestMethod]
        public void Header_tells_size_and_name_without_loading()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(2, 5, 10, 10, 3));

            ImageHeader header = ImageHeader.Peek(image, 0, image.Length);

            Assert.AreEqual(25, header.Neurons);
            Assert.AreEqual(((2 * 5) + (2 * 10) + (2 * 10)) * 3, header.Synapses);
            Assert.AreEqual(3, header.Populations);
            Assert.AreEqual(6, header.NameLength);
        }

        [TestMethod]
        public void Any_changed_byte_is_refused()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(3, 3, 2, 2, 1));
            for (int k = 0; k < image.Length; k++)
            {
                image[k] ^= 0x10;
                Assert.IsTrue(IsRefused(image), k.ToString());
                image[k] ^= 0x10;
            }

            Assert.IsFalse(IsRefused(image));
        }

        [TestMethod]
        public void Cut_image_is_refused()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(3, 3, 2, 2, 1));

            Assert.ThrowsException(typeof(ImageException), () => ImageReader.Read(image, 0, image.Length - 4, ModelList.All));
            Assert.ThrowsException(typeof(ImageException), () => ImageReader.Read(image, 4, image.Length - 4, ModelList.All));
            Assert.ThrowsException(typeof(ImageException), () => ImageReader.Read(new byte[0], 0, 0, ModelList.All));
        }

        private static bool IsRefused(byte[] image)
        {
            try
            {
                ImageReader.Read(image, 0, image.Length, ModelList.All);
                return false;
            }
            catch (ImageException)
            {
                return true;
            }
        }
    }
}
