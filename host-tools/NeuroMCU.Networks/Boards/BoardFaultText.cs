// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Networks.Boards;

/// <summary>Says in words what the firmware's check of a board profile reports as a code.</summary>
internal static class BoardFaultText
{
    /// <summary>Explains a fault.</summary>
    /// <param name="code">One of <see cref="BoardFault" />.</param>
    /// <param name="detail">The line, GPIO or output that the code speaks of.</param>
    /// <param name="profile">The profile, for the numbers in the advice; null when only the code is known.</param>
    /// <returns>What is wrong, and what to do.</returns>
    public static (string Message, string Hint) Explain(int code, int detail, BoardProfile? profile = null)
    {
        string n = detail.ToString(CultureInfo.InvariantCulture);
        return code switch
        {
            BoardFault.Syntax => ("line " + n + " is not 'key=value'", "write the file again from its profile"),
            BoardFault.UnknownKey => ("line " + n + " has an unknown key",
                "write the file again from its profile, with the program that fits the firmware"),
            BoardFault.BadValue => ("line " + n + " has a value that cannot be read", "write the file again from its profile"),
            BoardFault.NoName => ("the profile has no name", "add `name: my-board`"),
            BoardFault.NoSuchPin => ("the ESP32 has no GPIO" + n,
                "use one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33, and 34 to 39 for inputs"),
            BoardFault.InputOnly => ("GPIO" + n + " can only be read",
                "outputs need one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33"),
            BoardFault.Strapping => ("GPIO" + n + " decides how the chip starts", "leave 0, 2, 5, 12 and 15 alone"),
            BoardFault.Memory => ("GPIO" + n + " belongs to the memory of the module", "leave 6 to 11 alone, with PSRAM also 16 and 17"),
            BoardFault.Debugger => ("GPIO" + n + " belongs to the debugger's serial port", "leave 1 and 3 alone"),
            BoardFault.UsedTwice => ("GPIO" + n + " is used twice", "give each line a pin of its own"),
            BoardFault.NoConverter => ("GPIO" + n + " has no converter", "a DAC sits on GPIO25 or GPIO26"),
            BoardFault.BadRange => ("the range of output " + n + " is empty, too wide, or its safe level lies outside",
                "write low < high with safe between them; a servo takes 500 us to 2500 us"),
            BoardFault.BadPort => ("the serial port lacks a pin or a baud rate", "write `port`, `tx`, `rx` and `baud`"),
            BoardFault.BadMicrophones => ("the microphones lack a pin, or their rates or buffer do not fit",
                "write lowest_rate <= highest_rate and a buffer of 512 to 32768 frames in steps of 256"),
            BoardFault.BadLimit => ("a limit is not positive", "write positive numbers of bytes"),
            BoardFault.BadKey => ("line " + n + ": the link key is not 64 hexadecimal digits",
                "write the file again with a key of 32 bytes"),
            BoardFault.RadioConverter => ("GPIO" + n + " belongs to ADC2, which cannot be read while Wi-Fi is on",
                "use one of 32 to 36 or 39 (ADC1), or write `tcp_port: 0`"),
            BoardFault.NoAnalogInput => ("GPIO" + n + " has no analog input for this", "use one of 32 to 36 or 39 (ADC1)"),
            BoardFault.BadSpi => (Chip(profile, detail) + " lacks a pin, or its bus, kind, clock or reference is none",
                "write `chip`, `bus`, `clock`, `mosi`, `select`, `mode`, `frequency` and `reference`; a chip that answers needs `miso`"),
            BoardFault.SpiMode => (Chip(profile, detail) + " does not take this SPI mode",
                "write mode 1 or 2 for an AD5328, mode 0 or 3 for an MCP3208 or MCP41010"),
            BoardFault.SpiClock => (Chip(profile, detail) + " does not take so fast a clock",
                "write at most 30000 kHz for an AD5328, 1000 kHz for an MCP3208, 10000 kHz for an MCP41010"),
            BoardFault.SpiShared => (Chip(profile, detail) + " differs in mode, clock or lines from another one on its bus",
                "give it the other bus: the ESP32 runs all chips of a bus with the mode and clock of the first"),
            BoardFault.BadI2c => (Wired(profile, detail) + " lacks a pin, or its bus, clock, address or bus switch is none",
                "write `frequency` of 100 or 400 kHz and an address of the part: 0x2c to 0x2f for an MCP4461, 0x70 to 0x77 for a TCA9548A, "
                + "0x48 to 0x4b for an ADS1115 or ADG715, 0x3c or 0x3d for an SSD1306"),
            BoardFault.BadDisplay => (Wired(profile, detail) + " is a second display, or one behind a bus switch",
                "list one `ssd1306`, on the bus itself: leave `behind` out"),
            BoardFault.BadHub => (detail == 0 ? "the hub lacks its wire, address or port" : "the site lacks its name or its key",
                "let `neuromcu board text BOARD --site FILE.yaml` write the lines that begin with hub."),
            BoardFault.NodeParts when detail == NodeArrayKind.Crossbar => ("the crossbar lacks parts or lines, or is to give more than 4.8 V",
                "list an `ad5328`, two `adg715` (rows, then columns) and an `ads1115` for each four columns, on the bus itself; write `feedback`, "
                + "`enable` and `write`, and at most 4.8 V as `limits.voltage`"),
            BoardFault.NodeParts => ("the node array lacks parts, or its converters differ in their reference",
                "list one `mcp4461` for each four nodes, an `ad5328` with an output for each row and an `mcp3208` with an input for each "
                + "column, both with the same `reference`, and write `feedback`; a reading takes at most half of the reference"),
            BoardFault.I2cShared => (Wired(profile, detail) + " differs in lines or clock from another one on its bus",
                "write the same `data`, `clock` and `frequency` for all chips of a bus"),
            BoardFault.I2cAddress => (Wired(profile, detail) + " has the address of another chip on its bus",
                "set its address pins otherwise, or put it behind another branch of a `tca9548a`"),
            BoardFault.BadDrive =>
                ("the drive of " + Channel(profile, detail) + " has no such converter, or its codes or its transfer are none",
                    "name a converter, and write `offset`, `resistance`, `limit` and `safe` <= `limit`"),
            BoardFault.AboveLimit =>
                ("the largest code of " + Channel(profile, detail) + " drives more than its limit" + Currents(profile, detail),
                    "write the file again from its profile, or lower the largest code"),
            BoardFault.AboveHold =>
                ("the limit of " + Channel(profile, detail) + " is above its hold current, where it stays latched" + Holds(profile, detail),
                    "lower `limit`, or write `override: \"reason, name\"` into the drive"),
            BoardFault.BadSense => (Channel(profile, detail) + " senses through no converter",
                "write `converter: adc` with a pin, or the name of an MCP3208 with a channel"),
            BoardFault.BadSpikes => ("the spike input of " + Channel(profile, detail) + " lacks something",
                "write `kind` and what it needs: a pin; for `sampled` and `stream` also `rate` and `threshold` > `hysteresis` > 0; for "
                + "`sampled` a `sense`"),
            BoardFault.Undersampled =>
                ("the spike input of " + Channel(profile, detail) + " is read too rarely to see the spike" + Rates(profile, detail),
                    Faster(profile, detail)),
            BoardFault.StreamTaken => (Channel(profile, detail) + " cannot have the stream: I2S bus 1 is taken",
                "a board has one stream and then no microphones on bus 1; use `kind: counter` here"),
            BoardFault.ConverterTwice => (Channel(profile, detail) + " uses a channel of a chip that is used already",
                "give it a channel of its own"),
            BoardFault.NoCounter => (Channel(profile, detail) + " has no pulse counter left",
                "the ESP32 has eight; use `kind: polled` where pulses are long"),
            BoardFault.Gap => ("number " + n + " is missing in a list of chips or channels", "write the file again from its profile"),
            BoardFault.BesideStream =>
                (Channel(profile, detail) + " senses through ADC1, which the stream of another channel has for itself",
                    "sense through a chip on SPI, or use `kind: counter` in place of `stream`"),
            BoardFault.NoTimer =>
                ("GPIO" + n + " finds no PWM timer: the firmware has four, each for two pins of one frequency (a servo's is 50 Hz)",
                    "use fewer different frequencies, at most eight PWM pins in all, or another converter"),
            BoardFault.PwmOverflow =>
                (Channel(profile, detail)
                    + " may go beyond 81.9 % of its period below 153 Hz, where the platform's arithmetic overflows and the pin goes low"
                    + Duty(profile, detail), "write `frequency: 153 Hz` or more, or a lower `limit`"),
            BoardFault.BadNodes => ("the node array has no nodes or no full scale", "write rows and columns of at most 256 nodes together"),
            BoardFault.NodeDisturb => ("nodes are read with " + n + " mV, which moves them or shows nothing",
                "write a `read` voltage above 0 and at most `disturb`"),
            BoardFault.NodeLimits => ("a pulse of " + n + " mV, or its width, is beyond `limits`, or no more than `disturb`",
                "write pulse and form voltages above `disturb` and within `limits`"),
            _ => ("fault " + code.ToString(CultureInfo.InvariantCulture) + " at " + n, "update the program: the firmware is newer"),
        };
    }

