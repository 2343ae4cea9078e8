// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.DeviceTests
{
    /// <summary>What the engine takes for granted of integer arithmetic, on .NET and on the device's interpreter alike.</summary>
    [TestClass]
    public class ArithmeticTests
    {
        /// <summary>Values that no compiler can fold: read from fields at run time.</summary>
        private static int s_large = 2000000000;

        private static int s_minus = -7;

        private static long s_wide = 0x123456789ABCDEF;

        [TestMethod]
        public void Products_of_two_ints_keep_64_bits()
        {
            Assert.AreEqual(4000000000000000000L, (long)s_large * s_large);
            Assert.AreEqual(-14000000000L, (long)s_large * s_minus);
        }

        [TestMethod]
        public void Shift_right_keeps_the_sign_of_signed_values()
        {
            Assert.AreEqual(-4, s_minus >> 1);
            Assert.AreEqual(-1L, (long)s_minus >> 40);
            Assert.AreEqual(0x7FFFFFFCU, (uint)s_minus >> 1);
            Assert.AreEqual(0x12345L, s_wide >> 40);
        }

        [TestMethod]
        public void Division_truncates_toward_zero()
        {
            Assert.AreEqual(-3, s_minus / 2);
            Assert.AreEqual(-1, s_minus % 2);
            Assert.AreEqual(-3L, (long)s_minus / 2);
        }

        [TestMethod]
        public void Sums_and_products_wrap()
        {
            Assert.AreEqual(-294967296, s_large + s_large);
            Assert.AreEqual(-1454759936, s_large * 1000);
        }

        [TestMethod]
        public void Narrowing_keeps_the_low_bits()
        {
            Assert.AreEqual(0x09ABCDEF, (int)(s_wide & 0xFFFFFFF));
            Assert.AreEqual(unchecked((int)0x89ABCDEF), (int)s_wide);
            Assert.AreEqual(unchecked((short)0xCDEF), (int)(short)s_wide);
            Assert.AreEqual(0xEF, (int)(byte)s_wide);
        }

        [TestMethod]
        public void Rounding_a_product_of_factor_and_membrane_is_half_up()
        {
            var half = 1L << (Formats.FactorBits - 1);

            Assert.AreEqual(1L, ((1L << 30) + half) >> Formats.FactorBits);
            Assert.AreEqual(0L, (-(1L << 30) + half) >> Formats.FactorBits);
            Assert.AreEqual(-1L, (-(1L << 30) - 1 + half) >> Formats.FactorBits);
        }
    }
}
