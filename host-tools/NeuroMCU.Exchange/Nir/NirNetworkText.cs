// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Exchange.Nir;

/// <summary>Writes a NIR graph as a network file with a table of synapses for each projection.</summary>
internal static class NirNetworkText
{
    /// <summary>Name that the models of imported nodes begin with; <see cref="NirExport" /> knows them by it.</summary>
    public const string ModelPrefix = "nir-";

    /// <summary>The network file.</summary>
    /// <param name="tables">Folder of the tables, as the network file names it.</param>
    public static string Network(NirLowering lowering, NirOptions options, string name, string tables)
    {
        StringBuilder text = new();
        void Line(string line) => text.Append(line).Append('\n');
        Line($"# From {Path.GetFileName(lowering.Graph.File)}"
            + (lowering.Graph.Version.Length > 0 ? $" (NIR {lowering.Graph.Version})" : string.Empty) + " by 'neuromcu import'.");
        Line($"# {lowering.Timing.Why}.");
        Line("neuromcu: 1");
        Line("name: " + Quoted(name));
        Line(string.Create(CultureInfo.InvariantCulture, $"step: {lowering.Timing.Step} us"));
        Line(string.Create(CultureInfo.InvariantCulture, $"duration: {options.Duration} us"));
        Line("populations:");
        foreach (NirPopulation population in lowering.Populations)
        {
            Population(Line, lowering, options, population);
        }

        if (lowering.Projections.Count > 0)
        {
            Line("projections:");
        }

        for (int i = 0; i < lowering.Projections.Count; i++)
        {
            NirProjection p = lowering.Projections[i];
            string start = $"  - {{from: {p.Source.Name}, to: {p.Target.Name}, receptor: x, ";
            Line(start + (p.IsIdentity ? "connect: one-to-one, weight: 1, delay: 0 us}"
                : $"connect: {{csv: {Quoted(tables + "/" + TableName(lowering, i))}}}}}"));
        }

        NirPopulation? input = lowering.Populations.FirstOrDefault(p => p.Node.Type == "Input");
        if (options.Spikes is { } spikes && input is not null)
        {
            Line("inputs:");
            Line($"  - {{to: {input.Name}, csv: {Quoted(spikes)}}}");
        }

        NirPopulation[] shown = [.. lowering.Populations.Where(p => p.Node.IsNeuron && !p.Node.Fires)];
        if (shown.Length > 0)
        {
            Line("record:");
            Line("  traces:");
            foreach (NirPopulation population in shown)
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"    - {{population: {population.Name}, neurons: "
                    + $"{{from: 0, to: {Math.Min(population.Size, 64) - 1}}}, every: {Math.Max(1000, lowering.Timing.Step)} us}}"));
            }
        }

        return text.ToString();
    }

    /// <summary>File name of the table of a projection.</summary>
    public static string TableName(NirLowering lowering, int projection)
    {
        NirProjection p = lowering.Projections[projection];
        int same = lowering.Projections.Take(projection).Count(q => q.Source.Name == p.Source.Name && q.Target.Name == p.Target.Name);
        return p.Source.Name + "-" + p.Target.Name + (same > 0 ? "-" + (same + 1).ToString(CultureInfo.InvariantCulture) : string.Empty)
            + ".csv";
    }

    /// <summary>The table of a projection.</summary>
    public static string Table(NirProjection projection)
    {
        StringBuilder text = new("pre,post,weight,delay_us\n");
        foreach ((int post, int pre, int delay, double weight) in projection.Synapses)
        {
            text.Append(CultureInfo.InvariantCulture, $"{pre},{post},{weight:R},{delay}\n");
        }

        return text.ToString();
    }

    private static void Population(Action<string> line, NirLowering lowering, NirOptions options, NirPopulation p)
    {
        line($"  {p.Name}:");
        line(string.Create(CultureInfo.InvariantCulture, $"    size: {p.Size}"));
        if (!p.Node.IsNeuron)
        {
            line("    model: input");
            return;
        }

        (string Name, double[] Values, string About)[] parameters =
        [
            ("k", p.K, "share of the distance to rest that a step goes"),
            ("g", p.G, "what a unit of input adds in a step"),
            ("c", p.C, "what a step adds by itself"),
            ("v_start", p.Start, "membrane at the start"),
            .. p.HasCurrent
                ?
                [
                    ("ks", p.Ks, "share of the current that a step takes off"),
                    ("gs", p.Gs, "what a unit of input adds to the current"),
                    ("cs", p.Cs, "what a step adds to the current by itself"),
                ]
                : Array.Empty<(string, double[], string)>(),
            .. p.Node.Fires ? [("v_threshold", p.Threshold, "fires above"), ("v_reset", p.Reset, "membrane after a spike")]
                : Array.Empty<(string, double[], string)>(),
        ];
        (double x, double i, double v) = Ranges(p);
        line("    model:");
        line("      neuromcu-model: 1");
        line($"      name: {ModelPrefix}{p.Node.Type.ToLowerInvariant()}"
            + (lowering.Timing.Decay == NirDecay.Exact ? "-exact" : string.Empty));
        line($"      title: {Quoted("NIR node " + p.Node.Name + " of the type " + p.Node.Type)}");
        line("      source: https://neuroir.org");
        line("      parameters:");
        foreach ((string name, double[] values, string about) in parameters)
        {
            line(Uniform(values)
                ? $"        {name}: {{default: {Number.Text(values[0])}, about: {about}}}"
                : $"        {name}: {{default: {Number.Text(values[0])}, "
                    + $"range: [{Number.Text(values.Min())}, {Number.Text(values.Max())}], about: {about}}}");
        }

        line("      state:");
        line($"        v: {{start: v_start, range: [{Number.Text(-v)}, {Number.Text(v)}], method: euler, about: membrane}}");
        if (p.HasCurrent)
        {
            line($"        i: {{start: 0, range: [{Number.Text(-i)}, {Number.Text(i)}], method: euler, about: current}}");
        }

        line($"        x: {{start: 0, range: [{Number.Text(-x)}, {Number.Text(x)}], method: euler, about: what arrived in the step}}");
        line("      equations: |");
        if (p.HasCurrent)
        {
            line("        j = i - ks*i + gs*x + cs");
            line("        dv/dt = (c - k*v + g*j)/h");
            line("        di/dt = (gs*x + cs - ks*i)/h");
        }
        else
        {
            line("        dv/dt = (c - k*v + g*x)/h");
        }

        line("        dx/dt = -x/h");
        if (p.Node.Fires)
        {
            line("      spike:");
            line("        when: v > v_threshold");
            line("        then: " + (options.SubtractReset && p.Node.Type != "Threshold" ? "v = v - (v_threshold - v_reset)"
                : "v = v_reset"));
        }

        foreach ((string name, double[] values, string _) in parameters.Where(q => !Uniform(q.Values)))
        {
            line($"    {name}: [{string.Join(", ", values.Select(Number.Text))}]");
        }
    }

    private static bool Uniform(double[] values) => values.All(v => v == values[0]);

    // What the states can reach: twice what all synapses bring in one step, and what membrane and current come to if they do so for ever,
    // within 1000 times the larger of threshold and step.
    private static (double X, double I, double V) Ranges(NirPopulation p)
    {
        double x = Nice(Math.Max(2 * p.LargestVolley, 1e-3));
        double i = 0;
        double push = x;
        if (p.HasCurrent)
        {
            double step = p.Gs.Max(Math.Abs) * x + p.Cs.Max(Math.Abs);
            i = Nice(Math.Max(1e-3, Math.Min(step / p.Ks.Min(), 1000 * step)));
            push = i;
        }

        double jump = p.G.Max(Math.Abs) * push + p.C.Max(Math.Abs);
        double threshold = p.Threshold.Length == 0 ? 0 : Math.Max(p.Threshold.Max(Math.Abs), p.Reset.Max(Math.Abs));
        double far = p.K.Min() > 0 ? jump / p.K.Min() : double.PositiveInfinity;
        double start = p.Start.Max(Math.Abs);
        return (x, i, Nice(Math.Max(Math.Min(far, 1000 * Math.Max(threshold, jump)), 2 * (threshold + jump + start)) + 1e-3));
    }

    // Up to the next power of two: the binary point falls there.
    private static double Nice(double value) => Math.Pow(2, Math.Ceiling(Math.Log2(value)));

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
