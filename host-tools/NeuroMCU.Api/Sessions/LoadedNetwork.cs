// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Recordings;

namespace NeuroMCU.Api.Sessions;

/// <summary>The network that a device holds, with its names and units.</summary>
internal sealed class LoadedNetwork
{
    private LoadedNetwork(NetworkTables tables, SymbolTable symbols)
    {
        Tables = tables;
        Symbols = symbols;
        Synapses = new SynapseMap(tables, symbols);
        Populations = DeviceRecording.PopulationsOf(tables, symbols);
    }

    public NetworkTables Tables { get; }

    public SymbolTable Symbols { get; }

    public SynapseMap Synapses { get; }

    public IReadOnlyList<RecordedPopulation> Populations { get; }

    /// <summary>Text of the network file; null for a network that the device brought along.</summary>
    public NetworkText? Text { get; private init; }

    /// <summary>What the compiler made of it; null for a network that the device brought along.</summary>
    public CompiledNetwork? Compiled { get; private init; }

    /// <summary>Where the weights come from that are on nodes; null for a network that the device brought along.</summary>
    public NodeWeights? NodeWeights { get; private init; }

    /// <summary>Takes a network that was compiled here.</summary>
    public static LoadedNetwork Of(NetworkText text, CompiledNetwork compiled, NodeWeights weights) =>
        new(compiled.Tables, compiled.Symbols) { Text = text, Compiled = compiled, NodeWeights = weights };

    /// <summary>The same network in the device, which has taken over other values.</summary>
    public LoadedNetwork With(NetworkText text, CompiledNetwork compiled) => new(Tables, Symbols)
    {
        Text = text,
        Compiled = compiled,
        NodeWeights = NodeWeights,
    };

    /// <summary>Reads a network that a device held already.</summary>
    public static LoadedNetwork OfImage(byte[] image)
    {
        NetworkTables tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
        return new LoadedNetwork(tables,
            SymbolTable.Decode(tables.Symbols, tables.Populations.Length, tables.Projections.Length, tables.Readouts.Length));
    }

    /// <summary>Finds a population.</summary>
    /// <exception cref="ApiException">There is none of that name.</exception>
    public RecordedPopulation Population(string name) =>
        Populations.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
        ?? throw Unknown("population", name, Populations.Select(p => p.Name));

    /// <summary>Finds a projection.</summary>
    /// <exception cref="ApiException">There is none of that name.</exception>
    public int Projection(string name)
    {
        int index = Synapses.ProjectionIndex(name);
        return index >= 0 ? index : throw Unknown("projection", name, Synapses.ProjectionNames);
    }

    /// <summary>The population of a neuron.</summary>
    /// <param name="neuron">Global index.</param>
    public int PopulationOf(int neuron)
    {
        int p = 0;
        while (!Populations[p].Contains(neuron))
        {
            p++;
        }

        return p;
    }

    private static ApiException Unknown(string kind, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return ApiException.NotFound($"the network has no {kind} '{name}'",
            Suggestion.Hint(name, names, '\'') ?? (names.Length == 0 ? $"it has no {kind} at all" : $"its {kind}s: " + string.Join(", ",
                names)));
    }
}
