// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Networks.Boards;

/// <summary>The physical neurons: drive, sense, spikes, reset.</summary>
internal sealed partial class BoardReading
{
    /// <summary>Supply of the ESP32 in mV: full scale of its converters and high level of its pins.</summary>
    private const int Supply = 3300;

    /// <summary>Nominal full scale of the ESP32's ADC at its fixed attenuation of 12 dB, in mV.</summary>
    private const int AdcReference = 3100;

    private const int AdcFull = 4095;

    /// <summary>Turns per second that the loop is taken to make when a polled input does not say.</summary>
    private const int DefaultTurns = 1000;

    private readonly HashSet<(int Bus, int Pin)> _buses = [];
    private readonly List<BoardNet> _nets = [];
    private readonly List<Field> _channels = [];
    private readonly List<Field?> _drives = [];
    private readonly List<Field?> _senses = [];
    private readonly List<Field?> _spikes = [];

    private (BoardChannel Device, ChannelDescription Description)? Channel(Field field, BoardSpi[] chips)
    {
        int number = _channels.Count;
        _channels.Add(field);
        MapReader? map = MapReader.Open(context, field, "a channel");
        Field? drive = map?.Take("drive");
        Field? sense = map?.Take("sense");
        Field? spikes = map?.Take("spikes");
        _drives.Add(drive);
        _senses.Add(sense);
        _spikes.Add(spikes);
        if (map == null)
        {
            return null;
        }

        string digits = (number + 1).ToString(CultureInfo.InvariantCulture);
        BoardChannel device = new() { Name = Name(map, "n" + digits) };
        NeuronDescription neuron = Neuron(map.Take("neuron")) ?? _neuron;
        double? height = SpikeOf(neuron)?.Height;
        int? width = SpikeOf(neuron)?.Width;
        OptionalSection(map, "spike", m =>
        {
            height = m.Require("height", "2 V") is { } h ? Scalars.Value(context, h, Dimension.Voltage) : null;
            width = m.Require("width", "0.2 ms") is { } w ? Scalars.Microseconds(context, w, 1, 10_000_000) : null;
        });
        DriveDescription? driven = drive == null ? null : Drive(drive, device, chips, neuron, "DRIVE" + digits);
        SenseDescription? sensed = sense == null ? null : Sense(sense, device, chips, "SENSE" + digits);
        if (spikes != null)
        {
            Spikes(spikes, device, sensed, width, "DETECT" + digits);
        }

        OptionalSection(map, "reset", m =>
        {
            device.ResetPin = RequiredPin(m, "pin", "18");
            Line(Net(m, "RESET" + digits), device.ResetPin);
        });
        map.Finish();
        return (device, new ChannelDescription(device.Name, driven, sensed, height, width) { Neuron = neuron });
    }

    private DriveDescription? Drive(Field field, BoardChannel device, BoardSpi[] chips, NeuronDescription neuron, string net)
    {
        MapReader? map = MapReader.Open(context, field, "what drives the channel");
        if (map == null)
        {
            return null;
        }

        string converter = Text(map, "converter", "dac");
        net = Net(map, net);
        device.DriveReference = Supply;
        switch (converter)
        {
            case "dac":
                device.DriveKind = ConverterKind.Internal;
                device.DriveInput = RequiredPin(map, "pin", "25");
                Line(net, device.DriveInput);
                break;
            case "pwm":
                device.DriveKind = ConverterKind.Pwm;
                device.DriveInput = RequiredPin(map, "pin", "25");
                device.DriveFrequency = map.Require("frequency", "1 kHz") is { } frequency ? Hertz(frequency, 10, 40_000) : 1;
                Line(net, device.DriveInput);
                break;
            default:
                device.DriveKind = ConverterKind.Spi;
                device.DriveDevice = ChipOf(map, converter, chips, ChipKind.Ad5328, "`dac`, `pwm`");
                device.DriveInput = Number(map, "channel", 0, 7, "0");
                device.DriveReference = device.DriveDevice < 0 ? Supply : chips[device.DriveDevice].Reference;
                _nets.Add(new BoardNet(net, converter, device.DriveInput));
                break;
        }

        device.DriveOffset = map.Require("offset", "0.6 V") is { } offset ? Whole(offset, Dimension.Voltage, 0, 5000) : 0;
        device.DriveResistance = Thousandths(map, "resistance", "20.5 kOhm", Dimension.Resistance, 1, 100_000_000);
        device.DriveLimit = Thousandths(map, "limit", "97 uA", Dimension.Current, 0, 100_000_000);
        int safe = map.Take("safe") == null ? 0 : Thousandths(map, "safe", "0 uA", Dimension.Current, 0, 100_000_000);
        bool held = Hold(map, device, neuron);
        string? reason = map.Take("override") is { } written ? Scalars.Text(context, written, "a reason and a name") : null;
        device.DriveOverride = reason != null;
        map.Finish();
        DriveDescription drive = new(
            converter, net, DriveTransfer.FullCode(device.DriveKind), device.DriveReference, device.DriveOffset,
            device.DriveResistance / 1000.0,
            device.DriveLimit / 1000.0, held ? device.DriveHold / 1000.0 : null, safe / 1000.0, reason);
        device.DriveMax = drive.MaxCode;
        device.DriveSafe = drive.CodeOf(drive.Safe);
        if (safe > device.DriveLimit)
        {
            context.Error(field, "the safe current is above the limit", "write `safe: 0 uA`");
        }

        return drive;
    }

