// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>The tables of a model's page in Markdown: values, presets with what they fire, what the device needs.</summary>
public static class ModelPage
{
    private const double Seconds = 0.5;
    private const string Begin = "<!-- made by: neuromcu model page ";
    private const string End = "<!-- end of what is made -->";

    /// <summary>The tables of one model.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>Markdown between two comments that mark it.</returns>
    /// <exception cref="NetworkFileException">The model has errors.</exception>
    public static string Of(string nameOrPath)
    {
        ModelText model = ModelLibrary.Find(nameOrPath);
        int step = ModelCheck.StepOf(nameOrPath);
        StringBuilder page = new();
        page.Append(Begin).Append(model.Name).Append(" -->\n\n");
        Values(page, model);
        string[] presets = model.Presets.Count == 0 ? [string.Empty] : [.. model.Presets.Keys];
        ModelCheckResult[] results = [.. presets.Select(p => ModelCheck.Run(nameOrPath, p, step, (long)(Seconds * 1e6)))];
        Runs(page, model, results);
        Device(page, results[0]);
        return page.Append('\n').Append(End).Append('\n').ToString();
    }

    /// <summary>Those parts of the tables that take no run: values, and what the device needs.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <returns>Pieces of Markdown, each of which stands in what <see cref="Of" /> returns.</returns>
    public static IReadOnlyList<string> Fixed(string nameOrPath)
    {
        ModelText model = ModelLibrary.Find(nameOrPath);
        StringBuilder values = new();
        Values(values, model);
        StringBuilder device = new();
        Device(device, ModelCheck.Run(nameOrPath, model.Presets.Keys.FirstOrDefault() ?? string.Empty, ModelCheck.StepOf(nameOrPath),
            10000));
        return [values.ToString(), device.ToString()];
    }

    /// <summary>How many neurons of each model that comes with the program run in real time.</summary>
    /// <returns>Markdown between two comments that mark it.</returns>
    public static string OfAll()
    {
        StringBuilder page = new();
        page.Append(Begin.TrimEnd()).Append(" -->\n\n");
        page.Append(
            "| model | instructions | IL instructions per neuron | µs per neuron and step | neurons at 1 ms | neurons at 0.1 ms | "
            + "tables, bytes | heap of 32, bytes |\n");
        page.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (string name in ModelLibrary.Names)
        {
            ModelCheckResult one = ModelCheck.Run(name, ModelCheck.PresetsOf(name) is [string first, ..] ? first : string.Empty,
                ModelCheck.StepOf(name), 10000);
            page.Append(string.Create(CultureInfo.InvariantCulture,
                $"| `{name}` | {one.Program.Listing.Count} | {one.Program.Work} | {one.MicrosecondsPerStep:0} | "
                + $"{one.NeuronsInRealTime(1000)} | {one.NeuronsInRealTime(100)} "));
            page.Append(string.Create(CultureInfo.InvariantCulture,
                $"| {one.Program.Tables.Sum(t => 4 * t.Entries)} | {one.HeapOf32} |\n"));
        }

        return page.Append('\n').Append(End).Append('\n').ToString();
    }

    /// <summary>Puts tables into a page, in the place of those that it has.</summary>
    /// <param name="page">The page.</param>
    /// <param name="tables">What <see cref="Of" /> or <see cref="OfAll" /> returned.</param>
    /// <returns>The page with them; at its end where it had none.</returns>
    public static string Into(string page, string tables)
    {
        string head = tables[..(tables.IndexOf('\n', StringComparison.Ordinal) + 1)];
        int from = page.IndexOf(head, StringComparison.Ordinal);
        int to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        return to < 0 ? page.TrimEnd() + "\n\n" + tables : page[..from] + tables.TrimEnd() + page[(to + End.Length)..];
    }

    private static void Values(StringBuilder page, ModelText model)
    {
        page.Append("| parameter | default | range | what it is |\n|---|---|---|---|\n");
        foreach (ModelParameter p in model.Parameters)
        {
            string range = double.IsFinite(p.Least) && double.IsFinite(p.Most) ? p.Unit.Text(p.Least) + " to " + p.Unit.Text(p.Most)
                : "any";
            page.Append($"| `{p.Name}` | {p.Unit.Text(p.Default)} | {range} | {p.About} |\n");
        }

        ModelNeurons neurons = new(model, 1, new Dictionary<string, double[]>());
        page.Append("\n| variable | range | what it is |\n|---|---|---|\n");
        foreach (ModelState s in model.States)
        {
            Interval range = neurons.Range(s.Least, s.Most);
            page.Append($"| state `{s.Name}` | {s.Unit.Text(range.Least)} to {s.Unit.Text(range.Most)} | {s.About} |\n");
        }

        foreach (ModelInput i in model.Inputs)
        {
            Interval range = neurons.Range(i.Least, i.Most);
            page.Append($"| input `{i.Name}` | {i.Unit.Text(range.Least)} to {i.Unit.Text(range.Most)} | {i.About} |\n");
        }
    }

    private static void Runs(StringBuilder page, ModelText model, ModelCheckResult[] results)
    {
        bool fires = model.Spike != null;
        page.Append(string.Create(CultureInfo.InvariantCulture,
            $"\n{Seconds} s of each preset with {(results[0].Drive.Length == 0 ? "its constant input" : results[0].Drive + " at its input")}, "
            + $"at a step of {results[0].Step} µs, double precision following the device:\n\n"));
        page.Append(fires
            ? "| preset | spikes, device | double precision | a twentieth of the step | slips per spike | slips of rounding "
            + "alone | largest RMS error, of the range | Lyapunov exponent, 1/s |\n|---|---|---|---|---|---|---|---|\n"
            : "| preset | largest RMS error, of the range |\n|---|---|\n");
        foreach (ModelCheckResult r in results)
        {
            string name = r.Preset.Length == 0 ? "defaults" : "`" + r.Preset + "`";
            VariableError worst = r.Conformance.Errors.MaxBy(e => e.RootMeanSquare)!;
            string error = Small(worst.RootMeanSquare) + " of `" + worst.Name + "`";
            page.Append(fires
                ? string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {r.Conformance.Spikes} | {r.Conformance.SpikesDouble} | {r.SpikesFine} | "
                    + $"{Small(r.Conformance.SlipsPerSpike)} | {Small(r.Conformance.SlipsOfRoundingPerSpike)} | {error} | "
                    + $"{r.Lyapunov:0} |\n")
                : $"| {name} | {error} |\n");
        }
    }

    private static void Device(StringBuilder page, ModelCheckResult result)
    {
        page.Append(string.Create(CultureInfo.InvariantCulture,
            $"\nA step takes {result.Program.Listing.Count} instructions, {result.Program.Work} IL instructions per neuron, "
            + $"{result.MicrosecondsPerStep:0} µs on an ESP32: "));
        page.Append(string.Create(CultureInfo.InvariantCulture,
            $"{result.NeuronsInRealTime(1000)} neurons run in real time at 1 ms, {result.NeuronsInRealTime(100)} at 0.1 ms. "));
        page.Append(string.Create(CultureInfo.InvariantCulture,
            $"Tables take {result.Program.Tables.Sum(t => 4 * t.Entries)} bytes, 32 neurons {result.HeapOf32} bytes of heap with them.\n"));
    }

    // Two digits would change with the last bit of a library function.
    private static string Small(double value) => value == 0 ? "0" : value.ToString("0e+0", CultureInfo.InvariantCulture);
}
