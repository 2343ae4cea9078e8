// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.IO.Hashing;
using System.Text;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Networks.Boards;

/// <summary>Reads one file and remembers where each pin and each output stands.</summary>
internal sealed partial class BoardReading(ReadContext context)
{
    private const int MaxPin = 39;

    private readonly List<(int Pin, Field Field)> _pins = [];
    private readonly List<Field> _outputs = [];

    public BoardDescription? Board(MapReader map)
    {
        BoardProfile profile = new();
        Field? version = map.Require("neuromcu-board", "1");
        if (version != null)
        {
            Scalars.Integer(context, version, BoardProfileFile.FormatVersion, BoardProfileFile.FormatVersion);
        }

        profile.Name = Text(map, "name", "ears-devkit");
        string about = Text(map, "about", "what the board is");
        profile.HasPsram = map.Take("psram") is { } psram && Scalars.Boolean(context, psram) == true;
        Field? costsField = map.Require("costs", "esp32-rev3");
        string costs = (costsField == null ? null : Scalars.Choice(context, costsField, [.. CostProfileFile.BuiltInNames])) ?? string.Empty;
        Section(map, "limits", m =>
        {
            profile.MaxImageBytes = Number(m, "image_bytes", 1, 1 << 24, "65536");
            profile.MaxNetworkBytes = Number(m, "network_bytes", 1, 1 << 24, "65536");
        });
        Section(map, "store", m =>
        {
            profile.StoreRoot = Text(m, "root", "'I:\\'");
            profile.StoreBytes = Number(m, "bytes", 1, 1 << 24, "196608");
        });
        TwoImagesFit(map.Field, profile);
        profile.LampPin = map.Take("lamp") is { } lamp ? Pin(lamp) : -1;
        Line("LAMP", profile.LampPin);
        profile.ButtonPin = map.Take("button") is { } button ? Pin(button) : -1;
        Line("BUTTON", profile.ButtonPin);
        OptionalSection(map, "uart", m =>
        {
            profile.UartPort = m.Require("port", "COM2") is { } port ? Scalars.Choice(context, port, "COM2", "COM3") : null;
            profile.UartTxPin = RequiredPin(m, "tx", "22");
            profile.UartRxPin = RequiredPin(m, "rx", "21");
            Line("HOST_TX", profile.UartTxPin);
            Line("HOST_RX", profile.UartRxPin);
            profile.UartBaud = Number(m, "baud", 9600, 5_000_000, "921600");
        });
        OptionalSection(map, "microphones", m => Microphones(m, profile));
        profile.Spi = Lists.Items(context, map.Take("spi"), "chips on SPI", "- name: dac8").Select(Chip).OfType<BoardSpi>().ToArray();
        profile.I2c = Lists.Items(context, map.Take("i2c"), "chips on I2C", "- name: pots1").Select(Wired).OfType<BoardI2c>().ToArray();
        profile.Outputs = Lists.Items(context, map.Take("outputs"), "outputs", "- name: pointer").Select(o => Output(o, profile.Spi))
            .OfType<BoardOutput>().ToArray();
        _neuron = Neuron(map.Take("neuron")) ?? _neuron;
        (BoardChannel Device, ChannelDescription Description)[] channels = Lists.Items(context, map.Take("channels"), "channels",
            "- name: n1")
            .Select(c => Channel(c, profile.Spi)).OfType<(BoardChannel Device, ChannelDescription Description)>().ToArray();
        profile.Channels = channels.Select(c => c.Device).ToArray();
        foreach ((BoardChannel device, ChannelDescription description) in channels.Where(c => c.Description.Neuron.Input != null))
        {
            string? input = description.Neuron.Input;
            device.PulseOutput = Array.FindIndex(profile.Outputs, o => string.Equals(o.Name, input, StringComparison.Ordinal));
        }

        NodeArrayPlan? nodes = Nodes(map.Take("nodes"), profile);
        profile.TcpPort = map.Take("tcp_port") is { } tcp ? (int)(Scalars.Integer(context, tcp, 0, 65535) ?? 0) : 0;
        profile.LinkLossMilliseconds = Milliseconds(map, "link_loss");
        profile.WatchdogMilliseconds = Milliseconds(map, "watchdog");
        map.Finish();
        if (costsField != null && costs.Length > 0)
        {
            Affordable(costsField, CostProfile.Find(costs), profile.Channels);
        }

        if (context.ErrorCount > 0)
        {
            return null;
        }

        Check(profile, map.Field);
        profile.BoardId = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(profile.Name));
        return new BoardDescription(context.File, about, costs, profile)
        {
            Channels = channels.Select(c => c.Description).ToArray(),
            NodePlan = nodes,
            Nets = _nets
        };
    }

    // A network is stored beside the one before it, so that power may fail at any moment.
    private void TwoImagesFit(Field board, BoardProfile profile)
    {
        const int perSlot = 64;   // head and check sum of a slot, rounded up
        long most = (profile.StoreBytes - BoardDeviceFile.MostBytes) / 2 - perSlot;
        if (profile.MaxImageBytes > 0 && profile.StoreBytes > 0 && profile.MaxImageBytes > most)
        {
            context.Error(
                board,
                string.Create(CultureInfo.InvariantCulture,
                    $"`limits.image_bytes` of {profile.MaxImageBytes}: two images and board.txt do not fit `store.bytes` of "
                    + $"{profile.StoreBytes}"),
                most > 0 ? string.Create(CultureInfo.InvariantCulture, $"write `image_bytes: {most}` at most")
                : "write `bytes: 196608` for the 256 KB partition of a 4 MB flash");
        }
    }

    private void Microphones(MapReader map, BoardProfile profile)
    {
        profile.MicrophoneBus = Number(map, "bus", 1, 2, "1");
        profile.MicrophoneClockPin = RequiredPin(map, "clock", "32");
        profile.MicrophoneSelectPin = RequiredPin(map, "select", "33");
        profile.MicrophoneDataPin = RequiredPin(map, "data", "34");
        profile.MicrophoneMinRate = Rate(map, "lowest_rate", "8 kHz");
        profile.MicrophoneMaxRate = Rate(map, "highest_rate", "48 kHz");
        profile.MicrophoneBufferFrames = Number(map, "buffer", 2 * I2sMicrophonePair.DmaFrames, 128 * I2sMicrophonePair.DmaFrames, "2048");
    }

    private BoardOutput? Output(Field field, BoardSpi[] chips)
    {
        _outputs.Add(field);
        MapReader? map = MapReader.Open(context, field, "an output");
        if (map == null)
        {
            return null;
        }

        BoardOutput output = new() { Name = Text(map, "name", "pointer") };
        if (output.Name.Contains(',', StringComparison.Ordinal))
        {
            context.Error(field, "the name `" + output.Name + "` holds a comma", "use letters, digits and hyphens");
        }

        string? kind = map.Require("kind", "servo") is { } kindField
            ? Scalars.Choice(context, kindField, "servo", "dac", "digital", "pot") : null;
        output.Pin = string.Equals(kind, "pot", StringComparison.Ordinal) ? Device(map, chips) : RequiredPin(map, "pin", "27");
        switch (kind)
        {
            case "servo":
                output.Kind = OutputKind.Servo;
                output.Low = Pulse(map, "low", "1000 us");
                output.High = Pulse(map, "high", "2000 us");
                output.Safe = Pulse(map, "safe", "1500 us");
                break;
            case "dac":
                output.Kind = OutputKind.Dac;
                output.Low = Number(map, "low", 0, 255, "0");
                output.High = Number(map, "high", 0, 255, "255");
                output.Safe = Number(map, "safe", 0, 255, "128");
                break;
            case "pot":
                output.Kind = OutputKind.Pot;
                output.Low = Number(map, "low", 0, 255, "0");
                output.High = Number(map, "high", 0, 255, "255");
                output.Safe = Number(map, "safe", 0, 255, "128");
                map.Refuse("a potentiometer is a chip on SPI", "pin");
                break;
            case "digital":
                output.Kind = OutputKind.Digital;
                _digitalOutputs.Add(output.Name);
                output.High = 1;
                output.Safe = Number(map, "safe", 0, 1, "0");
                map.Refuse("a digital output is low or high", "low", "high");
                break;
            default:
                map.Refuse("the kind of the output is not known", "low", "high", "safe");
                return null;
        }

        map.Finish();
        return output;
    }

    private int Device(MapReader map, BoardSpi[] chips)
    {
        if (map.Require("device", "pot") is not { } field)
        {
            return -1;
        }

        int number = Array.FindIndex(chips, c => c.Chip == ChipKind.Mcp41010
            && string.Equals(c.Name, field.Text, StringComparison.Ordinal));
        if (number < 0)
        {
            context.Error(field, "is " + field.Describe() + ", expected the name of a potentiometer on SPI",
                "list an `mcp41010` under `spi` and write its name");
        }

        return number;
    }

    /// <summary>Runs the firmware's own check and turns its code into a finding at the place in the file.</summary>
    private void Check(BoardProfile profile, Field root)
    {
        try
        {
            BoardCheck.Check(profile);
        }
        catch (BoardProfileException e)
        {
            Field place = e.Code switch
            {
                BoardFault.BadRange when e.Detail < _outputs.Count => _outputs[e.Detail],
                BoardFault.NoSuchPin or BoardFault.InputOnly or BoardFault.Strapping or BoardFault.Memory or BoardFault.Debugger
                    or BoardFault.UsedTwice or BoardFault.NoConverter or BoardFault.RadioConverter or BoardFault.NoAnalogInput
                    or BoardFault.NoTimer => _pins.LastOrDefault(p => p.Pin == e.Detail).Field ?? root,
                BoardFault.BadSpi or BoardFault.SpiMode or BoardFault.SpiClock or BoardFault.SpiShared => _chips[e.Detail],
                BoardFault.BadI2c or BoardFault.I2cShared or BoardFault.I2cAddress or BoardFault.BadDisplay
                    => _wired[e.Detail],
                BoardFault.BadDrive or BoardFault.AboveLimit or BoardFault.AboveHold or BoardFault.PwmOverflow => _drives[e.Detail]
                    ?? _channels[e.Detail],
                BoardFault.BadSense or BoardFault.BesideStream => _senses[e.Detail] ?? _channels[e.Detail],
                BoardFault.BadSpikes or BoardFault.Undersampled or BoardFault.StreamTaken or BoardFault.NoCounter => _spikes[e.Detail]
                    ?? _channels[e.Detail],
                BoardFault.BadNodes or BoardFault.NodeDisturb or BoardFault.NodeLimits or BoardFault.NodeParts => _nodes ?? root,
                BoardFault.ConverterTwice => _channels[e.Detail],
                _ => root,
            };
            (string message, string hint) = BoardFaultText.Explain(e.Code, e.Detail, profile);
            context.Error(place, message, hint);
        }
    }

    private void Section(MapReader map, string key, Action<MapReader> read)
    {
        if (map.Require(key, "...") is { } field)
        {
            Open(field, read);
        }
    }

    private void OptionalSection(MapReader map, string key, Action<MapReader> read)
    {
        if (map.Take(key) is { } field)
        {
            Open(field, read);
        }
    }

    private void Open(Field field, Action<MapReader> read)
    {
        MapReader? map = MapReader.Open(context, field, "a map");
        if (map != null)
        {
            read(map);
            map.Finish();
        }
    }

    private string Text(MapReader map, string key, string example)
        => (map.Require(key, example) is { } field ? Scalars.Text(context, field, "text") : null) ?? string.Empty;

    private int Number(MapReader map, string key, int least, int most, string example)
        => map.Require(key, example) is { } field ? (int)(Scalars.Integer(context, field, least, most) ?? least) : least;

    private int RequiredPin(MapReader map, string key, string example)
        => map.Require(key, example) is { } field ? Pin(field) : -1;

    private int Pin(Field field)
    {
        int pin = (int)(Scalars.Integer(context, field, 0, MaxPin) ?? -1);
        _pins.Add((pin, field));
        return pin;
    }

    private int Pulse(MapReader map, string key, string example)
    {
        return map.Require(key, example) is { } field
            ? Scalars.Microseconds(context, field, ServoOutput.ShortestPulse, ServoOutput.LongestPulse) ?? ServoOutput.ShortestPulse
            : ServoOutput.ShortestPulse;
    }

    private int Rate(MapReader map, string key, string example)
    {
        if (map.Require(key, example) is not { } field || Scalars.Value(context, field, Dimension.Frequency) is not { } rate)
        {
            return 1;
        }

        if (rate is < 1000 or > 96000 || Math.Round(rate) != rate)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a whole number of Hz from 1 kHz to 96 kHz");
            return 1;
        }

        return (int)rate;
    }

    private int Milliseconds(MapReader map, string key)
        => map.Take(key) is { } field ? (Scalars.Microseconds(context, field, 0, 3_600_000 * 500) ?? 0) / 1000 : 0;
}
