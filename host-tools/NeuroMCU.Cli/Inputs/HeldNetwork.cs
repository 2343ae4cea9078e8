// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Models;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Inputs;

/// <summary>The network that a device holds, read back from it, so that verbs can speak in its names and units.</summary>
internal sealed class HeldNetwork
{
    public HeldNetwork(NetworkTables tables)
    {
        Tables = tables;
        Symbols = SymbolTable.Decode(tables.Symbols, tables.Populations.Length, tables.Projections.Length, tables.Readouts.Length);
        Synapses = new SynapseMap(tables, Symbols);
        Populations = DeviceRecording.PopulationsOf(tables, Symbols);
    }

    public NetworkTables Tables { get; }

    public SymbolTable Symbols { get; }

    public SynapseMap Synapses { get; }

    public IReadOnlyList<RecordedPopulation> Populations { get; }

    /// <summary>Reads the network back from a device.</summary>
    public static async Task<HeldNetwork> ReadAsync(VerbContext context, DeviceClient client, CancellationToken cancellation)
    {
        if (!client.Info.HasNetwork)
        {
            throw new CliException(
                ExitCode.DeviceRefused,
                $"{client.Address} holds no network",
                context.Device is null ? "the virtual bench inside a command forgets a network unless it is stored" : null,
                context.Device is null ? "neuromcu program NETWORK.yaml --persist"
                : "neuromcu program NETWORK.yaml --device " + context.Device);
        }

        byte[] image = await client.ReadImageAsync(null, cancellation);
        return new HeldNetwork(ImageReader.Read(image, 0, image.Length, ModelList.All));
    }

    /// <summary>Finds a population.</summary>
    /// <exception cref="CliException">There is none of that name.</exception>
    public RecordedPopulation Population(string name)
        => Populations.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
        ?? throw Unknown("population", name, Populations.Select(p => p.Name));

    /// <summary>Finds a projection.</summary>
    /// <exception cref="CliException">There is none of that name.</exception>
    public int Projection(string name)
    {
        int index = Synapses.ProjectionIndex(name);
        return index >= 0 ? index : throw Unknown("projection", name, Synapses.ProjectionNames);
    }

    /// <summary>Reads a selection of neurons: <c>3</c>, <c>0,2,5</c>, <c>0-9</c> or <c>all</c>.</summary>
    /// <returns>Indices within the population.</returns>
    /// <exception cref="CliException">It is none of these, or points past the population's end.</exception>
    public static IReadOnlyList<int> Neurons(string text, RecordedPopulation population)
    {
        if (string.Equals(text, "all", StringComparison.Ordinal))
        {
            return Enumerable.Range(0, population.Size).ToArray();
        }

        List<int> neurons = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int to)
                || to < from)
            {
                throw new CliException(ExitCode.Usage, $"'{text}' selects no neurons", null,
                    "write an index (3), a list (0,2,5), a range (0-9) or all");
            }

            if (to >= population.Size)
            {
                throw new CliException(
                    ExitCode.Usage, $"there is no neuron {to} in '{population.Name}'", null, $"its neurons are 0 to {population.Size - 1}");
            }

            neurons.AddRange(Enumerable.Range(from, to - from + 1));
        }

        return neurons;
    }

    private static CliException Unknown(string kind, string name, IEnumerable<string> known)
    {
        string[] names = known.ToArray();
        return new CliException(
            ExitCode.Usage,
            $"the network has no {kind} '{name}'",
            names.Length == 0 ? $"it has no {kind} at all" : $"its {kind}s: " + string.Join(", ", names),
            Suggestion.Hint(name, names, '\''));
    }
}
