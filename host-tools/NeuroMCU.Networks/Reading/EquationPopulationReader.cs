// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads a population whose model is a text: a preset, and values of parameters and inputs under their names.</summary>
internal sealed class EquationPopulationReader
{
    private readonly ReadContext _context;
    private readonly MapReader _map;
    private readonly ModelText _model;
    private readonly int _size;

    /// <summary>Prepares to read.</summary>
    public EquationPopulationReader(ReadContext context, MapReader map, ModelText model, int size)
    {
        _context = context;
        _map = map;
        _model = model;
        _size = size;
    }

    /// <summary>Tells whether a `model` is a text or names one: one of the library, or a file.</summary>
    /// <returns>Whether it does.</returns>
    public static bool IsModel(Field field)
    {
        return field.Node is YamlMappingNode || (field.Text != null
            && (ModelLibrary.IsPath(field.Text) || ModelLibrary.Names.Contains(field.Text, StringComparer.Ordinal)));
    }

    /// <summary>Finds the text.</summary>
    /// <returns>The model; null where the field names no text, or after a report.</returns>
    public static ModelText? FindModel(ReadContext context, Field field)
    {
        if (!IsModel(field))
        {
            return null;
        }

        if (field.Text == null)
        {
            return ModelTextReader.Read(context, field);
        }

        try
        {
            return ModelLibrary.Find(ModelLibrary.IsPath(field.Text!) ? context.ReadFile(field.Text!) : field.Text!);
        }
        catch (NetworkFileException e)
        {
            foreach (Diagnostic finding in e.Diagnostics)
            {
                bool here = finding.Line == 0;
                context.Error(
                    here ? context.LocationOf(field) : new SourceLocation(finding.File, finding.Line, finding.Column, finding.Path),
                    (here ? "is `" + field.Text + "`, which " : string.Empty) + finding.Message, finding.Hint, finding.Kind);
            }

            return null;
        }
    }

    /// <summary>Reads the population.</summary>
    /// <returns>The population, or null after a report.</returns>
    public Population? Read(string name, int index, int firstNeuron, IReadOnlyList<IReadOnlyList<double>> positions)
    {
        int errors = _context.ErrorCount;
        Field? presetField = _map.Take("preset");
        IReadOnlyDictionary<string, double>? preset = null;
        if (presetField != null && Scalars.Choice(_context, presetField, [.. _model.Presets.Keys]) is { } chosen)
        {
            preset = _model.Presets[chosen];
        }

        _map.Forbid("it is a state, whose `start` the model says; a parameter in it lets populations differ",
            [.. _model.States.Select(s => s.Name)]);
        Dictionary<string, double[]> values = new(StringComparer.Ordinal);
        foreach (ModelParameter parameter in _model.Parameters)
        {
            Take(values, preset, parameter.Name, parameter.Dimension, parameter.Least, parameter.Most, parameter.Unit);
        }

        foreach (ModelInput input in _model.Inputs)
        {
            Take(values, preset, input.Name, input.Dimension, double.NegativeInfinity, double.PositiveInfinity, input.Unit);
        }

        SourceLocation location = _context.LocationOf(_map.Field);
        if (_context.ErrorCount != errors)
        {
            return null;
        }

        ModelNeurons neurons = new(_model, _size, values);
        return new Population
        {
            Name = name,
            Index = index,
            FirstNeuron = firstNeuron,
            Size = _size,
            MembraneUnit = _model.States[0].Unit.Symbol.Replace(' ', '*'),
            Update = UpdateScheme.Clocked,
            Equations = neurons,
            Positions = positions,
            Location = location,
        };
    }

    private void Take(
        Dictionary<string, double[]> values, IReadOnlyDictionary<string, double>? preset, string name, PhysicalDimension dimension,
        double least, double most, DisplayUnit unit)
    {
        if (preset != null && preset.TryGetValue(name, out double given))
        {
            values[name] = [given];
        }

        Field? field = _map.Take(name);
        double[]? read = field == null ? null : Values(_context, field, dimension, unit, _size);
        if (read == null)
        {
            return;
        }

        int wrong = Array.FindIndex(read, v => !(v >= least && v <= most));
        if (wrong >= 0)
        {
            string neuron = read.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" (neuron {wrong})") : string.Empty;
            _context.Error(field!, "is " + unit.Text(read[wrong]) + neuron + ", out of range",
                "write a value from " + unit.Text(least) + " to " + unit.Text(most));
        }

        values[name] = read;
    }

    /// <summary>Reads a value with a unit of any dimension, or one per neuron.</summary>
    /// <param name="context">The file.</param>
    /// <param name="field">The field.</param>
    /// <param name="dimension">What the values measure.</param>
    /// <param name="unit">Unit for messages.</param>
    /// <param name="count">Number of neurons.</param>
    /// <returns>One value or one per neuron, in SI units; null after a report.</returns>
    public static double[]? Values(ReadContext context, Field field, PhysicalDimension dimension, DisplayUnit unit, int count)
    {
        return ParameterReader.Read(context, field, f => Value(context, f, dimension, unit), count, "neurons");
    }

    // In any unit of the language of models, `0.04/ms` too; then in those of network files, which also say what is wrong.
    private static double? Value(ReadContext context, Field field, PhysicalDimension dimension, DisplayUnit unit)
    {
        if (Quantity.TrySplit(field.Text ?? string.Empty, out double number, out string symbol)
            && UnitText.TryParse(symbol.Length == 0 || symbol[0] == '/' ? "1" + symbol : symbol, out UnitText written)
            && written.Dimension == dimension)
        {
            return number * written.Scale;
        }

        if (dimension.Kind is { } kind)
        {
            return Scalars.Value(context, field, kind) * DisplayUnit.BaseOf(kind);
        }

        context.Error(field, "is " + field.Describe() + ", expected " + dimension,
            "write a number with its unit, such as `" + unit.Text(unit.Scale) + "`", DiagnosticKind.Unit);
        return null;
    }
}
