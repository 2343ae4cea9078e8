// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Tests.Numerics;

public sealed class ExponentialTests
{
    private const double One40 = 1099511627776.0;

    [Fact]
    public void PowersAreGoodToTwoPartsInABillion()
    {
        Random random = new(1);
        for (int i = 0; i < 200000; i++)
        {
            long x = random.NextInt64(34L << 40);
            double exact = Math.Pow(2, -x / One40) * (1 << 30);
            Assert.InRange(Exponential.Power(x), exact - 1.6, exact + 1.6);
        }

        Assert.Equal(1 << 30, Exponential.Power(0));
        Assert.Equal(1 << 29, Exponential.Power(1L << 40));
    }

    [Fact]
    public void DecayIsGoodToTwoPartsInABillionAndHalfAUnit()
    {
        Random random = new(2);
        for (int i = 0; i < 200000; i++)
        {
            int value = random.Next(int.MinValue, int.MaxValue);
            long x = random.NextInt64(random.Next(2) == 0 ? 1L << 38 : 40L << 40);
            double exact = value * Math.Pow(2, -x / One40);
            double tolerance = (2e-9 * Math.Abs(exact)) + 0.5000001;
            Assert.InRange(Exponential.Decay(value, x), exact - tolerance, exact + tolerance);
        }
    }

    [Fact]
    public void LogarithmsAreGoodToThreePartsInABillion()
    {
        Random random = new(3);
        for (int i = 0; i < 200000; i++)
        {
            long value = 1 + (random.NextInt64(1L << 32) >> random.Next(32));
            value = Math.Min(value, uint.MaxValue);
            Assert.InRange(Exponential.Logarithm(value) / One40, Math.Log2(value) - 3e-9, Math.Log2(value) + 3e-9);
        }

        for (int k = 0; k < 32; k++)
        {
            Assert.Equal((long)k << 40, Exponential.Logarithm(1L << k));
        }
    }

    [Fact]
    public void TheProductOfTwoFactorsIsTheDecay()
    {
        foreach (double tau in new[] { 50.0, 1000, 20000, 1000000 })
        {
            DecayTable table = new((long)Math.Round(Math.Log2(Math.E) / tau * One40));
            for (int dt = 0; dt < DecayTable.Range; dt += 37)
            {
                double factor = (((long)table.Coarse[dt >> DecayTable.FineBits]
                    * table.Fine[dt & DecayTable.FineMask]) >> DecayTable.Bits) / (double)(1 << 30);
                double exact = Math.Pow(2, -dt * (table.Rate / One40));
                Assert.InRange(factor, exact - 4e-9, exact + 4e-9);
            }
        }
    }

    [Fact]
    public void SaturationIsTheNearestInt()
    {
        Check.QuickThrowOnFailure(Prop.ForAll((long value) =>
        {
            foreach (long scaled in new[] { value, value << 20, value >> 3, int.MaxValue + value, int.MinValue + value })
            {
                if (Saturation.ToInt(scaled) != (int)Math.Clamp(scaled, int.MinValue, int.MaxValue))
                {
                    return false;
                }
            }

            return true;
        }));
    }

    [Fact]
    public void DecayNeverOvershootsAndRoundsHalvesUp()
    {
        Check.QuickThrowOnFailure(Prop.ForAll((int value, uint time) =>
        {
            int decayed = Exponential.Decay(value, (long)time << 8);
            return value >= 0 ? decayed >= 0 && decayed <= value : decayed <= 0 && decayed >= value;
        }));
        Assert.Equal(1, Exponential.Decay(1, 1L << 40));
        Assert.Equal(0, Exponential.Decay(-1, 1L << 40));
        Assert.Equal(2, Exponential.Decay(3, 1L << 40));
        Assert.Equal(-1, Exponential.Decay(-3, 1L << 40));
    }

    [Fact]
    public void PoissonIntervalsHaveTheMeanAndSpreadOfAnExponentialLaw()
    {
        uint state = PoissonGenerator.Start(11);
        double sum = 0;
        double squares = 0;
        const int count = 200000;
        for (int i = 0; i < count; i++)
        {
            state = PoissonGenerator.Draw(state);
            long interval = PoissonGenerator.Interval(state, 10000);
            double exact = Math.Max(1, -10000 * Math.Log(state / 4294967296.0));
            Assert.InRange(interval, exact - 0.51, exact + 0.51);
            sum += interval;
            squares += (double)interval * interval;
        }

        Assert.InRange(sum / count, 9900, 10100);
        Assert.InRange(Math.Sqrt((squares / count) - (sum / count * (sum / count))), 9850, 10150);
        Assert.NotEqual(0u, PoissonGenerator.Start(0));
    }
}
