// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Networks.Tests.Boards;

public sealed class ChannelProfileTests
{
    // File, what is right in it, what is wrong in its place, place, message, advice.
    public static TheoryData<string, string, string, string, string, string> Refusals { get; } = new()
    {
        { "thyristor-starter", "pin: 25", "pin: 24", "channels[0].drive.pin", "GPIO24 has no converter", "a DAC sits on GPIO25 or GPIO26" },
        { "thyristor-starter", "pin: 18", "pin: 28", "channels[0].reset.pin", "the ESP32 has no GPIO28",
            "use one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33, and 34 to 39 for inputs" },
        { "thyristor-starter", "pin: 18", "pin: 36", "channels[0].reset.pin", "GPIO36 can only be read",
            "outputs need one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33" },
        { "thyristor-starter", "pin: 18", "pin: 12", "channels[0].reset.pin", "GPIO12 decides how the chip starts",
            "leave 0, 2, 5, 12 and 15 alone" },
        { "thyristor-starter", "pin: 35", "pin: 34", "channels[1].spikes.pin", "GPIO34 is used twice", "give each line a pin of its own" },
        { "thyristor-starter", "pin: 33", "pin: 23", "channels[1].sense.pin", "GPIO23 has no analog input for this",
            "use one of 32 to 36 or 39 (ADC1)" },
        {
            "thyristor-starter", "limit: 97 uA", "limit: 120 uA", "channels[0].drive",
            "the limit of channel `n1` is above its hold current, where it stays latched (120 uA > 108 uA)",
                "lower `limit`, or write `override: \"reason, name\"` into the drive"
        },
        {
            "lui", "frequency: 1 kHz", "frequency: 100 Hz", "channels[0].drive",
            "channel `lui1` may go beyond 81.9 % of its period below 153 Hz, where the platform's arithmetic overflows and the pin goes "
                + "low (100 % at 100 Hz)",
            "write `frequency: 153 Hz` or more, or a lower `limit`"
        },
        {
            "lui", "outputs:", "outputs:\n" + Servo("a", 13) + Servo("b", 14) + Servo("c", 16) + Servo("d", 17) + Servo("e", 23)
                + Servo("f", 27) + Servo("g", 32),
            "channels[0].drive.pin",
                "GPIO25 finds no PWM timer: the firmware has four, each for two pins of one frequency (a servo's is 50 Hz)",
            "use fewer different frequencies, at most eight PWM pins in all, or another converter"
        },
        { "thyristor-starter", "safe: 0 uA", "safe: 98 uA", "channels[0].drive", "the safe current is above the limit",
            "write `safe: 0 uA`" },
        {
            "thyristor-starter", "kind: counter\n      pin: 34",
                "kind: stream\n      rate: 10 kHz\n      threshold: 0.7 V\n      hysteresis: 0.2 V\n      pin: 34",
            "channels[0].spikes", "the spike input of channel `n1` is read too rarely to see the spike: 200 us at 10000 Hz is 2 readings",
            "write `rate: 15000 Hz` or more if the board can, or `kind: counter` behind a comparator, or slow the neuron down (1 uF and "
                + "1 kOhm give 0.8 ms)"
        },
        {
            "thyristor-starter", "kind: counter", "kind: polled", "channels[0].spikes",
            "the spike input of channel `n1` is read too rarely to see the spike: 200 us at 1000 Hz is 0.2 readings",
            "write `rate: 10000 Hz` or more if the board can, or `kind: counter` behind a comparator, or slow the neuron down (1 uF and "
                + "1 kOhm give 0.8 ms)"
        },
        {
            "thyristor-starter", "kind: counter\n      pin: 34",
                "kind: stream\n      rate: 40 kHz\n      threshold: 0.7 V\n      hysteresis: 0.2 V\n      pin: 34",
            "channels[0].sense", "channel `n1` senses through ADC1, which the stream of another channel has for itself",
            "sense through a chip on SPI, or use `kind: counter` in place of `stream`"
        },
        {
            "thyristor-8", "bus: 1", "bus: 2", "spi[1]", "the chip `adc8` differs in mode, clock or lines from another one on its bus",
            "give it the other bus: the ESP32 runs all chips of a bus with the mode and clock of the first"
        },
        {
            "thyristor-8", "mode: 1", "mode: 0", "spi[0]", "the chip `dac8` does not take this SPI mode",
            "write mode 1 or 2 for an AD5328, mode 0 or 3 for an MCP3208 or MCP41010"
        },
        {
            "thyristor-8", "frequency: 1000 kHz", "frequency: 2000 kHz", "spi[1]", "the chip `adc8` does not take so fast a clock",
            "write at most 30000 kHz for an AD5328, 1000 kHz for an MCP3208, 10000 kHz for an MCP41010"
        },
        { "thyristor-8", "channel: 1, net: DRIVE2", "channel: 0, net: DRIVE2", "channels[1]",
            "channel `n2` uses a channel of a chip that is used already", "give it a channel of its own" },
        { "thyristor-8", "converter: dac8, channel: 0", "converter: adc8, channel: 0", "channels[0].drive.converter",
            "is `adc8`, which is no converter for this", "write one of: `dac`, `pwm`, `dac8`" },
        { "thyristor-8", "name: dac8", "name: dac", "spi[0]", "the name `dac` stands for a converter of the ESP32",
            "choose another one, such as `spi-dac`" },
        { "thyristor-8", "resistance: 14.6 kOhm", "resistance: 14.6 V", "channels[0].drive.resistance",
            "is `14.6 V`, which is a voltage, expected a resistance", "write a resistance such as `2 kOhm`" },
        { "msbn", "device: pot", "device: pit", "outputs[0].device", "is `pit`, expected the name of a potentiometer on SPI",
            "list an `mcp41010` under `spi` and write its name" },
    };

