// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Networks.Equations;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Networks.Boards;

/// <summary>The node array: limits for the firmware, and what the virtual bench places at each node.</summary>
internal sealed partial class BoardReading
{
    private const double Million = 1e6;

    // A reading beyond it shows no more than this.
    private const double ConverterEnd = 1.5;

    private Field? _nodes;

    private NodeArrayPlan? Nodes(Field? field, BoardProfile profile)
    {
        _nodes = field;
        if (field == null || MapReader.Open(context, field, "a node array") is not { } map)
        {
            return null;
        }

        BoardNodes nodes = new()
        {
            Kind = (map.Require("kind", "virtual") is { } kind
                ? Scalars.Choice(context, kind, "virtual", "potentiometers", "crossbar") : null) switch
            {
                "virtual" => NodeArrayKind.Virtual,
                "potentiometers" => NodeArrayKind.Potentiometers,
                "crossbar" => NodeArrayKind.Crossbar,
                _ => NodeArrayKind.None,
            },
            Rows = Number(map, "rows", 1, 256, "8"),
            Columns = Number(map, "columns", 1, 256, "8"),
            FullScale = (int)Math.Round(Amount(map, "full_scale", Dimension.Conductance, 1e-12, 2e-3, "10 uS") * 1e12),
            DisturbMillivolts = Millivolts(map, "disturb", "0.5 V"),
            SettleMilliseconds = Milliseconds(map, "settle"),
            ReadNoise = (int)Math.Round((map.Take("read_noise") is { } n ? Scalars.Number(context, n, 0, 0.5) ?? 0 : 0.01) * Million),
        };
        int readMicroseconds = 50;
        Section(map, "read", m =>
        {
            nodes.ReadMillivolts = Millivolts(m, "voltage", "0.1 V");
            readMicroseconds = m.Take("time") is { } time ? Scalars.Microseconds(context, time, 1, 10_000_000) ?? 50 : 50;
        });
        Section(map, "pulse", m =>
        {
            nodes.PulseMillivolts = Millivolts(m, "voltage", "2 V");
            nodes.PulseMicroseconds = Microseconds(m, "width", "100 us");
            nodes.PulseShare = (int)Math.Round((m.Require("share", "0.16") is { } share
                ? Scalars.Number(context, share, 0.001, 0.9) ?? 0.16 : 0.16) * Million);
        });
        Section(map, "limits", m =>
        {
            nodes.MaxMillivolts = Millivolts(m, "voltage", "4 V");
            nodes.MaxMicroseconds = Microseconds(m, "width", "20 ms");
            nodes.MaxMicroamperes = (int)Math.Ceiling(Amount(m, "current", Dimension.Current, 1e-6, 0.1, "200 uA") * Million);
        });
        OptionalSection(map, "form", m =>
        {
            nodes.FormFromMillivolts = Millivolts(m, "from", "2 V");
            nodes.FormToMillivolts = Millivolts(m, "to", "4 V");
            nodes.FormStepMillivolts = Millivolts(m, "step", "0.1 V");
            nodes.FormMicroseconds = Microseconds(m, "width", "10 ms");
        });
        if (nodes.Kind != NodeArrayKind.Virtual && map.Require("feedback", "24 kOhm") is { } feedback)
        {
            nodes.FeedbackOhms = (int)Math.Round(Ohms(feedback));
        }

        if (nodes.Kind == NodeArrayKind.Potentiometers)
        {
            nodes.LastRowLeaks = map.Take("last_row_leaks") is { } leaks && Scalars.Boolean(context, leaks) == true;
            map.Refuse("what the nodes are made of follows from the chips", "law", "preset", "parameters", "crossbar",
                "spread");
        }
        else if (nodes.Kind == NodeArrayKind.Crossbar)
        {
            nodes.EnablePin = Line(map, "enable", "17");
            nodes.WritePin = Line(map, "write", "16");
        }

        NodeArrayPlan? plan = nodes.Kind == NodeArrayKind.Potentiometers ? null : Plan(map, nodes, readMicroseconds);
        map.Finish();
        nodes.AlwaysVolatile = plan?.Law is "nanofluidic-unipolar" or "nanofluidic-bipolar" or NodeLaws.Leaky;
        profile.Nodes = nodes;
        return plan;
    }

