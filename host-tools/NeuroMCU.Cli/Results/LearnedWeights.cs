// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Client;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Results;

/// <summary>What a projection has learned in a run: its weights at the start and now.</summary>
internal sealed record LearnedWeights
{
    private const int Bins = 10;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <summary>Name of the projection.</summary>
    public required string Projection { get; init; }

    /// <summary>Name of the site that it is on; null for a network on one board.</summary>
    public string? Site { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Unit of the weights; 1 for pure numbers.</summary>
    public required string Unit { get; init; }

    /// <summary>Weight at which learning ends, with its sign.</summary>
    public required double Limit { get; init; }

    /// <summary>Weights at the start.</summary>
    public required IReadOnlyList<double> Start { get; init; }

    /// <summary>Weights now, with their synapses.</summary>
    public required IReadOnlyList<(SynapseSite Site, double Weight)> Now { get; init; }

    private string Where => Site is null ? Projection : Projection + " on " + Site;

    private int AtZero => Now.Count(w => w.Weight == 0);

    private int AtLimit => Now.Count(w => Math.Abs(w.Weight) >= Math.Abs(Limit) * (1 - 1e-9));

    /// <summary>Reads the weights of all projections that learn.</summary>
    /// <returns>One entry for each.</returns>
    public static async Task<IReadOnlyList<LearnedWeights>> ReadAsync(DeviceClient client, CompiledNetwork compiled,
        CancellationToken cancellation)
    {
        List<LearnedWeights> learned = [];
        if (compiled.Tables.Learning.Length == 0)
        {
            return learned;
        }

        SynapseMap map = new(compiled.Tables, compiled.Symbols);
        foreach (LearningTable table in compiled.Tables.Learning)
        {
            int first = map.FirstOf(table.Projection);
            short[] start = compiled.Tables.Projections[table.Projection].Weights;
            short[] now = await client.ReadWeightsAsync(first, start.Length, cancellation);
            Projection projection = compiled.Network.Projections[table.Projection];
            learned.Add(new LearnedWeights
            {
                Projection = projection.Name,
                Rule = projection.Learning!.Rule,
                Unit = map.UnitOf(table.Projection),
                Limit = start.Length == 0 ? 0 : map.ToPhysical(first, table.Limit),
                Start = [.. start.Select((w, i) => map.ToPhysical(first + i, w))],
                Now = [.. now.Select((w, i) => (map.Locate(first + i), map.ToPhysical(first + i, w)))],
            });
        }

        return learned;
    }

    /// <summary>Two lines and two histograms.</summary>
    /// <returns>The text.</returns>
    public string Text()
    {
        if (Now.Count == 0)
        {
            return Where + " (" + Rule + "): no synapses";
        }

        string unit = Unit == "1" ? string.Empty : " " + Unit;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Where} learned by {Rule}: mean {Figures.Short(Start.Average())} -> {Figures.Short(Now.Average(w => w.Weight))}{unit}, "
            + $"{AtZero} of {Now.Count} at 0, {AtLimit} at the limit of {Figures.Short(Limit)}{unit}\n"
            + $"  before |{Bar(Start)}| now |{Bar([.. Now.Select(w => w.Weight)])}|  from 0 to {Figures.Short(Limit)}{unit}");
    }

    /// <summary>The same for programs.</summary>
    /// <returns>What JSON is made of.</returns>
    public object Document() => new
    {
        Projection,
        Site,
        Rule,
        Unit,
        Limit,
        Synapses = Now.Count,
        MeanAtStart = Start.DefaultIfEmpty(0).Average(),
        Mean = Now.Select(w => w.Weight).DefaultIfEmpty(0).Average(),
        AtZero,
        AtLimit,
        HistogramAtStart = Histogram(Start),
        Histogram = Histogram([.. Now.Select(w => w.Weight)]),
    };

    /// <summary>File for the weights in a folder.</summary>
    /// <returns>The path.</returns>
    public string PathIn(string folder)
    {
        string name = string.Concat((Site is null ? Projection : Site + "-" + Projection).Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(folder, "weights-" + name + ".csv");
    }

    /// <summary>Writes them as an edge list.</summary>
    public void Write(string path) => OutputFile.WriteText(path, EdgeList.Of(Now, Unit));

    // Weights of 0 fall into the first bin, those at the limit into the last.
    private int[] Histogram(IReadOnlyList<double> weights)
    {
        int[] bins = new int[Bins];
        foreach (double weight in weights)
        {
            bins[Math.Clamp((int)(weight / Limit * Bins), 0, Bins - 1)]++;
        }

        return bins;
    }

    private string Bar(IReadOnlyList<double> weights)
    {
        int[] bins = Histogram(weights);
        int most = Math.Max(1, bins.Max());
        return string.Concat(bins.Select(b => b == 0 ? Bars[0] : Bars[Math.Max(1, (b * (Bars.Length - 1)) / most)]));
    }
}
