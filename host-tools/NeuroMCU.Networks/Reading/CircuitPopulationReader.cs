// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads a population of a circuit model, following what the model declares.</summary>
internal sealed class CircuitPopulationReader
{
    private readonly ReadContext _context;
    private readonly MapReader _map;
    private readonly CircuitModel _model;
    private readonly int _size;

    /// <summary>Prepares to read.</summary>
    public CircuitPopulationReader(ReadContext context, MapReader map, CircuitModel model, int size)
    {
        _context = context;
        _map = map;
        _model = model;
        _size = size;
    }

    /// <summary>Reads the population.</summary>
    /// <returns>The population, or null after a report.</returns>
    public Population? Read(string name, int index, int firstNeuron, IReadOnlyList<IReadOnlyList<double>> positions)
    {
        int errors = _context.ErrorCount;
        Dictionary<string, NeuronParameter> parameters = Parameters();
        List<ReceptorSpec> receptors = ReceptorReader.Read(_context, _map.Take("receptors"));
        Field? channelsField = _map.Take("channels");
        IReadOnlyList<string> channels = Channels(channelsField);
        if (_context.ErrorCount == errors)
        {
            CheckRules(parameters);
        }

        SourceLocation location = _context.LocationOf(_map.Field);
        return _context.ErrorCount != errors
            ? null
            : new Population
            {
                Name = name,
                Index = index,
                FirstNeuron = firstNeuron,
                Size = _size,
                Circuit = _model,
                MembraneUnit = "V",
                Parameters = parameters,
                Receptors = receptors,
                Channels = channels,
                ChannelsLocation = channelsField == null ? null : _context.LocationOf(channelsField),
                Positions = positions,
                Location = location,
            };
    }

    // A value comes from its own field, else from the drawn part, else from the component set.
    private Dictionary<string, NeuronParameter> Parameters()
    {
        Field? presetField = _map.Take("preset");
        string preset = (presetField == null ? null : Scalars.Choice(_context, presetField, [.. _model.Presets])) ?? _model.Presets[0];
        IReadOnlyDictionary<string, double> values = _model.ValuesOf(preset);
        Dictionary<string, double[]> drawn = Spread(_map.Take("spread"));
        Dictionary<string, NeuronParameter> parameters = new(StringComparer.Ordinal);
        foreach (CircuitParameter parameter in _model.Parameters)
        {
            Field? field = _map.Take(parameter.Name);
            double[] fallback = drawn.GetValueOrDefault(parameter.Name) ?? [values[parameter.Name]];
            double[] read = (field == null ? null : ParameterReader.Read(_context, field, parameter.Dimension, _size, "neurons"))
                ?? fallback;
            parameters[parameter.Name] = new NeuronParameter(read, _context.LocationOf(field ?? _map.Field));
            int wrong = Array.FindIndex(read, v => v < parameter.Least || v > parameter.Most);
            if (field != null && wrong >= 0)
            {
                _context.Error(
                    field,
                    "is " + Quantity.Text(read[wrong], parameter.Dimension) + OfNeuron(read.Length > 1, wrong) + ", out of range",
                    "write a value from " + Quantity.Text(parameter.Least, parameter.Dimension) + " to "
                    + Quantity.Text(parameter.Most, parameter.Dimension));
            }
        }

        return parameters;
    }

    private Dictionary<string, double[]> Spread(Field? field)
    {
        Dictionary<string, double[]> drawn = new(StringComparer.Ordinal);
        if (field == null)
        {
            return drawn;
        }

        Field? parts = field;
        long? seed = null;
        if (field.Text == null)
        {
            MapReader? map = MapReader.Open(_context, field, "`measured`, or `{parts: measured, seed: 7}`");
            parts = map?.Require("parts", "measured");
            Field? seedField = map?.Take("seed");
            seed = seedField == null ? null : Scalars.Integer(_context, seedField, 0, uint.MaxValue);
            map?.Finish();
        }

        if (parts == null || Scalars.Choice(_context, parts, "measured") == null)
        {
            return drawn;
        }

        Random random = RandomStreams.Create(seed ?? _context.Seed, field.Path);
        for (int i = 0; i < _size; i++)
        {
            IReadOnlyDictionary<string, double>? part = _model.DrawPart(random);
            if (part == null)
            {
                _context.Error(field, "has no effect here: no population of parts was measured for the model `" + _model.Name + "`",
                    "remove the line, or write distributions for single parameters");
                return drawn;
            }

            foreach ((string name, double value) in part)
            {
                if (!drawn.TryGetValue(name, out double[]? values))
                {
                    drawn[name] = values = new double[_size];
                }

                values[i] = value;
            }
        }

        return drawn;
    }

    private string[] Channels(Field? field)
    {
        if (field == null)
        {
            return [];
        }

        if (!_model.TakesChannels)
        {
            _context.Error(field, "has no effect here: a population of the model `" + _model.Name + "` is software",
                "remove the line, or use `model: thyristor`");
            return [];
        }

        string[] names = field.Items == null
            ? [field.Text ?? string.Empty]
            : Enumerable.Range(0, field.Items.Children.Count).Select(i => field.Item(i).Text ?? string.Empty).ToArray();
        if (names.Length != _size)
        {
            _context.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"names {names.Length} channels for {_size} neurons"),
                string.Create(CultureInfo.InvariantCulture, $"name {_size}, one per neuron"));
        }

        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice != null)
        {
            _context.Error(field, "names `" + twice + "` twice", "a channel is one neuron; name each once");
        }

        return names;
    }

    // One finding per parameter, which names the first neuron unless all have the same fault.
    private void CheckRules(Dictionary<string, NeuronParameter> parameters)
    {
        Dictionary<string, (CircuitFault Fault, int Neuron, int Count)> faults = new(StringComparer.Ordinal);
        for (int i = 0; i < _size; i++)
        {
            int neuron = i;
            foreach (CircuitFault fault in _model.Check(name => parameters[name].At(neuron)))
            {
                (CircuitFault Fault, int Neuron, int Count) first = faults.GetValueOrDefault(fault.Parameter, (fault, neuron, 0));
                faults[fault.Parameter] = first with { Count = first.Count + (first.Fault == fault ? 1 : 0) };
            }
        }

        foreach ((CircuitFault fault, int neuron, int count) in faults.Values)
        {
            _context.Error(parameters[fault.Parameter].Location, fault.Message + OfNeuron(count < _size, neuron), fault.Hint);
        }
    }

    private static string OfNeuron(bool tell, int neuron)
        => tell ? string.Create(CultureInfo.InvariantCulture, $" (neuron {neuron})") : string.Empty;
}
