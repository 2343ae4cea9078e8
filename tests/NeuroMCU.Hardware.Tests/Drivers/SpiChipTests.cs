// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class SpiChipTests
{
    [Fact]
    public void Every_code_reaches_its_output_of_the_AD5328_and_no_other()
    {
        (Bench bench, VirtualAd5328 chip) = Dac(2.5);
        using IDisposable scope = Bench.Use(bench);
        var driver = new Ad5328(BoardDrivers.Chip(DacAt(mode: 1)));
        int[] wanted = new int[Ad5328.Channels];
        Prop.ForAll(Gen.Choose(0, 7).SelectMany(c => Gen.Choose(-10, 4200).Select(v => (c, v))).ToArbitrary(), write =>
        {
            driver.Write(write.c, write.v);
            wanted[write.c] = Math.Clamp(write.v, 0, 4095);
            for (int i = 0; i < wanted.Length; i++)
            {
                if (chip.Code(i) != wanted[i] || Math.Abs(chip.Volts(i) - (wanted[i] * 2.5 / 4096)) > 1e-9)
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
        Assert.Empty(chip.Violations);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void A_write_takes_effect_whatever_the_update_pin_is_tied_to_and_the_same_code_is_not_sent_twice()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualAd5328(updates: false);
        bench.Spi(2).Attach(chip, 18, 23, -1, 19);
        var driver = new Ad5328(BoardDrivers.Chip(DacAt(mode: 2)));
        driver.Write(3, 1000);
        long words = chip.Words;
        long time = bench.Clock.Nanoseconds;
        driver.Write(3, 1000);
        Assert.Equal(words, chip.Words);
        Assert.Equal(time, bench.Clock.Nanoseconds);
        driver.Write(3, 1001);
        Assert.Equal(1001, chip.Code(3));

        // 50 us of the call and 16 bits at 10 MHz.
        Assert.Equal(51_600, bench.Clock.Nanoseconds - time);
    }

    [Theory]
    [InlineData(0, 10_000_000, "mode 0")]
    [InlineData(3, 10_000_000, "mode 3")]
    [InlineData(1, 40_000_000, "clock of 40000000 Hz")]
    public void The_AD5328_drops_what_breaks_its_protocol(int mode, int frequency, string violation)
    {
        (Bench bench, VirtualAd5328 chip) = Dac(2.5);
        using IDisposable scope = Bench.Use(bench);
        var driver = new Ad5328(BoardDrivers.Chip(DacAt(mode, frequency)));
        driver.Write(0, 4095);
        Assert.Equal(0, chip.Code(0));
        Assert.Contains(chip.Violations, v => v.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void The_MCP3208_reads_each_input_to_the_code()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualMcp3208(3.3);
        bench.Spi(1).Attach(chip, 14, 27, 13, 16);
        double[] volts = [0, 0.1, 0.5, 1, 1.65, 2.2, 3.29, 3.4];
        for (int i = 0; i < volts.Length; i++)
        {
            double v = volts[i];
            chip.Connect(i, new Level(v));
        }

        var driver = new Mcp3208(BoardDrivers.Chip(AdcAt(mode: 0)));
        for (int i = 0; i < volts.Length; i++)
        {
            Assert.Equal(Math.Min(4095, (int)(volts[i] / 3.3 * 4096)), driver.Read(i));
        }

        Assert.Equal(volts.Length, chip.Conversions);
        Assert.Empty(chip.Violations);
        long before = bench.Clock.Nanoseconds;
        driver.Read(0);
        Assert.Equal(82_000, bench.Clock.Nanoseconds - before);
    }

    [Theory]
    [InlineData(1, 1_000_000, "mode 1")]
    [InlineData(0, 2_000_000, "clock of 2000000 Hz")]
    public void The_MCP3208_tells_what_breaks_its_protocol(int mode, int frequency, string violation)
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualMcp3208();
        bench.Spi(1).Attach(chip, 14, 27, 13, 16);
        chip.Connect(0, new Level(3));
        Assert.Equal(0, new Mcp3208(BoardDrivers.Chip(AdcAt(mode, frequency))).Read(0));
        Assert.Contains(chip.Violations, v => v.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_that_ends_early_is_told()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualMcp3208();
        bench.Spi(1).Attach(chip, 14, 27, 13, 16);
        using SpiDevice device = BoardDrivers.Chip(AdcAt(mode: 0));
        device.TransferFullDuplex(new ushort[] { 0x0006 }, new ushort[1]);
        Assert.Contains("11 clocks after the start bit", Assert.Single(chip.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public void The_wiper_of_the_potentiometer_follows()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualMcp41010();
        bench.Spi(1).Attach(chip, 14, 27, -1, 16);
        var driver =
            new Mcp41010(BoardDrivers.Chip(new BoardSpi
            {
                Chip = ChipKind.Mcp41010,
                Bus = 1,
                ClockPin = 14,
                MosiPin = 27,
                SelectPin = 16,
                Frequency = 1_000_000
            }));
        Assert.Equal(128, chip.Position);
        foreach (int code in new[] { 0, 255, 17, 300, -1 })
        {
            driver.Write(code);
            Assert.Equal(Math.Clamp(code, 0, 255), chip.Position);
        }

        Assert.Empty(chip.Violations);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void A_second_chip_of_another_mode_on_a_bus_is_written_to_in_the_wrong_one_and_the_bench_says_so()
    {
        (Bench bench, VirtualAd5328 chip) = Dac(2.5);
        using IDisposable scope = Bench.Use(bench);
        BoardSpi adc = AdcAt(mode: 0);
        adc.Bus = 2;
        adc.ClockPin = 18;
        adc.MosiPin = 23;
        using SpiDevice first = BoardDrivers.Chip(adc);
        new Ad5328(BoardDrivers.Chip(DacAt(mode: 1))).Write(0, 100);
        Assert.Contains("SPI2 runs in mode 0 at 1000000 Hz; the chip at GPIO19 asks for mode 1 at 10000000 Hz", bench.Pins.Conflicts);
        Assert.Contains(chip.Violations, v => v.Contains("mode 0", StringComparison.Ordinal));
        Assert.Equal(0, chip.Code(0));
    }

    [Fact]
    public void A_write_that_fails_is_tried_again()
    {
        (Bench bench, VirtualAd5328 chip) = Dac(2.5);
        using IDisposable scope = Bench.Use(bench);
        SpiDevice device = BoardDrivers.Chip(DacAt(mode: 1));
        var driver = new Ad5328(device);
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => driver.Write(0, 5));
        Assert.Throws<ObjectDisposedException>(() => driver.Write(0, 5));
        Assert.Equal(0, chip.Code(0));
    }

    [Fact]
    public void The_buses_refuse_what_the_device_refuses()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        Assert.Throws<ArgumentException>(() => SpiDevice.Create(new SpiConnectionSettings(2, 19)));
        BoardDrivers.Chip(DacAt(mode: 1));
        Assert.Throws<SpiDeviceAlreadyInUseException>(() => BoardDrivers.Chip(DacAt(mode: 1)));
        foreach (int select in new[] { 4, 16 })
        {
            BoardSpi other = DacAt(mode: 1);
            other.SelectPin = select;
            BoardDrivers.Chip(other);
        }

        BoardSpi fourth = DacAt(mode: 1);
        fourth.SelectPin = 17;
        Assert.Throws<NotSupportedException>(() => BoardDrivers.Chip(fourth));
        Assert.Empty(bench.Pins.Conflicts);
    }

    internal static BoardSpi DacAt(int mode, int frequency = 10_000_000) => new()
    {
        Name = "dac8",
        Chip = ChipKind.Ad5328,
        Bus = 2,
        ClockPin = 18,
        MosiPin = 23,
        SelectPin = 19,
        Mode = mode,
        Frequency = frequency,
        Reference = 2500,
    };

    internal static BoardSpi AdcAt(int mode, int frequency = 1_000_000) => new()
    {
        Name = "adc8",
        Chip = ChipKind.Mcp3208,
        Bus = 1,
        ClockPin = 14,
        MosiPin = 27,
        MisoPin = 13,
        SelectPin = 16,
        Mode = mode,
        Frequency = frequency,
        Reference = 3300,
    };

    private static (Bench Bench, VirtualAd5328 Chip) Dac(double reference)
    {
        var bench = new Bench();
        var chip = new VirtualAd5328(reference);
        bench.Spi(2).Attach(chip, 18, 23, -1, 19);
        return (bench, chip);
    }
}
