// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Compiler;

/// <summary>
/// Translates between a device's synapse indices and weights and what people say: projection, source neuron, target neuron, weight in mV.
/// Works from the tables and symbols of an image alone.
/// </summary>
public sealed class SynapseMap
{
    private readonly NetworkTables _tables;
    private readonly SymbolTable _symbols;
    private readonly int[] _first;

    /// <summary>Makes the map of a network.</summary>
    /// <param name="tables">Its tables.</param>
    /// <param name="symbols">Its symbols.</param>
    public SynapseMap(NetworkTables tables, SymbolTable symbols)
    {
        _tables = tables;
        _symbols = symbols;
        _first = new int[tables.Projections.Length + 1];
        for (int i = 0; i < tables.Projections.Length; i++)
        {
            _first[i + 1] = _first[i] + tables.Projections[i].Synapses.Length;
        }
    }

    /// <summary>Makes the map of a network from its tables, reading the symbols that they carry.</summary>
    /// <param name="tables">The tables.</param>
    /// <returns>The map.</returns>
    public static SynapseMap FromTables(NetworkTables tables)
    {
        SymbolTable symbols = SymbolTable.Decode(tables.Symbols, tables.Populations.Length, tables.Projections.Length,
            tables.Readouts.Length);
        return new SynapseMap(tables, symbols);
    }

    /// <summary>Number of synapses.</summary>
    public int Count => _first[^1];

    /// <summary>Names of the projections by index.</summary>
    public IReadOnlyList<string> ProjectionNames => _symbols.Projections;

    /// <summary>Whether a projection's weights were measured on nodes, so that other numbers would not be those of its nodes.</summary>
    /// <param name="projection">Index of the projection.</param>
    public bool IsMeasured(int projection) => _symbols.Measured.Contains(projection);

    /// <summary>Finds a projection by name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its index, or -1.</returns>
    public int ProjectionIndex(string name)
    {
        for (int i = 0; i < _symbols.Projections.Count; i++)
        {
            if (string.Equals(_symbols.Projections[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Index of a projection's first synapse; that of the next projection ends it.</summary>
    /// <param name="projection">Index of the projection, up to the number of projections.</param>
    /// <returns>A synapse index.</returns>
    public int FirstOf(int projection) => _first[projection];

    /// <summary>All synapses of a projection between two neurons; lists may hold several.</summary>
    /// <param name="projection">Index of the projection.</param>
    /// <param name="pre">Source neuron within its population.</param>
    /// <param name="post">Target neuron within its population.</param>
    /// <returns>Synapse indices, shortest delay first; none when the two are not connected or do not exist.</returns>
    public IReadOnlyList<int> Find(int projection, int pre, int post)
    {
        List<int> found = [];
        ProjectionTable table = _tables.Projections[projection];
        if (pre < 0 || pre >= table.RowStart.Length - 1)
        {
            return found;
        }

        for (int s = table.RowStart[pre]; s < table.RowStart[pre + 1]; s++)
        {
            if ((table.Synapses[s] & Formats.TargetMask) == post)
            {
                found.Add(_first[projection] + s);
            }
        }

        return found;
    }

    /// <summary>Says where a synapse is.</summary>
    /// <param name="synapse">Synapse index.</param>
    /// <returns>Its place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
    public SynapseSite Locate(int synapse)
    {
        int projection = ProjectionOf(synapse);
        ProjectionTable table = _tables.Projections[projection];
        int local = synapse - _first[projection];
        int row = Array.BinarySearch(table.RowStart, local);
        if (row < 0)
        {
            row = ~row - 1;
        }

        // Empty rows share their start with the next one: the last of them holds the synapse.
        while (table.RowStart[row + 1] <= local)
        {
            row++;
        }

        return new SynapseSite(projection, row, table.Synapses[local] & Formats.TargetMask,
            (int)((uint)table.Synapses[local] >> Formats.TargetBits));
    }

    /// <summary>Unit in which the weights of a projection are shown: <c>mV</c>, <c>nC</c>, or <c>1</c>.</summary>
    /// <param name="projection">Index of the projection.</param>
    /// <returns>The unit.</returns>
    public string UnitOf(int projection)
        => _symbols.Weights[projection]?.Unit ?? _symbols.Populations[_tables.Projections[projection].Target].Unit;

    /// <summary>Largest magnitude that a weight of a projection can take.</summary>
    /// <param name="projection">Index of the projection.</param>
    /// <returns>The magnitude in <see cref="UnitOf" />.</returns>
    public double LimitOf(int projection) => Formats.MaxWeight * Step(projection);

    /// <summary>Translates a device weight.</summary>
    /// <param name="synapse">Synapse index.</param>
    /// <param name="weight">Weight as the device holds it.</param>
    /// <returns>Weight in <see cref="UnitOf" />.</returns>
    public double ToPhysical(int synapse, int weight) => weight * Step(ProjectionOf(synapse));

    /// <summary>Translates a weight for the device, rounded to nearest.</summary>
    /// <param name="synapse">Synapse index.</param>
    /// <param name="weight">Weight in <see cref="UnitOf" />.</param>
    /// <param name="deviceWeight">What to write, -32767 to 32767.</param>
    /// <returns>False when the weight is beyond <see cref="LimitOf" />.</returns>
    public bool TryToDevice(int synapse, double weight, out int deviceWeight)
    {
        double raw = Math.Round(weight / Step(ProjectionOf(synapse)), MidpointRounding.AwayFromZero);
        bool fits = Math.Abs(raw) <= Formats.MaxWeight;
        deviceWeight = fits ? (int)raw : 0;
        return fits;
    }

    private int ProjectionOf(int synapse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(synapse);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(synapse, Count);
        int projection = 0;
        while (_first[projection + 1] <= synapse)
        {
            projection++;
        }

        return projection;
    }

    private double Step(int projection)
    {
        ProjectionTable table = _tables.Projections[projection];
        return table.WeightScale * (_symbols.Weights[projection]?.Value
            ?? _symbols.Populations[table.Target].UnitValue / Formats.MembraneOne);
    }
}
