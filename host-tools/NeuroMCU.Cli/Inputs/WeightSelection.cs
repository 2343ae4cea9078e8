// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Which synapses a command line means: a projection, and optionally source and target neurons in it.</summary>
internal static class WeightSelection
{
    /// <summary>Argument for the source neurons.</summary>
    public static Argument<string> Pre() => new("PRE")
    {
        Description = "Source neurons: 3, 0,2,5, 0-9 or all",
        DefaultValueFactory = _ => "all"
    };

    /// <summary>Argument for the target neurons.</summary>
    public static Argument<string> Post() => new("POST") { Description = "Target neurons, as PRE", DefaultValueFactory = _ => "all" };

    /// <summary>Finds the synapses.</summary>
    /// <returns>Synapse indices, ascending; at least one.</returns>
    /// <exception cref="CliException">The selection is no selection, or the neurons are not connected.</exception>
    public static IReadOnlyList<int> Find(HeldNetwork network, int projection, string pre, string post)
    {
        ProjectionTable table = network.Tables.Projections[projection];
        RecordedPopulation source = network.Populations[table.Source];
        RecordedPopulation target = network.Populations[table.Target];
        HashSet<int> from = [.. HeldNetwork.Neurons(pre, source)];
        HashSet<int> to = [.. HeldNetwork.Neurons(post, target)];
        List<int> found = [];
        for (int s = network.Synapses.FirstOf(projection); s < network.Synapses.FirstOf(projection + 1); s++)
        {
            SynapseSite site = network.Synapses.Locate(s);
            if (from.Contains(site.Pre) && to.Contains(site.Post))
            {
                found.Add(s);
            }
        }

        if (found.Count == 0)
        {
            string name = network.Synapses.ProjectionNames[projection];
            throw new CliException(
                ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' joins no neuron {pre} of '{source.Name}' to {post} of '{target.Name}'"),
                null,
                $"neuromcu weights get {name}");
        }

        return found;
    }

    /// <summary>Neighbouring synapses as one run each, for one request each.</summary>
    /// <returns>First index and number.</returns>
    public static IEnumerable<(int First, int Count)> Runs(IReadOnlyList<int> synapses)
    {
        int first = 0;
        for (int i = 1; i <= synapses.Count; i++)
        {
            if (i == synapses.Count || synapses[i] != synapses[i - 1] + 1)
            {
                yield return (synapses[first], i - first);
                first = i;
            }
        }
    }
}
