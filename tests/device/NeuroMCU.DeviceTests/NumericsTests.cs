// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Numerics;
using NeuroMCU.DeviceTests.Samples;

namespace NeuroMCU.DeviceTests
{
    /// <summary>Powers, logarithms, decays and random intervals: known values, and digests over many that hold on both sides.</summary>
    [TestClass]
    public class NumericsTests
    {
        [TestMethod]
        public void Powers_of_two_at_whole_and_half_octaves()
        {
            Assert.AreEqual(1 << 30, Exponential.Power(0));
            Assert.AreEqual(1 << 29, Exponential.Power(1L << 40));
            Assert.AreEqual(759250125, Exponential.Power(1L << 39));
            Assert.AreEqual(1, Exponential.Power(30L << 40));
            Assert.AreEqual(0, Exponential.Power(32L << 40));
            Assert.AreEqual(0, Exponential.Power(8000000L << 40));
        }

        [TestMethod]
        public void Logarithms_of_powers_of_two_are_exact()
        {
            for (int k = 0; k < 32; k++)
            {
                Assert.AreEqual((long)k << 40, Exponential.Logarithm(1L << k));
            }
        }

        [TestMethod]
        public void Decay_keeps_sign_and_rounds_to_nearest()
        {
            Assert.AreEqual(500, Exponential.Decay(1000, 1L << 40));
            Assert.AreEqual(-500, Exponential.Decay(-1000, 1L << 40));
            Assert.AreEqual(int.MinValue, Exponential.Decay(int.MinValue, 0));
            Assert.AreEqual(int.MaxValue, Exponential.Decay(int.MaxValue, 0));
            Assert.AreEqual(0, Exponential.Decay(int.MinValue, 40L << 40));
        }

        [TestMethod]
        public void Many_powers_logarithms_and_decays()
        {
            Digest digest = new Digest();
            XorShift random = new XorShift(17);
            for (int k = 0; k < 500; k++)
            {
                long exponent = ((long)random.Next(1 << 30) << random.Next(16)) + random.Next(1 << 30);
                int value = random.Next(int.MaxValue) - random.Next(int.MaxValue);
                digest.Add(Exponential.Power(exponent));
                digest.Add(Exponential.Decay(value, exponent));
                digest.Add(Exponential.Logarithm(1L + random.Next(int.MaxValue)));
            }

            Assert.AreEqual(Golden.Exponentials, digest.Value, nameof(Golden.Exponentials));
        }

        [TestMethod]
        public void Poisson_intervals_of_a_seed()
        {
            Digest digest = new Digest();
            uint state = PoissonGenerator.Start(42);
            long sum = 0;
            for (int k = 0; k < 1000; k++)
            {
                state = PoissonGenerator.Draw(state);
                long interval = PoissonGenerator.Interval(state, 10000);
                sum += interval;
                digest.Add(interval);
            }

            // The mean of 1000 intervals lies within 5 standard errors (5 · 10 ms / √1000) of 10 ms.
            Assert.IsTrue(sum > 8400000 && sum < 11600000);
            Assert.AreEqual(Golden.PoissonIntervals, digest.Value, nameof(Golden.PoissonIntervals));
        }

        [TestMethod]
        public void Decay_table_of_a_time_constant()
        {
            DecayTable table = new DecayTable(79312999);
            Digest digest = new Digest();
            for (int k = 0; k <= DecayTable.FineMask; k++)
            {
                digest.Add(table.Coarse[k]);
                digest.Add(table.Fine[k]);
            }

            Assert.AreEqual(Golden.DecayFactors, digest.Value, nameof(Golden.DecayFactors));
        }

        [TestMethod]
        public void Narrowing_saturates()
        {
            Assert.AreEqual(int.MaxValue, Saturation.ToInt(1L << 31));
            Assert.AreEqual(int.MinValue, Saturation.ToInt(-(1L << 31) - 1));
            Assert.AreEqual(-5, Saturation.ToInt(-5));
        }
    }
}