    // The hold current is that of the neuron's components unless the drive names a lower one, such as that of the worst part at hand.
    private bool Hold(MapReader map, BoardChannel device, NeuronDescription neuron)
    {
        int own = neuron.Hold is { } hold ? (int)Math.Round(hold * 1e9) : 0;
        if (map.Take("hold") is not { } field)
        {
            device.DriveHold = own;
            return own > 0;
        }

        device.DriveHold = Scaled(field, Dimension.Current, 1000, 1, 100_000_000);
        if (own > 0 && device.DriveHold > own)
        {
            context.Error(
                field,
                "is above the hold current of the neuron's components, " + Quantity.Text(own / 1000.0, Dimension.Current) + " ("
                + neuron.Set + ")",
                "leave `hold` out, or write the measured one into the neuron: `neuron: {hold: ...}`");
        }

        return true;
    }

    private SenseDescription? Sense(Field field, BoardChannel device, BoardSpi[] chips, string net)
    {
        MapReader? map = MapReader.Open(context, field, "what reads the channel");
        if (map == null)
        {
            return null;
        }

        string converter = Text(map, "converter", "adc");
        net = Net(map, net);
        int reference = AdcReference;
        if (string.Equals(converter, "adc", StringComparison.Ordinal))
        {
            device.SenseKind = ConverterKind.Internal;
            device.SenseInput = RequiredPin(map, "pin", "32");
            Line(net, device.SenseInput);
        }
        else
        {
            device.SenseKind = ConverterKind.Spi;
            device.SenseDevice = ChipOf(map, converter, chips, ChipKind.Mcp3208, "`adc`");
            device.SenseInput = Number(map, "channel", 0, 7, "0");
            reference = device.SenseDevice < 0 ? AdcReference : chips[device.SenseDevice].Reference;
            _nets.Add(new BoardNet(net, converter, device.SenseInput));
        }

        double gain = (map.Take("gain") is { } g ? Scalars.Number(context, g, 0.001, 1000) : null) ?? 1;
        map.Finish();
        return new SenseDescription(converter, net, AdcFull, reference, gain);
    }

