// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Networks.Boards;

/// <summary>The chips on I2C.</summary>
internal sealed partial class BoardReading
{
    private const int LargestAddress = 0x77;
    private const int LargestBranch = 7;

    private readonly List<Field> _wired = [];
    private readonly List<(int Number, BoardI2c Chip)> _switches = [];

    private BoardI2c? Wired(Field field)
    {
        int number = _wired.Count;
        _wired.Add(field);
        MapReader? map = MapReader.Open(context, field, "a chip on I2C");
        if (map == null)
        {
            return null;
        }

        BoardI2c chip = new() { Name = Name(map, "pots1") };
        string? kind = map.Require("chip", "mcp4461") is { } kindField
            ? Scalars.Choice(context, kindField, "mcp4461", "tca9548a", "ads1115", "adg715", "ssd1306")
            : null;
        chip.Chip = kind switch
        {
            "mcp4461" => I2cKind.Mcp4461,
            "tca9548a" => I2cKind.Tca9548A,
            "ads1115" => I2cKind.Ads1115,
            "adg715" => I2cKind.Adg715,
            "ssd1306" => I2cKind.Ssd1306,
            _ => 0,
        };
        chip.Bus = Number(map, "bus", 1, 2, "1");
        string net = NetPrefix(map, "I2C" + chip.Bus.ToString(CultureInfo.InvariantCulture));
        chip.DataPin = WiredPin(map, "data", "21", chip, net + "SDA");
        chip.ClockPin = WiredPin(map, "clock", "22", chip, net + "SCL");
        chip.Frequency = map.Require("frequency", "400 kHz") is { } frequency ? Hertz(frequency, 100_000, 400_000) : 1;
        chip.Address = map.Require("address", "0x2c") is { } address ? Address(address) : 0;
        if (map.Take("behind") is { } behind)
        {
            chip.Switch = _switches.Where(s => string.Equals(s.Chip.Name, behind.Text, StringComparison.Ordinal))
                .Select(s => s.Number).DefaultIfEmpty(-1).First();
            chip.Branch = Number(map, "branch", 0, LargestBranch, "0");
            if (chip.Switch < 0)
            {
                context.Error(behind, "is " + behind.Describe() + ", expected the name of a bus switch above it in the list",
                    "list a `tca9548a` before the chips behind it and write its name");
            }
        }
        else
        {
            map.Refuse("the chip is on the bus itself; `behind` names a bus switch", "branch");
        }

        if (chip.Chip == I2cKind.Tca9548A)
        {
            _switches.Add((number, chip));
        }

        map.Finish();
        return chip;
    }

    /// <summary>A line of the bus is named once, by its first chip. Buses of I2C stand as negative numbers beside those of SPI.</summary>
    private int WiredPin(MapReader map, string key, string example, BoardI2c chip, string net)
    {
        if (map.Require(key, example) is not { } field)
        {
            return -1;
        }

        int pin = Pin(field);
        if (_buses.Add((-chip.Bus, pin)))
        {
            Line(net, pin);
        }

        return pin;
    }

    /// <summary>0x2c or 44.</summary>
    private int Address(Field field)
    {
        string text = field.Text ?? string.Empty;
        bool read = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int address)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out address);
        if (!read || address is < 8 or > LargestAddress)
        {
            context.Error(field, "is " + field.Describe() + ", expected an address of 7 bits", "write `0x2c`, as the data sheet has it");
            return 0;
        }

        return address;
    }
}