    private static string Chip(BoardProfile? profile, int number) =>
        profile != null && number < profile.Spi.Length ? "the chip `" + profile.Spi[number].Name + "`"
        : "chip " + number.ToString(CultureInfo.InvariantCulture);

    private static string Wired(BoardProfile? profile, int number) =>
        profile != null && number < profile.I2c.Length ? "the chip `" + profile.I2c[number].Name + "`"
        : "chip " + number.ToString(CultureInfo.InvariantCulture) + " on I2C";

    private static string Channel(BoardProfile? profile, int number) =>
        Of(profile, number) is { } channel ? "channel `" + channel.Name + "`" : "channel " + number.ToString(CultureInfo.InvariantCulture);

    private static BoardChannel? Of(BoardProfile? profile, int number) => profile != null && number < profile.Channels.Length
        ? profile.Channels[number] : null;

    private static string Currents(BoardProfile? profile, int number) => Of(profile, number) is { } c
        ? string.Create(CultureInfo.InvariantCulture,
            $" ({DriveTransfer.Nanoamps(c, c.DriveMax) / 1000.0:0.###} uA > {c.DriveLimit / 1000.0:0.###} uA)")
        : string.Empty;

    private static string Duty(BoardProfile? profile, int number) => Of(profile, number) is { } c
        ? string.Create(CultureInfo.InvariantCulture, $" ({c.DriveMax / 100.0:0.##} % at {c.DriveFrequency} Hz)")
        : string.Empty;

    private static string Holds(BoardProfile? profile, int number) => Of(profile, number) is { } c
        ? string.Create(CultureInfo.InvariantCulture, $" ({c.DriveLimit / 1000.0:0.###} uA > {c.DriveHold / 1000.0:0.###} uA)")
        : string.Empty;

    private static string Rates(BoardProfile? profile, int number) => Of(profile, number) is { } c
        ? string.Create(CultureInfo.InvariantCulture,
            $": {c.SpikeWidth} us at {c.SpikeRate} Hz is {(double)c.SpikeWidth * c.SpikeRate / 1e6:0.##} readings")
        : string.Empty;

    private static string Faster(BoardProfile? profile, int number) => Of(profile, number) is { } c
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"write `rate: {SamplingRule.LowestRate(c.SpikeKind, c.SpikeWidth)} Hz` or more if the board can, or `kind: counter` behind "
            + $"a comparator, or slow the neuron down (1 uF and 1 kOhm give 0.8 ms)")
        : "read it faster, count its pulses, or slow the neuron down";
}