    private static string Servo(string name, int pin) =>
        $"  - name: {name}\n    kind: servo\n    pin: {pin}\n    low: 1000 us\n    high: 2000 us\n    safe: 1500 us\n";

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_would_harm_a_board_is_refused_with_place_reason_and_change(string board, string right, string wrong, string place,
        string message, string hint)
    {
        string text = Resource(board);
        int at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        BoardFileException error = Assert.Throws<BoardFileException>(
            () => BoardProfileFile.Parse(string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)), "my.yaml"));
        Assert.Contains(error.Diagnostics, d => d.Path == place && d.Message == message && d.Hint == hint && d.Line > 0);
    }

    [Fact]
    public void An_input_of_the_second_converter_is_refused_only_while_the_radio_is_on()
    {
        string text = Resource("thyristor-starter").Replace("pin: 32", "pin: 14", StringComparison.Ordinal);
        Assert.Equal(14, BoardProfileFile.Parse(text, "my.yaml").Profile.Channels[0].SenseInput);
        BoardFileException error = Assert.Throws<BoardFileException>(
            () => BoardProfileFile.Parse(text.Replace("tcp_port: 0", "tcp_port: 7077", StringComparison.Ordinal), "my.yaml"));
        Diagnostic finding = Assert.Single(error.Diagnostics);
        Assert.Equal("channels[0].sense.pin", finding.Path);
        Assert.Equal("GPIO14 belongs to ADC2, which cannot be read while Wi-Fi is on", finding.Message);
        Assert.Equal("use one of 32 to 36 or 39 (ADC1), or write `tcp_port: 0`", finding.Hint);
    }

    [Fact]
    public void A_stream_that_the_image_has_no_time_for_is_refused_with_the_rate_and_the_image_that_would_do()
    {
        string text = Resource("thyristor-starter").Replace(
            "kind: counter\n      pin: 34",
            "kind: stream\n      rate: 40 kHz\n      threshold: 0.7 V\n      hysteresis: 0.2 V\n      pin: 34", StringComparison.Ordinal);
        BoardFileException enough = Assert.Throws<BoardFileException>(() => BoardProfileFile.Parse(text, "my.yaml"));
        Assert.DoesNotContain(enough.Diagnostics, d => d.Path == "costs");
        BoardFileException error = Assert.Throws<BoardFileException>(
            () => BoardProfileFile.Parse(text.Replace("costs: esp32-psram-rev3", "costs: esp32-rev3", StringComparison.Ordinal),
                "my.yaml"));
        Diagnostic finding = Assert.Single(error.Diagnostics);
        Assert.Equal("costs", finding.Path);
        Assert.Matches("searching 40000 samples per second for spikes takes (6|7|8). % of the time of `esp32-rev3`", finding.Message);
        Assert.Matches("write `rate: 2.000 Hz` or less, flash ESP32_PSRAM_REV3 and write `costs: esp32-psram-rev3`, or use `kind: counter`",
            finding.Hint);
    }

    [Fact]
    public void A_limit_above_the_hold_current_needs_a_reason_in_writing()
    {
        string text = Resource("thyristor-starter").Replace("limit: 97 uA",
            "limit: 120 uA\n      override: \"block is what we study, A. Smith\"", StringComparison.Ordinal);
        BoardDescription board = BoardProfileFile.Parse(text, "my.yaml");
        Assert.Equal("block is what we study, A. Smith", board.Channels[0].Drive!.Override);
        Assert.True(BoardText.Parse(BoardDeviceText.Write(board.Profile)).Channels[0].DriveOverride);
    }

    [Fact]
    public void Limits_become_the_largest_codes_that_keep_them()
    {
        // (97 uA * 20.8 kOhm + 0.6 V)/3.3 V * 255 = 202.3; (97 uA * 14.6 kOhm + 0.6 V)/2.5 V * 4095 = 3302.6.
        Assert.All(BoardCatalog.Find("thyristor-starter").Profile.Channels, c => Assert.Equal((202, 0), (c.DriveMax, c.DriveSafe)));
        Assert.All(BoardCatalog.Find("thyristor-8").Profile.Channels, c => Assert.Equal((3302, 0), (c.DriveMax, c.DriveSafe)));
        Assert.All(
            BoardCatalog.Names.Select(n => BoardCatalog.Find(n)).SelectMany(b => b.Profile.Channels).Where(c => c.DriveKind != 0),
            c => Assert.InRange(DriveTransfer.Nanoamps(c, c.DriveMax), 0, c.DriveLimit));
    }

    [Fact]
    public void The_code_of_a_current_is_the_largest_that_does_not_exceed_it()
    {
        foreach (DriveDescription drive in BoardCatalog.Names.SelectMany(n => BoardCatalog.Find(n).Channels).Select(c => c.Drive)
            .OfType<DriveDescription>())
        {
            Prop.ForAll(Gen.Choose(0, 140_000).ToArbitrary(), nanoamps =>
            {
                double wanted = nanoamps / 1000.0;
                int code = drive.CodeOf(wanted);
                return drive.CurrentOf(code) <= wanted + 1e-6
                    && (code == drive.FullCode || wanted == 0 || drive.CurrentOf(code + 1) > wanted - 1e-6);
            }).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Every_board_fits_the_devices_file()
    {
        foreach (string name in BoardCatalog.Names)
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(BoardDeviceText.Write(BoardCatalog.Find(name).Profile)), 1, 4096 - 256);
        }
    }

    [Fact]
    public void Boards_name_their_lines_as_their_schematics_do()
    {
        BoardDescription starter = BoardCatalog.Find("thyristor-starter");
        string[] nets = starter.Nets.Select(n => n.Name + "=" + n.Pin).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            ["DETECT1=34", "DETECT2=35", "DRIVE1=25", "DRIVE2=26", "HOST_RX=21", "HOST_TX=22", "LAMP=4", "RESET1=18", "RESET2=19",
                "SENSE1=32", "SENSE2=33"],
            nets);
        BoardDescription eight = BoardCatalog.Find("thyristor-8");
        Assert.Contains(new BoardNet("DRIVE8", "dac8", 7), eight.Nets);
        Assert.Contains(new BoardNet("SENSE8", "adc8", 7), eight.Nets);
        Assert.Contains(new BoardNet("ADC_MISO", null, 13), eight.Nets);
        Assert.Contains(new BoardNet("DAC_CS", null, 19), eight.Nets);
        Assert.Single(eight.Nets, n => n.Name == "RESET");
        Assert.Equal(1, eight.ChannelNumber("n2"));
        Assert.Equal(-1, eight.ChannelNumber("n9"));
    }

    [Fact]
    public void A_Lui_input_takes_pulses_whose_width_is_the_weight()
    {
        BoardDescription lui = BoardCatalog.Find("lui");
        Assert.All(lui.Profile.Channels, c => Assert.Equal((15_000, 15_000), (c.SpikeWidth, c.SpikeDeadTime)));
        Assert.All(lui.Channels, c => Assert.Equal(2_500, c.SpikeHeight));
        Assert.All(lui.Channels, c => Assert.Equal(10_000, c.Drive!.MaxCode));
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(BoardCatalog).Assembly.GetManifestResourceStream("boards/" + name + ".yaml")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
