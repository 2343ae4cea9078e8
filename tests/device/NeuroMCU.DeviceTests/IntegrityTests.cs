// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Integrity;
using NeuroMCU.DeviceTests.Samples;

namespace NeuroMCU.DeviceTests
{
    [TestClass]
    public class IntegrityTests
    {
        [TestMethod]
        public void Crc_of_the_standard_check_string()
        {
            byte[] digits = new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 };

            Assert.AreEqual(0xCBF43926U, Crc32.Compute(digits, 0, digits.Length));
        }

        [TestMethod]
        public void Crc_continues_over_parts()
        {
            byte[] data = new byte[1000];
            XorShift random = new XorShift(7);
            for (int k = 0; k < data.Length; k++)
            {
                data[k] = (byte)random.Next(256);
            }

            uint parts = Crc32.Update(Crc32.Compute(data, 0, 333), data, 333, 667);

            Assert.AreEqual(Golden.RandomBytes, parts, nameof(Golden.RandomBytes));
            Assert.AreEqual(parts, Crc32.Compute(data, 0, 1000));
        }
    }
}
