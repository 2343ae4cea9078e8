// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Dac;
using System.Device.Gpio;
using System.Device.Pwm;
using FsCheck;
using FsCheck.Fluent;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.Hardware.Tests;

public sealed class OutputTests
{
    private static readonly OutputRange s_servo = new(1000, 2000, 1500);

    [Fact]
    public void A_servo_turns_between_its_limits_and_stays_inside_them()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var servo = new ServoOutput(27, 0, s_servo);
        var shaft = new VirtualServo(bench.Pins, 27);
        Assert.Equal(0, shaft.AngleDegrees, 9);
        Assert.Equal(OutputLevel.Full / 2, servo.Level);
        servo.Write(0);
        Assert.Equal(-45, shaft.AngleDegrees, 9);
        servo.Write(OutputLevel.Full);
        Assert.Equal(45, shaft.AngleDegrees, 9);
        servo.Write(int.MaxValue);
        Assert.Equal(2000, shaft.PulseMicroseconds, 9);
        servo.Write(int.MinValue);
        Assert.Equal(1000, shaft.PulseMicroseconds, 9);
        servo.MakeSafe();
        Assert.Equal(1500, shaft.PulseMicroseconds, 9);
        servo.Close();
        Assert.Equal(0, shaft.PulseMicroseconds);
    }

    [Fact]
    public void A_servo_follows_its_level_to_the_drivers_step_of_2_us()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var servo = new ServoOutput(27, 3, s_servo);
        var shaft = new VirtualServo(bench.Pins, 27);
        Prop.ForAll(Gen.Choose(0, OutputLevel.Full).ToArbitrary(), level =>
        {
            servo.Write(level);
            double wanted = 1000 + (1000.0 * level / OutputLevel.Full);
            return Math.Abs(shaft.PulseMicroseconds - wanted) <= 2.0 && shaft.PulseMicroseconds is >= 1000 and <= 2000;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_converter_keeps_to_its_codes_and_writes_only_changes()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var output = Level();
        Assert.Equal(20, bench.Pins.Value(26));
        output.Write(OutputLevel.Full);
        Assert.Equal(210, bench.Pins.Value(26));
        long before = bench.Clock.Nanoseconds;
        output.Write(OutputLevel.Full);
        Assert.Equal(before, bench.Clock.Nanoseconds);
        output.Write(-5);
        Assert.Equal(10, bench.Pins.Value(26));
        Assert.Equal(200_000, bench.Clock.Nanoseconds - before);
        Assert.Throws<DacChannelAlreadyInUseException>(() => Level());
        output.Close();
        Assert.Equal(20, bench.Pins.Value(26));
        Level().Close();

        static ConverterOutput Level() => new(new InternalDac(26, 20), new OutputRange(10, 210, 20));
    }

    [Fact]
    public void A_digital_output_is_only_toggled()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        var output = new DigitalOutput(new GpioController(), 18, safe: true);
        Assert.Equal(1, bench.Pins.Value(18));
        long before = bench.Clock.Nanoseconds;
        output.Write(0);
        output.Write(OutputLevel.Full / 4);
        output.Write(OutputLevel.Full);
        Assert.Equal(2 * 18_500, bench.Clock.Nanoseconds - before);
        output.Write(0);
        output.MakeSafe();
        Assert.Equal(1, bench.Pins.Value(18));
    }

    [Fact]
    public void The_lamp_knows_whether_it_is_lit_and_may_be_missing()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var lamp = new StatusLamp(new GpioController(), 4);
        lamp.Set(true);
        lamp.Set(true);
        lamp.Toggle();
        lamp.Toggle();
        Assert.True(lamp.Lit);
        Assert.Equal([0, 1, 0, 1], bench.Pins.Log(4).Select(c => c.Value));
        var none = new StatusLamp(new GpioController(), -1);
        none.Toggle();
        Assert.True(none.Lit);
    }

    [Fact]
    public void The_outputs_of_a_board_open_at_their_safe_levels()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        BoardProfile profile = BoardText.Parse(BuiltInBoard.Text);
        IBoardOutput[] outputs = BoardDrivers.Outputs(profile, new GpioController());
        Assert.Equal([typeof(ServoOutput), typeof(ConverterOutput), typeof(DigitalOutput)], outputs.Select(o => o.GetType()));
        Assert.Equal(1500, bench.Pins.Value(27), 9);
        Assert.Equal(128, bench.Pins.Value(25));
        Assert.Equal(0, bench.Pins.Value(18));
        Assert.Empty(bench.Pins.Conflicts);

        // Whatever an output is told, it never leaves its range, and making it safe brings it back.
        for (int i = 0; i < outputs.Length; i++)
        {
            BoardOutput limits = profile.Outputs[i];
            outputs[i].Write(int.MaxValue);
            outputs[i].Write(int.MinValue);
            outputs[i].Write(OutputLevel.Full);
            outputs[i].MakeSafe();
            Assert.Equal(limits.Safe, bench.Pins.Value(limits.Pin), 9);
            Assert.All(bench.Pins.Log(limits.Pin), c => Assert.InRange(c.Value, limits.Low - 1e-9, limits.High + 1e-9));
        }
    }

    [Fact]
    public void A_wrong_profile_drives_nothing()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        BoardProfile profile = BoardText.Parse(BuiltInBoard.Text);
        profile.Outputs[2].Pin = 2;
        Assert.Equal(BoardFault.Strapping,
            Assert.Throws<BoardProfileException>(() => BoardDrivers.Outputs(profile, new GpioController())).Code);
        Assert.All(Enumerable.Range(0, 40), pin => Assert.Empty(bench.Pins.Log(pin)));
    }

    [Fact]
    public void The_chips_own_refusals_are_those_of_the_device()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var gpio = new GpioController();
        Assert.Null(PwmChannel.CreateFromPin(27));
        Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(24, DeviceFunction.PWM1));
        Configuration.SetPinFunction(34, DeviceFunction.PWM1);
        Assert.Throws<ArgumentException>(() => PwmChannel.CreateFromPin(34));
        Assert.Throws<ArgumentException>(() => gpio.OpenPin(36, PinMode.Output));
        Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(28));
        gpio.OpenPin(13, PinMode.Output);
        Assert.Throws<InvalidOperationException>(() => new GpioController().OpenPin(13));
        Assert.Throws<ArgumentException>(() => DacController.GetDefault().OpenChannel(2));
        Configuration.SetPinFunction(13, DeviceFunction.PWM2);
        using PwmChannel? pwm = PwmChannel.CreateFromPin(13);
        Assert.Contains("GPIO13 is used by GPIO and by PWM", bench.Pins.Conflicts);
        Assert.Throws<ArgumentException>(() => pwm!.DutyCycle = 1.01);
    }

    [Fact]
    public void Two_frequencies_on_one_PWM_timer_disturb_each_other_as_on_the_chip()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var shaft = new VirtualServo(bench.Pins, 27);
        var servo = new ServoOutput(27, 0, s_servo);
        Assert.Equal(1500, shaft.PulseMicroseconds, 9);
        _ = new PwmOutput(25, 1, 1_000, 0);
        Assert.Equal(75, shaft.PulseMicroseconds, 9);

        // The slow timers cannot be opened beside the fast ones.
        Assert.Throws<ArgumentException>(() => new PwmOutput(26, 8, 1_000, 0));
        servo.Close();
    }

    [Fact]
    public void Servos_and_drives_of_any_mixture_keep_their_frequency_or_are_refused()
    {
        int[] pins = [4, 13, 14, 18, 19, 21, 22, 23, 25, 26, 27, 32];
        Gen<int[]> mixtures = Gen.Elements(0, 200, 1_000, 5_000, 20_000).ArrayOf().Where(a => a.Length <= pins.Length);
        Prop.ForAll(mixtures.ToArbitrary(), mixture =>
        {
            var bench = new Bench();
            using IDisposable scope = Bench.Use(bench);
            BoardProfile profile = Mixed(mixture, pins);
            int timers = mixture.GroupBy(f => f).Sum(g => (g.Count() + 1) / 2);
            if (timers > 4)
            {
                BoardProfileException refusal = Assert.Throws<BoardProfileException>(() => BoardCheck.Check(profile));
                return refusal.Code == BoardFault.NoTimer && pins.Contains(refusal.Detail) && bench.Pins.Conflicts.Count == 0;
            }

            _ = BoardDrivers.Outputs(profile, new GpioController());
            var board = new NeuronBoard(profile, new GpioController(), new EspClock());
            for (int k = 0; k < profile.Channels.Length; k++)
            {
                board.Drive(k, 2_500);
            }

            bool outputs = profile.Outputs.All(o => Math.Abs(bench.Pins.Value(o.Pin) - 1500) < 0.01);
            return outputs && profile.Channels.All(c => Math.Abs(bench.Pins.Value(c.DriveInput) - (0.25e6 / c.DriveFrequency)) < 0.01);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(151, 8_192, true)]
    [InlineData(152, 10_000, true)]
    [InlineData(153, 10_000, false)]
    [InlineData(50, 8_191, false)]
    [InlineData(10, 9_000, true)]
    [InlineData(1_000, 10_000, false)]
    public void A_duty_cycle_that_overflows_in_the_driver_is_refused(int frequency, int most, bool refused)
    {
        BoardProfile profile = Mixed([frequency], [25]);
        profile.Channels[0].DriveMax = most;
        if (refused)
        {
            Assert.Equal(BoardFault.PwmOverflow, Assert.Throws<BoardProfileException>(() => BoardCheck.Check(profile)).Code);
            return;
        }

        BoardCheck.Check(profile);
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        _ = new PwmOutput(25, 0, frequency, most);
        Assert.Equal(most * 100.0 / frequency, bench.Pins.Value(25), 6);
    }

    [Fact]
    public void What_overflows_in_the_driver_is_low_on_the_bench()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        _ = new PwmOutput(25, 0, 100, PwmOutput.OverflowCode);
        Assert.Equal(0, bench.Pins.Value(25), 6);
    }

    // A servo for each 0, a drive by PWM for each frequency.
    private static BoardProfile Mixed(int[] frequencies, int[] pins)
    {
        BoardProfile profile = BoardText.Parse(BuiltInBoard.Text);
        profile.LampPin = -1;
        profile.UartPort = null;
        profile.MicrophoneBus = 0;
        var items = frequencies.Select((f, k) => (Frequency: f, Pin: pins[k])).ToArray();
        profile.Outputs = [.. items.Where(i => i.Frequency == 0)
            .Select(i => new BoardOutput { Name = "servo", Kind = OutputKind.Servo, Pin = i.Pin, Low = 1000, High = 2000, Safe = 1500 })];
        profile.Channels = [.. items.Where(i => i.Frequency > 0).Select(i => new BoardChannel
        {
            Name = "n", DriveKind = ConverterKind.Pwm, DriveInput = i.Pin, DriveFrequency = i.Frequency, DriveMax = 5_000,
                DriveReference = 3300,
            DriveResistance = 20_000, DriveLimit = 1_000_000,
        })];
        return profile;
    }

    [Fact]
    public void The_second_converter_cannot_be_read_while_the_radio_is_on()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var adc = new System.Device.Adc.AdcController();
        bench.Pins.Drive(4, _ => 1.55);
        bench.Pins.Drive(32, _ => 3.1);
        using System.Device.Adc.AdcChannel second = adc.OpenChannel(10);
        using System.Device.Adc.AdcChannel first = adc.OpenChannel(4);
        Assert.InRange(second.ReadValue(), 2047, 2048);
        bench.Wifi.AccessPoint = "home";
        bench.Wifi.Passphrase = "secret";
        Assert.False(nanoFramework.Networking.WifiNetworkHelper.ConnectDhcp("home", "wrong"));
        Assert.True(nanoFramework.Networking.WifiNetworkHelper.ConnectDhcp("home", "secret"));
        Assert.Throws<Exception>(() => second.ReadValue());
        Assert.Equal(4095, first.ReadValue());
    }

    [Fact]
    public void Levels_map_linearly_and_saturate_both_ways_round()
    {
        Assert.Equal(0, OutputLevel.Map(-9000, -9000, 9000));
        Assert.Equal(OutputLevel.Full / 2, OutputLevel.Map(0, -9000, 9000));
        Assert.Equal(OutputLevel.Full, OutputLevel.Map(int.MaxValue, -9000, 9000));
        Assert.Equal(OutputLevel.Full, OutputLevel.Map(int.MinValue, 9000, -9000));
        Assert.Equal(0, OutputLevel.Map(5, 7, 7));
        Prop.ForAll<int, int, int>((value, from, to) =>
        {
            int level = OutputLevel.Map(value, from, to);
            double exact = from == to ? 0 : Math.Clamp(((double)value - from) / ((double)to - from), 0, 1) * OutputLevel.Full;
            return Math.Abs(level - exact) <= 0.5000001;
        }).QuickCheckThrowOnFailure();
    }
}