    private NodeArrayPlan? Plan(MapReader map, BoardNodes nodes, int readMicroseconds)
    {
        string? law = map.Require("law", "lithium-tiox") is { } field ? Scalars.Choice(context, field, [.. NodeLaws.Names]) : null;
        if (law == null)
        {
            return null;
        }

        Dictionary<string, double> parameters = Numbers(law, map.Take("preset"));
        OptionalSection(map, "parameters", m => Replace(law, parameters, m));
        double segment = 0;
        double switches = 0;
        bool crossbar = false;
        OptionalSection(map, "crossbar", m =>
        {
            crossbar = true;
            segment = m.Take("segment") is { } s ? Ohms(s) : 0;
            switches = m.Take("switch") is { } w ? Ohms(w) : 0;
        });
        double device = 0.2;
        double cycle = 0.05;
        OptionalSection(map, "spread", m =>
        {
            device = m.Take("device") is { } d ? Scalars.Number(context, d, 0, 1) ?? device : device;
            cycle = m.Take("cycle") is { } c ? Scalars.Number(context, c, 0, 1) ?? cycle : cycle;
        });
        return new NodeArrayPlan
        {
            Rows = nodes.Rows,
            Columns = nodes.Columns,
            Law = law,
            Parameters = parameters,
            MostConductance = ConverterEnd * nodes.FullScale * 1e-12,
            ReadVolts = nodes.ReadMillivolts / 1000.0,
            ReadSeconds = readMicroseconds / Million,
            Reversed = law == "tiox-memristor",
            Crossbar = crossbar,
            SegmentOhms = segment,
            SwitchOhms = switches,
            DamageCurrent = 2 * nodes.MaxMicroamperes / Million,
            DeviceSpread = device,
            CycleSpread = cycle,
            ReadNoise = nodes.ReadNoise / Million,
        };
    }

    // The numbers of a text, with a preset's in their place.
    private Dictionary<string, double> Numbers(string law, Field? preset)
    {
        Dictionary<string, double> numbers = new(NodeLaws.Parts(law), StringComparer.Ordinal);
        if (numbers.Count > 0)
        {
            return numbers;
        }

        ModelText text = ModelLibrary.Find(law);
        foreach (ModelParameter parameter in text.Parameters)
        {
            numbers[parameter.Name] = parameter.Default;
        }

        if (preset != null && Scalars.Choice(context, preset, [.. text.Presets.Keys]) is { } name)
        {
            foreach ((string parameter, double value) in text.Presets[name])
            {
                numbers[parameter] = value;
            }
        }

        return numbers;
    }

    // Numbers of a device that was measured, in SI units, within the ranges of the text.
    private void Replace(string law, Dictionary<string, double> numbers, MapReader map)
    {
        Dictionary<string, ModelParameter> known = NodeLaws.Parts(law).Count > 0 ? []
            : ModelLibrary.Find(law).Parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (string name in numbers.Keys.ToArray())
        {
            if (map.Take(name) is { } field)
            {
                (double least, double most) = known.TryGetValue(name, out ModelParameter? p) ? (p.Least, p.Most) : (0, 1e12);
                numbers[name] = Scalars.Number(context, field, least, most) ?? numbers[name];
            }
        }
    }

    private double Amount(MapReader map, string key, Dimension dimension, double least, double most, string example)
    {
        if (map.Require(key, example) is not { } field || Scalars.Value(context, field, dimension) is not { } value)
        {
            return least;
        }

        // Base units are mS and uA.
        double si = value * (dimension == Dimension.Conductance ? 1e-3 : 1e-6);
        if (si < least || si > most)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write for example `" + key + ": " + example + "`");
        }

        return Math.Clamp(si, least, most);
    }

    private int Millivolts(MapReader map, string key, string example)
    {
        const double most = 10_000;
        if (map.Require(key, example) is not { } field || Scalars.Value(context, field, Dimension.Voltage) is not { } value)
        {
            return 1;
        }

        if (value is < 1 or > most)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a voltage from 1 mV to 10 V");
        }

        return (int)Math.Round(Math.Clamp(value, 1, most));
    }

    private int Microseconds(MapReader map, string key, string example) => map.Require(key, example) is { } field
        ? Scalars.Microseconds(context, field, 1, 60_000_000) ?? 1 : 1;

    // A pin of the array itself, on the sheet's net of the same name.
    private int Line(MapReader map, string key, string example)
    {
        int pin = RequiredPin(map, key, example);
        Line(key.ToUpperInvariant(), pin);
        return pin;
    }

    private double Ohms(Field field)
    {
        const double most = 1e8;
        double ohms = (Scalars.Value(context, field, Dimension.Resistance) ?? 0) * 1000;
        if (ohms is < 0 or > most)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a resistance from 0 to 100 MOhm");
        }

        return Math.Clamp(ohms, 0, most);
    }
}
