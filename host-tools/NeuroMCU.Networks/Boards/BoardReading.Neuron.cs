// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Models;
using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Boards;

/// <summary>The component sets: names, units, ranges and rules are those of the models in network files.</summary>
internal sealed partial class BoardReading
{
    private static readonly string[] s_notOfTheBoard = ["bias", "initial"];

    private readonly List<string> _digitalOutputs = [];
    private NeuronDescription _neuron = NeuronDescription.Default;

    private NeuronDescription? Neuron(Field? field)
    {
        if (field == null || MapReader.Open(context, field, "what stands at the channel") is not { } map)
        {
            return null;
        }

        string name = (map.Take("model") is { } word ? Scalars.Choice(context, word, "thyristor", "bursting", "lui", "wire") : null)
            ?? "thyristor";
        NeuronDescription? read = CircuitModels.Find(name) is { } model
            ? Circuit(map, model)
            : name == "lui" ? Lui(map) : new NeuronDescription(NeuronKind.Wire, name);
        map.Finish();
        return read;
    }

    // A Lu.i board takes pulses at its input, from a digital output of this board.
    private NeuronDescription Lui(MapReader map)
    {
        Field? field = map.Take("input");
        string? input = field == null ? null : Scalars.Text(context, field, "the name of a digital output");
        if (input != null && !_digitalOutputs.Contains(input))
        {
            string known = _digitalOutputs.Count == 0 ? "add one to `outputs` with `kind: digital`"
                : "write one of: " + string.Join(", ", _digitalOutputs.Select(o => "`" + o + "`"));
            context.Error(field!, "is " + field!.Describe() + ", expected the name of a digital output", known, DiagnosticKind.Name);
        }

        return new NeuronDescription(NeuronKind.Lui, "lui") { Input = input };
    }

    private NeuronDescription? Circuit(MapReader map, CircuitModel model)
    {
        int errors = context.ErrorCount;
        string preset = (map.Take("preset") is { } named ? Scalars.Choice(context, named, [.. model.Presets]) : null) ?? model.Presets[0];
        Dictionary<string, double> values = new(model.ValuesOf(preset), StringComparer.Ordinal);
        Dictionary<string, Field> own = new(StringComparer.Ordinal);
        foreach (CircuitParameter parameter in model.Parameters.Where(p => !s_notOfTheBoard.Contains(p.Name, StringComparer.Ordinal)))
        {
            if (map.Take(parameter.Name) is not { } field || Scalars.Value(context, field, parameter.Dimension) is not { } value)
            {
                continue;
            }

            own[parameter.Name] = field;
            values[parameter.Name] = value;
            if (value < parameter.Least || value > parameter.Most)
            {
                context.Error(
                    field,
                    "is " + Quantity.Text(value, parameter.Dimension) + ", out of range",
                    "write a value from " + Quantity.Text(parameter.Least, parameter.Dimension) + " to "
                    + Quantity.Text(parameter.Most, parameter.Dimension));
            }
        }

        if (context.ErrorCount == errors)
        {
            foreach (CircuitFault fault in model.Check(name => values[name]))
            {
                context.Error(own.GetValueOrDefault(fault.Parameter, map.Field), fault.Message, fault.Hint);
            }
        }

        if (context.ErrorCount != errors)
        {
            return null;
        }

        string set = own.Count == 0
            ? preset
            : preset + " with " + string.Join(", ", model.Parameters.Where(p => own.ContainsKey(p.Name))
                .Select(p => p.Name + " " + Quantity.Text(values[p.Name], p.Dimension)));
        return model.PartOf(name => values[name]) is { } part
            ? new NeuronDescription(part.Kind, set) { Cell = part.Cell, Bursting = part.Bursting }
            : null;
    }

    // What the neuron's components make of a spike, for a profile that does not say what it looks like.
    private static (double Height, int Width)? SpikeOf(NeuronDescription neuron)
    {
        return neuron.Cell is { } cell
            ? (ThyristorRate.SpikeHeight(cell) * 1e3, (int)Math.Round(ThyristorRate.SpikeWidth(cell, (cell.Onset + cell.Hold) / 2) * 1e6))
            : null;
    }
}