    private void Spikes(Field field, BoardChannel device, SenseDescription? sense, int? width, string net)
    {
        MapReader? map = MapReader.Open(context, field, "what sees the spikes");
        if (map == null)
        {
            return;
        }

        string? kind = map.Require("kind", "counter") is { } kindField
            ? Scalars.Choice(context, kindField, "polled", "counter", "sampled", "stream") : null;
        device.SpikeKind = kind switch
        {
            "polled" => SpikeInputKind.Polled,
            "counter" => SpikeInputKind.Counter,
            "sampled" => SpikeInputKind.Sampled,
            "stream" => SpikeInputKind.Stream,
            _ => SpikeInputKind.None,
        };
        device.SpikeWidth = (map.Take("width") is { } own ? Scalars.Microseconds(context, own, 1, 10_000_000) : width) ?? 0;
        if (device.SpikeWidth == 0)
        {
            context.Error(field, "nothing tells how wide the spike is", "add `spike: {height: 2 V, width: 0.2 ms}` to the channel");
        }

        if (device.SpikeKind == SpikeInputKind.Sampled)
        {
            map.Refuse("the sense converter is sampled", "pin", "net");
        }
        else
        {
            device.SpikePin = RequiredPin(map, "pin", "34");
            net = Net(map, net);
            if (device.SenseKind != ConverterKind.Internal || device.SpikePin != device.SenseInput)
            {
                Line(net, device.SpikePin);
            }
        }

        if (device.SpikeKind == SpikeInputKind.Counter)
        {
            map.Refuse("a counter sees every edge", "dead_time", "rate", "threshold", "hysteresis");
        }
        else
        {
            device.SpikeDeadTime = map.Take("dead_time") is { } dead ? Scalars.Microseconds(context, dead, 0, 1_000_000) ?? 0 : 0;
            device.SpikeRate = device.SpikeKind == SpikeInputKind.Polled && map.Take("rate") == null
                ? DefaultTurns
                : map.Require("rate", "40 kHz") is { } rate ? Hertz(rate, 1, 200_000) : 1;
        }

        if (device.SpikeKind is SpikeInputKind.Sampled or SpikeInputKind.Stream)
        {
            SenseDescription scale = sense ?? new SenseDescription("adc", net, AdcFull, AdcReference, 1);
            device.SpikeThreshold = Level(map, "threshold", "0.7 V", scale);
            device.SpikeHysteresis = Level(map, "hysteresis", "0.2 V", scale);
        }

        map.Finish();
    }

    private int Level(MapReader map, string key, string example, SenseDescription scale)
    {
        return map.Require(key, example) is { } field && Scalars.Value(context, field, Dimension.Voltage) is { } millivolts
            ? scale.CodeOf(millivolts) : 0;
    }

    private int ChipOf(MapReader map, string name, BoardSpi[] chips, int kind, string others)
    {
        int number = Array.FindIndex(chips, c => c != null && c.Chip == kind && string.Equals(c.Name, name, StringComparison.Ordinal));
        if (number < 0 && map.Take("converter") is { } field)
        {
            string known = string.Join(", ", chips.Where(c => c != null && c.Chip == kind).Select(c => "`" + c.Name + "`").Prepend(others));
            context.Error(field, "is " + field.Describe() + ", which is no converter for this", "write one of: " + known,
                DiagnosticKind.Name);
        }

        return number;
    }

    private string Name(MapReader map, string example)
    {
        string name = Text(map, "name", example);
        if (name.Contains(',', StringComparison.Ordinal))
        {
            context.Error(map.Field, "the name `" + name + "` holds a comma", "use letters, digits and hyphens");
        }

        return name;
    }

    private string Net(MapReader map, string standard)
        => (map.Take("net") is { } field ? Scalars.Text(context, field, "the name of a net") : null) ?? standard;

    private void Line(string net, int pin)
    {
        if (pin >= 0 && !_nets.Any(n => n.Device == null && n.Pin == pin && string.Equals(n.Name, net, StringComparison.Ordinal)))
        {
            _nets.Add(new BoardNet(net, null, pin));
        }
    }

    private int Hertz(Field field, int least, int most) => Whole(field, Dimension.Frequency, least, most);

    /// <summary>A quantity as a whole number of its base unit.</summary>
    private int Whole(Field field, Dimension dimension, int least, int most)
        => Scaled(field, dimension, 1, least, most);

    /// <summary>A quantity as a whole number of thousandths of its base unit.</summary>
    private int Thousandths(MapReader map, string key, string example, Dimension dimension, int least, int most)
        => map.Require(key, example) is { } field ? Scaled(field, dimension, 1000, least, most) : least;

    private int Scaled(Field field, Dimension dimension, int scale, int least, int most)
    {
        if (Scalars.Value(context, field, dimension) is not { } value)
        {
            return least;
        }

        double rounded = Math.Round(value * scale, MidpointRounding.AwayFromZero);
        if (rounded >= least && rounded <= most)
        {
            return (int)rounded;
        }

        string unit = dimension switch { Dimension.Voltage => "mV", Dimension.Current => "nA", Dimension.Resistance => "Ohm", _ => "Hz" };
        context.Error(
            field, "is " + field.Describe() + ", out of range",
            string.Create(CultureInfo.InvariantCulture, $"write a value from {least} {unit} to {most} {unit}"));
        return least;
    }
}
