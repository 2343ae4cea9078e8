// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Sites;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Compiler.Sites;

/// <summary>Compiles one network for several boards.</summary>
internal static class SiteCompiler
{
    // A part's queue is sized by its share of what was on its way in the whole, and half as much more: it need not be even.
    private const double Uneven = 1.5;

    // A small share is less even than a large one. More than the whole had it never has.
    private const double Deviations = 4;
    private const double FewAtLeast = 16;

    /// <summary>Compiles a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sites">The boards.</param>
    /// <param name="options">What the compiler takes for each of them.</param>
    /// <returns>The images.</returns>
    /// <exception cref="NetworkFileException">The network cannot be spread so, or a part does not fit its board.</exception>
    public static SiteImages Compile(Network network, IReadOnlyList<NetworkSite> sites, CompilerOptions options)
    {
        RefuseNodes(network);
        int wire = network.Sites?.Wire ?? NetworkSites.DefaultWire;
        bool lengthens = network.Sites?.Lengthens ?? false;
        Activity activity = Activity.Measure(network);
        Placement placement = Partitioner.Place(network, activity, [.. sites.Select(s => s.Name)], wire, lengthens);
        NetworkSplit split = NetworkSplitter.Split(network, sites, placement.Homes, wire, lengthens);
        if (!network.StepGiven && network.Populations.Any(p => p.IsCircuit))
        {
            int step = split.Parts.Where(p => p.Network.NeuronCount > 0).Max(p => StepOf(p, activity, network, options));
            network = network with { Step = step, StepGiven = true };
            activity = Activity.Measure(network);
            split = NetworkSplitter.Split(network, sites, placement.Homes, wire, lengthens);
        }

        IReadOnlyList<UpdateAdvice> advice = UpdateAdvisor.Advise(network, activity);
        DeviceUnits units = DeviceUnits.Choose(network, activity, options.Twin);
        CompiledNetwork?[] boards = [.. split.Parts.Select(p => p.Network.NeuronCount == 0 ? null
            : Compile(p, network, activity, advice, units, options, placement, sites.Count))];
        return new SiteImages(split, boards, placement, SchemesOf(network, split, boards));
    }

    private static CompiledNetwork Compile(NetworkPart part, Network whole, Activity activity, IReadOnlyList<UpdateAdvice> advice,
        DeviceUnits units, CompilerOptions options, Placement placement, int boards)
    {
        UpdateAdvice[] own = [.. part.Populations.Where(p => UpdateAdvisor.IsAdvised(p.Population)).Select(p =>
            advice.First(a => string.Equals(a.Population, p.Whole.Name, StringComparison.Ordinal)) with
            {
                Population = p.Population.Name
            })];
        DeviceUnits ownUnits = units.Of([.. part.Populations.Select(p => p.Population.IsSource ? -1 : p.Whole.Index)]);
        try
        {
            CompilePilot pilot = new(ActivityOf(part, whole, activity), own, ownUnits);
            return NetworkCompiler.Compile(part.Network, options with { Pilot = pilot });
        }
        catch (NetworkFileException e)
        {
            throw new NetworkFileException([.. e.Diagnostics.Select(d => d with
            {
                Message = $"site `{part.Site.Name}`: {d.Message}",
                Hint = d.Kind == DiagnosticKind.TooBig ? Spread(part, whole, placement, boards) + "; " + d.Hint : d.Hint,
            })])
            {
                File = e.File ?? whole.File,
            };
        }
    }

    // A piece is on one board however many there are.
    private static string Spread(NetworkPart part, Network whole, Placement placement, int boards)
    {
        int pieces = part.Populations.Where(p => p.Role == PartRole.Home)
            .SelectMany(p => p.Members.Select(m => placement.Pieces[p.Whole.Index][m])).Where(piece => piece >= 0).Distinct().Count();
        return pieces > 1
            ? string.Create(CultureInfo.InvariantCulture, $"spread it over more boards, such as --sites {2 * boards}")
            : string.Create(CultureInfo.InvariantCulture,
                $"more boards do not help, since what is here belongs together: delays below the "
                + $"{(whole.Sites?.Wire ?? NetworkSites.DefaultWire) / 1000.0:0.###} ms of the wire, a read-out or a modulator; write longer delays, a shorter `wire: {{delay: ...}}` if the boards keep it, or "
                + $"`wire: {{short: lengthen}}`");
    }

    private static Activity ActivityOf(NetworkPart part, Network whole, Activity activity)
    {
        double share = UnderWay(part.Network, p => activity.Rates[part.Populations[p.Index].Whole.Index])
            / Math.Max(double.Epsilon, UnderWay(whole, p => activity.Rates[p.Index]));
        double mean = activity.RowsPeak * share * Uneven;
        return activity.Of(
            [.. part.Populations.Select(p => (p.Whole.Index, p.Population.IsSource ? 0 : p.Members.Length / (double)p.Whole.Size))],
            [.. part.Populations.SelectMany(p => p.Members.Select(m => p.Whole.FirstNeuron + m))],
            (int)Math.Ceiling(Math.Min(activity.RowsPeak, mean + (Deviations * Math.Sqrt(mean)) + FewAtLeast)));
    }

    // Rows that are on their way at the mean rates: each from a spike to the last arrival of its row.
    private static double UnderWay(Network network, Func<Population, double> rate) => network.Projections.Sum(p =>
        rate(p.Source) * p.Connections.GroupBy(c => c.Pre).Sum(g => (double)g.Max(c => c.Delay)));

    private static int StepOf(NetworkPart part, Activity activity, Network whole, CompilerOptions options)
    {
        CostProfile costs = CostProfileSource.Find(options.CostProfile ?? TargetBoard.Find(part.Network, options, [])!.Costs);
        PinLoad? pins = PinLoad.Of(part.Network, TargetBoard.Find(part.Network, options, [])!, options.Twin);
        static bool IsClocked(Population p) => !p.IsSource && (p.Equations != null || p.Receptors.Count > 0 || p.HasExponentialSynapses);
        return StepChoice.Of(part.Network, ActivityOf(part, whole, activity), n => [.. n.Populations.Select(IsClocked)], costs, pins);
    }

    private static UpdateScheme[] SchemesOf(Network whole, NetworkSplit split, CompiledNetwork?[] boards)
    {
        UpdateScheme[] schemes = [.. whole.Populations.Select(_ => UpdateScheme.Event)];
        for (int s = 0; s < boards.Length; s++)
        {
            foreach (PartPopulation population in split.Parts[s].Populations.Where(p => p.Role == PartRole.Home))
            {
                schemes[population.Whole.Index] = boards[s]!.Schemes[population.Population.Index];
            }
        }

        return schemes;
    }

    private static void RefuseNodes(Network network)
    {
        if (network.Projections.FirstOrDefault(p => p.OnNodes) is { } nodes)
        {
            throw new NetworkFileException([
                Diagnostic.At(nodes.Location, $"`{nodes.Name}` wants its weights on nodes, which belong to one board",
                    "run the network on one board, or leave out `on: nodes`"),
            ])
            { File = network.File };
        }
    }
}
