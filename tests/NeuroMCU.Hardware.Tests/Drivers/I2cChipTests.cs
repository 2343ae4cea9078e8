// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.I2c;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class I2cChipTests
{
    private const int Data = 21;
    private const int Clock = 22;

    [Fact]
    public void Every_position_reaches_its_wiper_of_the_MCP4461_and_no_other()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots();
        using IDisposable scope = Bench.Use(bench);
        int[] wanted = [128, 128, 128, 128];
        Prop.ForAll(Gen.Choose(0, 3).SelectMany(w => Gen.Choose(0, 256).Select(p => (w, p))).ToArbitrary(), write =>
        {
            wanted[write.w] = write.p;
            return driver.Write(write.w, write.p) && driver.Read(write.w) == write.p
                && Enumerable.Range(0, 4).All(i => chip.Position(i) == wanted[i] && chip.Stored(i) == 128);
        }).QuickCheckThrowOnFailure();
        Assert.Empty(chip.Violations);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(4, 0)]
    [InlineData(0, -1)]
    [InlineData(3, 257)]
    [InlineData(0, int.MaxValue)]
    public void A_wiper_or_position_that_the_MCP4461_lacks_is_refused_before_the_bus(int wiper, int position)
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots();
        using IDisposable scope = Bench.Use(bench);
        long before = bench.I2c(1).Transfers;
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.Write(wiper, position));
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.Store(wiper, position));
        Assert.Equal(before, bench.I2c(1).Transfers);
        Assert.Equal(128, chip.Position(0));
    }

    [Fact]
    public void What_was_stored_is_there_after_power_on_and_what_was_only_written_is_not()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots(milliseconds: 10);
        using IDisposable scope = Bench.Use(bench);
        long before = bench.Clock.Now;
        Assert.True(driver.Write(0, 7) && driver.Store(1, 256) && driver.Store(2, 0) && driver.Write(2, 99));
        Assert.True(bench.Clock.Now - before >= 20_000, "the driver did not wait for the EEPROM");
        chip.PowerCycle(bench.Clock.Now);
        Assert.Equal([128, 256, 0, 128], Enumerable.Range(0, 4).Select(driver.Read));
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void The_same_position_is_not_written_to_the_EEPROM_twice()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots();
        using IDisposable scope = Bench.Use(bench);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(driver.Store(3, 200));
            Assert.True(driver.Write(3, 200 - i));
        }

        Assert.Equal(1, chip.Writes(3));
    }

    [Fact]
    public void A_write_protected_EEPROM_is_told_and_the_wiper_still_moves()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots();
        using IDisposable scope = Bench.Use(bench);
        Assert.Equal(0, driver.IsProtected());
        chip.IsProtected = true;
        Assert.Equal(1, driver.IsProtected());
        Assert.False(driver.Store(0, 5));
        Assert.True(driver.Store(0, 128), "a position that is there already needs no writing");
        Assert.True(driver.Write(0, 5));
        Assert.Equal((5, 128), (chip.Position(0), chip.Stored(0)));
    }

    [Fact]
    public void While_the_EEPROM_is_written_wipers_answer_and_stored_words_do_not()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots(milliseconds: 10);
        using IDisposable scope = Bench.Use(bench);
        var raw = I2cDevice.Create(new I2cConnectionSettings(1, 0x2c));
        Assert.Equal(I2cTransferStatus.FullTransfer, raw.Write(new SpanByte([0x20, 77])).Status);
        Assert.Equal(-1, driver.ReadStored(0));
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, raw.Write(new SpanByte([0x20, 78])).Status);
        Assert.True(driver.Write(0, 11));
        Assert.Equal(11, driver.Read(0));
        bench.Clock.IdleTo(bench.Clock.Now + 10_000);
        Assert.Equal(77, driver.ReadStored(0));
    }

    [Fact]
    public void A_power_cut_while_the_EEPROM_is_written_is_seen_by_reading_back()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots(milliseconds: 10);
        using IDisposable scope = Bench.Use(bench);
        Assert.True(driver.Store(0, 100));
        I2cDevice.Create(new I2cConnectionSettings(1, 0x2c)).Write(new SpanByte([0x20, 200]));
        chip.PowerCycle(bench.Clock.Now + 1000);
        Assert.DoesNotContain(driver.ReadStored(0), new[] { 100, 200 });
        Assert.True(driver.Store(0, 200));
        Assert.Equal(200, chip.Stored(0));
    }

    [Fact]
    public void Terminals_that_were_disconnected_are_connected_and_checked()
    {
        (Bench bench, VirtualMcp4461 chip, Mcp4461 driver) = Pots();
        using IDisposable scope = Bench.Use(bench);
        var raw = I2cDevice.Create(new I2cConnectionSettings(1, 0x2c));
        raw.Write(new SpanByte([0x41, 0xf7]));
        raw.Write(new SpanByte([0xa1, 0x0f]));
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(chip.IsConnected));
        Assert.True(driver.Connect());
        Assert.All(Enumerable.Range(0, 4), w => Assert.True(chip.IsConnected(w)));
    }

    [Fact]
    public void A_chip_that_is_not_there_is_told_by_every_call()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var other = new VirtualMcp4461(0x2d);
        bench.I2c(1).Attach(other, Data, Clock);
        var driver = new Mcp4461(Line(0x2c), new EspClock());
        Assert.False(driver.Write(0, 1));
        Assert.Equal(-1, driver.Read(0));
        Assert.Equal(-1, driver.ReadStored(0));
        Assert.Equal(-1, driver.IsProtected());
        Assert.False(driver.Store(0, 1));
        Assert.False(driver.Connect());
        Assert.False(new Tca9548A(Line(0x70)).Select(0));
        Assert.Equal(Ads1115.NoAnswer, new Ads1115(Line(0x48), new EspClock(), 1).Read(0));
        Assert.False(new Adg715(Line(0x48)).Set(1));
        Assert.Equal(128, other.Position(0));
        Assert.Equal(bench.I2c(1).Transfers, bench.I2c(1).Refused);
    }

    [Fact]
    public void A_chip_on_other_pins_does_not_answer()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.I2c(1).Attach(new VirtualMcp4461(0x2c), Clock, Data);
        Assert.False(new Mcp4461(Line(0x2c), new EspClock()).Write(0, 1));
    }

    [Fact]
    public void A_transfer_takes_its_time_on_the_wire_and_its_call()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        bench.I2c(1).Attach(new VirtualMcp4461(0x2c), Data, Clock);
        var driver = new Mcp4461(Line(0x2c), new EspClock());
        long before = bench.Clock.Nanoseconds;
        driver.Write(0, 1);

        // The call and three bytes of nine bits at 400 kHz.
        Assert.Equal(300_000 + 67_500, bench.Clock.Nanoseconds - before);
    }

    [Fact]
    public void Sixteen_chips_of_four_addresses_are_told_apart_by_the_bus_switch()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var mux = new VirtualTca9548A();
        VirtualMcp4461[] chips = [.. Enumerable.Range(0, 16).Select(i => new VirtualMcp4461(0x2c + (i % 4)))];
        for (int i = 0; i < chips.Length; i++)
        {
            mux.Attach(chips[i], i / 4);
        }

        bench.I2c(1).Attach(mux, Data, Clock);
        var buses = new Tca9548A(Line(0x70));
        Mcp4461[] drivers = [.. Enumerable.Range(0, 4).Select(i => new Mcp4461(Line(0x2c + i), new EspClock()))];
        int[] wanted = [.. Enumerable.Repeat(128, 64)];
        Assert.False(drivers[0].Write(0, 1), "no bus is connected at power-on");
        Prop.ForAll(Gen.Choose(0, 63).SelectMany(n => Gen.Choose(0, 256).Select(p => (n, p))).ToArbitrary(), write =>
        {
            wanted[write.n] = write.p;
            return buses.Select(write.n / 16) && drivers[write.n / 4 % 4].Write(write.n % 4, write.p)
                && Enumerable.Range(0, 64).All(n => chips[n / 4].Position(n % 4) == wanted[n]);
        }).QuickCheckThrowOnFailure();
        Assert.Empty(mux.Violations);
    }

    [Fact]
    public void A_bus_switch_that_lost_its_power_is_set_again_after_a_failed_transfer()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var mux = new VirtualTca9548A();
        var chip = new VirtualMcp4461(0x2c);
        mux.Attach(chip, 5);
        bench.I2c(1).Attach(mux, Data, Clock);
        var buses = new Tca9548A(Line(0x70));
        var driver = new Mcp4461(Line(0x2c), new EspClock());
        Assert.True(buses.Select(5) && driver.Write(0, 3));
        mux.Reset();
        Assert.True(buses.Select(5));
        Assert.False(driver.Write(0, 4));
        buses.Forget();
        Assert.True(buses.Select(5) && driver.Write(0, 4));
        Assert.True(buses.Select(-1));
        Assert.False(driver.Write(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => buses.Select(8));
    }

    [Fact]
    public void Two_buses_at_once_are_told()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var mux = new VirtualTca9548A();
        mux.Attach(new VirtualMcp4461(0x2c), 0);
        mux.Attach(new VirtualMcp4461(0x2c), 1);
        bench.I2c(1).Attach(mux, Data, Clock);
        I2cPort.SetPins(1, Data, Clock);
        I2cDevice.Create(new I2cConnectionSettings(1, 0x70)).WriteByte(3);
        I2cDevice.Create(new I2cConnectionSettings(1, 0x2c)).Write(new SpanByte([0, 1]));
        Assert.Contains(mux.Violations, v => v.Contains("two chips", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ADS1115_reads_each_input_to_the_code_and_waits_for_the_conversion()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualAds1115();
        bench.I2c(1).Attach(chip, Data, Clock);
        double[] volts = [0, 0.001, 1.65, 3.2];
        for (int i = 0; i < volts.Length; i++)
        {
            chip.Connect(i, new Level(volts[i]));
        }

        var driver = new Ads1115(Line(0x48), new EspClock(), 1);
        foreach (int input in new[] { 3, 0, 2, 1, 3, 3 })
        {
            Assert.Equal((int)Math.Round(volts[input] / 4.096 * 32768), driver.Read(input));
        }

        Assert.Equal(6, chip.Conversions);
        Assert.Empty(chip.Violations);
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.Read(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ads1115(Line(0x48), new EspClock(), 6));
    }

    [Fact]
    public void A_voltage_beyond_the_supply_of_the_ADS1115_is_told()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualAds1115();
        bench.I2c(1).Attach(chip, Data, Clock);
        chip.Connect(0, new Level(-1));
        new Ads1115(Line(0x48), new EspClock(), 0).Read(0);
        Assert.Contains(chip.Violations, v => v.Contains("input 0", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ADG715_closes_what_is_asked_and_opens_the_rest()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var chip = new VirtualAdg715();
        bench.I2c(1).Attach(chip, Data, Clock);
        var driver = new Adg715(Line(0x48));
        for (int mask = 0; mask < 256; mask++)
        {
            Assert.True(driver.Set(mask));
            Assert.Equal(mask, chip.Closed);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => driver.Set(256));
        Assert.Equal(255, chip.Closed);
    }

    [Fact]
    public void Chips_that_ask_for_different_speeds_or_share_an_address_are_told()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.I2c(1).Attach(new VirtualMcp4461(0x2c), Data, Clock);
        bench.I2c(1).Attach(new VirtualMcp4461(0x2c), Data, Clock);
        Line(0x2c);
        I2cPort.Open(1, 0x2d, 100_000);
        new Mcp4461(I2cPort.Open(1, 0x2c, 100_000), new EspClock()).Write(0, 1);
        Assert.Contains(bench.Pins.Conflicts, c => c.Contains("400000 Hz", StringComparison.Ordinal));
        Assert.Contains(bench.Pins.Conflicts, c => c.Contains("two chips", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, I2cKind.Mcp4461, 0x30, 21, 22, 400_000, -1, BoardFault.BadI2c)]
    [InlineData(0, I2cKind.Mcp4461, 0x2b, 21, 22, 400_000, -1, BoardFault.BadI2c)]
    [InlineData(0, I2cKind.Tca9548A, 0x78, 21, 22, 400_000, -1, BoardFault.BadI2c)]
    [InlineData(0, 9, 0x2c, 21, 22, 400_000, -1, BoardFault.BadI2c)]
    [InlineData(0, I2cKind.Mcp4461, 0x2c, 21, 22, 1_000_000, -1, BoardFault.BadI2c)]
    [InlineData(0, I2cKind.Mcp4461, 0x2c, 21, 22, 400_000, 0, BoardFault.BadI2c)]
    [InlineData(0, I2cKind.Mcp4461, 0x2c, 34, 22, 400_000, -1, BoardFault.InputOnly)]
    [InlineData(1, I2cKind.Mcp4461, 0x2c, 21, 22, 400_000, -1, BoardFault.I2cAddress)]
    [InlineData(1, I2cKind.Mcp4461, 0x2d, 21, 23, 400_000, -1, BoardFault.I2cShared)]
    [InlineData(1, I2cKind.Mcp4461, 0x2d, 21, 22, 100_000, -1, BoardFault.I2cShared)]
    [InlineData(1, I2cKind.Ads1115, 0x48, 21, 22, 400_000, -1, 0)]
    public void A_profile_with_chips_that_cannot_be_reached_is_refused(
        int number, int kind, int address, int data, int clock, int frequency, int mux, int fault)
    {
        BoardI2c first = new()
        {
            Name = "a",
            Chip = I2cKind.Mcp4461,
            Bus = 1,
            DataPin = 21,
            ClockPin = 22,
            Frequency = 400_000,
            Address = 0x2c,
        };
        BoardI2c chip = new()
        {
            Name = "b",
            Chip = kind,
            Bus = 1,
            DataPin = data,
            ClockPin = clock,
            Frequency = frequency,
            Address = address,
            Switch = mux,
        };
        var profile = new BoardProfile
        {
            Name = "x",
            MaxImageBytes = 1,
            MaxNetworkBytes = 1,
            StoreBytes = 1,
            I2c = number == 0 ? [chip] : [first, chip],
        };
        if (fault == 0)
        {
            BoardCheck.Check(profile);
        }
        else
        {
            BoardProfileException problem = Assert.Throws<BoardProfileException>(() => BoardCheck.Check(profile));
            Assert.Equal(fault, problem.Code);
        }
    }

    private static (Bench Bench, VirtualMcp4461 Chip, Mcp4461 Driver) Pots(int milliseconds = 5)
    {
        var bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
        var chip = new VirtualMcp4461(0x2c, milliseconds);
        bench.I2c(1).Attach(chip, Data, Clock);
        using IDisposable scope = Bench.Use(bench);
        return (bench, chip, new Mcp4461(Line(0x2c), new EspClock()));
    }

    private static I2cLine Line(int address)
    {
        I2cPort.SetPins(1, Data, Clock);
        return I2cPort.Open(1, address, 400_000);
    }
}
