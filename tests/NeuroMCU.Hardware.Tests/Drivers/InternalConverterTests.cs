// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class InternalConverterTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(35)]
    [InlineData(36)]
    [InlineData(39)]
    [InlineData(4)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(27)]
    [InlineData(25)]
    public void Each_pin_reads_its_own_voltage(int pin)
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        foreach (int other in Enumerable.Range(0, 40))
        {
            bench.Pins.Connect(other, new Level(other == pin ? 1.0 : 3.0));
        }

        Assert.Equal(1321, new InternalAdc(pin, 0, null!).Read());
    }

    [Fact]
    public void Averaging_and_a_table_take_care_of_noise_and_bend()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Adc = new Bent();
        double volts = 0;
        bench.Pins.Drive(32, _ => volts);

        // What the bent converter's codes stand for, from its own inverse.
        int[] table = Enumerable.Range(0, InternalAdc.Knots).Select(k => (int)Math.Round(Bent.Inverse(k * 256.0))).ToArray();
        var adc = new InternalAdc(32, 4, table);
        foreach (double v in new[] { 0.3, 0.9, 1.7, 2.4, 2.9 })
        {
            volts = v;
            Assert.InRange(adc.Read(), (v / 3.1 * 4095) - 8, (v / 3.1 * 4095) + 8);
        }
    }

    [Fact]
    public void A_pin_without_converter_is_refused()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InternalAdc(18, 0, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InternalAdc(32, 7, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InternalAdc(32, 0, new int[16]));
    }

    [Fact]
    public void The_pulses_of_a_drive_have_the_codes_mean()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var output = new PwmOutput(25, 0, 1_000, 0);
        foreach (int code in new[] { 0, 1, 5_000, 9_999, 10_000, 20_000, -3 })
        {
            output.Write(code);
            Assert.Equal(Math.Clamp(code, 0, 10_000) / 10.0, bench.Pins.Value(25), 6);
        }
    }

    /// <summary>A converter whose upper half bends by up to 60 codes, with a noise of ±6 codes.</summary>
    private sealed class Bent : IAdcModel
    {
        private int _reading;

        public static double Inverse(double code)
        {
            double low = 0;
            double high = 4400;
            while (high - low > 0.01)
            {
                double middle = (low + high) / 2;
                (low, high) = Curve(middle) < code ? (middle, high) : (low, middle);
            }

            return low;
        }

        public int Convert(int pin, double volts) =>
            (int)Math.Clamp(Math.Round(Curve(volts / 3.1 * 4095)) + (_reading++ * 5 % 13) - 6, 0, 4095);

        private static double Curve(double exact) => exact - (60 * Math.Pow(exact / 4095, 4));
    }
}
