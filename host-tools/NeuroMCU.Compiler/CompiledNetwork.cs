// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>A network in the device's formats, with what the host needs to talk about it.</summary>
public sealed class CompiledNetwork
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="network">The network as its file describes it.</param>
    /// <param name="tables">The tables of integers.</param>
    /// <param name="image">The bytes of the image.</param>
    /// <param name="symbols">Names and units.</param>
    /// <param name="report">What the compiler decided and what rounding cost.</param>
    public CompiledNetwork(Network network, NetworkTables tables, byte[] image, SymbolTable symbols, CompileReport report)
    {
        Network = network;
        Tables = tables;
        Image = image;
        Symbols = symbols;
        Report = report;
    }

    /// <summary>The network as its file describes it, unrounded.</summary>
    public Network Network { get; }

    /// <summary>Update scheme of each population as compiled: what the reference simulator needs to follow the same rules.</summary>
    public IReadOnlyList<UpdateScheme> Schemes =>
        Array.ConvertAll(Tables.Populations, p => p.Update == UpdateKind.Clocked ? UpdateScheme.Clocked : UpdateScheme.Event);

    /// <summary>
    /// The network with the weights that the device holds, rounded to 16 bits, and everything else unrounded: run on the reference, it
    /// tells what rounding the weights does to the spikes apart from what fixed-point arithmetic does.
    /// </summary>
    /// <returns>The network.</returns>
    public Network WithRoundedWeights()
    {
        SynapseMap map = new(Tables, Symbols);
        List<Projection> projections = [];
        foreach (Projection projection in Network.Projections)
        {
            ProjectionTable table = Tables.Projections[projection.Index];
            List<Connection> connections = new(table.Weights.Length);
            for (int i = 0; i < table.Weights.Length; i++)
            {
                int synapse = map.FirstOf(projection.Index) + i;
                SynapseSite site = map.Locate(synapse);
                connections.Add(new Connection(site.Pre, site.Post, map.ToPhysical(synapse, table.Weights[i]), site.Delay));
            }

            projections.Add(projection with { Connections = connections });
        }

        return Network with { Projections = projections };
    }

    /// <summary>The tables that the engine runs on.</summary>
    public NetworkTables Tables { get; }

    /// <summary>The bytes that are uploaded and stored.</summary>
    public byte[] Image { get; }

    /// <summary>Names and units; the image carries them too.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>What the compiler decided and what rounding cost.</summary>
    public CompileReport Report { get; }
}
