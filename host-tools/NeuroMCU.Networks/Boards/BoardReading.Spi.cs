// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Networks.Boards;

/// <summary>The chips on SPI.</summary>
internal sealed partial class BoardReading
{
    private static readonly string[] s_reserved = ["dac", "adc", "pwm"];

    private readonly List<Field> _chips = [];

    private BoardSpi? Chip(Field field)
    {
        _chips.Add(field);
        MapReader? map = MapReader.Open(context, field, "a chip on SPI");
        if (map == null)
        {
            return null;
        }

        BoardSpi chip = new() { Name = Name(map, "ad5328") };
        if (s_reserved.Contains(chip.Name, StringComparer.Ordinal))
        {
            context.Error(field, "the name `" + chip.Name + "` stands for a converter of the ESP32",
                "choose another one, such as `spi-" + chip.Name + "`");
        }

        string? kind = map.Require("chip", "ad5328") is { } kindField
            ? Scalars.Choice(context, kindField, "ad5328", "mcp3208", "mcp41010") : null;
        chip.Chip = kind switch { "ad5328" => ChipKind.Ad5328, "mcp3208" => ChipKind.Mcp3208, "mcp41010" => ChipKind.Mcp41010, _ => 0 };
        chip.Bus = Number(map, "bus", 1, 2, "2");
        string net = NetPrefix(map, chip.Name);
        chip.ClockPin = BusPin(map, "clock", "18", chip, net + "CLK");
        chip.MosiPin = BusPin(map, "mosi", "23", chip, net + "MOSI");
        chip.MisoPin = map.Take("miso") is { } miso ? BusPin(miso, chip, net + "MISO") : -1;
        chip.SelectPin = RequiredPin(map, "select", "19");
        Line(net + "CS", chip.SelectPin);
        chip.Mode = Number(map, "mode", 0, 3, "1");
        chip.Frequency = map.Require("frequency", "1000 kHz") is { } frequency ? Hertz(frequency, 1000, 80_000_000) : 1;
        chip.Reference = map.Require("reference", "2.5 V") is { } reference ? Whole(reference, Dimension.Voltage, 1, 5500) : 1;
        map.Finish();
        return chip;
    }

    private string NetPrefix(MapReader map, string name)
    {
        return ((map.Take("net") is { } field ? Scalars.Text(context, field, "the beginning of the lines' names") : null)
            ?? name.ToUpperInvariant()) + "_";
    }

    private int BusPin(MapReader map, string key, string example, BoardSpi chip, string net)
        => map.Require(key, example) is { } field ? BusPin(field, chip, net) : -1;

    /// <summary>A line of the bus is named once, by its first chip.</summary>
    private int BusPin(Field field, BoardSpi chip, string net)
    {
        int pin = Pin(field);
        if (_buses.Add((chip.Bus, pin)))
        {
            Line(net, pin);
        }

        return pin;
    }
}
