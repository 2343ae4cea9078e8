// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads one population.</summary>
internal sealed class PopulationReader
{
    private readonly ReadContext _context;
    private readonly MapReader _map;
    private readonly string _name;
    private int _size = 1;

    private PopulationReader(ReadContext context, MapReader map, string name)
    {
        _context = context;
        _map = map;
        _name = name;
    }

    /// <summary>Reads a population.</summary>
    /// <returns>The population, or null after a report.</returns>
    public static Population? Read(ReadContext context, string name, Field field, int index, int firstNeuron)
    {
        MapReader? map = MapReader.Open(context, field, "a population");
        return map == null ? null : new PopulationReader(context, map, name).Read(index, firstNeuron);
    }

    private Population? Read(int index, int firstNeuron)
    {
        int errors = _context.ErrorCount;
        Field? modelField = _map.Require("model", "lif");
        Field? sizeField = _map.Require("size", "10");
        Field? siteField = _map.Take("site");
        ModelText? text = modelField == null ? null : EquationPopulationReader.FindModel(_context, modelField);
        string? model = modelField == null || text != null || EquationPopulationReader.IsModel(modelField)
            ? null
            : Scalars.Choice(_context, modelField, ["lif", "input", .. CircuitModels.All.Select(m => m.Name), .. ModelLibrary.Names]);
        long? size = sizeField == null ? null : Scalars.Integer(_context, sizeField, 1, Formats.MaxPopulationSize);
        _size = (int)(size ?? 1);
        IReadOnlyList<IReadOnlyList<double>> positions = size == null ? [] : Positions();
        Population? population = null;
        if (string.Equals(model, "input", StringComparison.Ordinal))
        {
            _map.Refuse("a population of the model `input` only fires when told to", [.. LifPopulationReader.Fields]);
            population = Input(index, firstNeuron, positions);
        }
        else if (text != null)
        {
            population = new EquationPopulationReader(_context, _map, text, _size).Read(_name, index, firstNeuron, positions);
        }
        else if (modelField != null && model == null)
        {
            // Reported; which fields it has is not known.
            return null;
        }
        else if (CircuitModels.Find(model) is { } circuit)
        {
            population = new CircuitPopulationReader(_context, _map, circuit, _size).Read(_name, index, firstNeuron, positions);
        }
        else
        {
            population = new LifPopulationReader(_context, _map, _size).Read(_name, index, firstNeuron, positions);
        }

        if (population != null && siteField != null)
        {
            (population.Site, population.SiteLocation) = (Scalars.Text(_context, siteField, "the name of a site"), _context.LocationOf(siteField));
        }

        _map.Finish();
        return _context.ErrorCount == errors ? population : null;
    }

    private Population Input(int index, int firstNeuron, IReadOnlyList<IReadOnlyList<double>> positions)
    {
        return new Population
        {
            Name = _name,
            Index = index,
            FirstNeuron = firstNeuron,
            Size = _size,
            MembraneUnit = "1",
            Update = UpdateScheme.Event,
            Positions = positions,
            Location = _context.LocationOf(_map.Field),
        };
    }

    private IReadOnlyList<IReadOnlyList<double>> Positions()
    {
        Field? field = _map.Take("positions");
        return field == null ? [] : PositionReader.Read(_context, field, _size);
    }
}
