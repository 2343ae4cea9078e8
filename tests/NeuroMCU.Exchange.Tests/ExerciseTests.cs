// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Tests;

/// <summary>The lessons: their commands work, and the commands of the solutions give the figures that stand beside them.</summary>
public sealed partial class ExerciseTests : IDisposable
{
    private readonly NirFiles _files = new();

    public static TheoryData<string> Lessons => [.. Pages("exercises")];

    public static TheoryData<string> Solutions => [.. Pages("exercises/solutions")];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task The_commands_of_a_lesson_work(string page)
    {
        foreach (Match command in Command().Matches(await File.ReadAllTextAsync(Full("exercises/" + page))))
        {
            string line = command.Groups[1].Value;
            (ExitCode code, string text, string error) = await Program.RunAsTyped(Words(line));
            Assert.True(code == ExitCode.Ok, $"{line} ended with {code}\n{error}\n{text}");
        }
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public async Task A_solution_says_what_its_command_gives(string page)
    {
        string[][] rows = [.. (await File.ReadAllLinesAsync(Full("exercises/solutions/" + page)))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Contains("`neuromcu ", StringComparison.Ordinal))
            .Select(l => l.Trim('|', ' ').Split(" | ").Select(c => c.Trim().Trim('`')).ToArray())];
        Assert.True(rows.Length > 0 || page == "README.md", $"{page} has no figures");
        string recording = _files.Path("run.npz");
        foreach (IGrouping<string, string[]> command in rows.GroupBy(r => r[1]))
        {
            bool runs = command.Key.StartsWith("neuromcu run ", StringComparison.Ordinal);
            (ExitCode code, string text, string error) = await Program.RunAsTyped(
                [.. Words(command.Key["neuromcu ".Length..]), "--json", .. runs ? ["--out", recording] : Array.Empty<string>()]);
            Assert.True(code == ExitCode.Ok, $"{command.Key} ended with {code}\n{error}");
            RunRecording? run = runs ? RecordingFile.Read(recording) : null;
            foreach (string[] row in command)
            {
                double found = Measure(row[2], run, text[text.IndexOf('{', StringComparison.Ordinal)..]);
                string[] figure = row[3].Split(" ± ");
                double within = figure.Length > 1 ? double.Parse(figure[1], CultureInfo.InvariantCulture) : 0;
                Assert.True(Math.Abs(found - double.Parse(figure[0], CultureInfo.InvariantCulture)) <= within + 1e-9,
                    $"{row[1]}: {row[2]} is {found}, and the page says {row[3]}");
            }
        }
    }

    // "spikes of NAME", "rate of NAME", "largest TRACE", each "from A s to B s" if wanted; anything else is a path into the JSON.
    private static double Measure(string what, RunRecording? run, string json)
    {
        Match measure = Figure().Match(what);
        if (!measure.Success || run is null)
        {
            return Path(JsonDocument.Parse(json).RootElement, what.Split('.')).GetDouble();
        }

        string name = measure.Groups[2].Value;
        bool part = measure.Groups[3].Success;
        double from = part ? double.Parse(measure.Groups[3].Value, CultureInfo.InvariantCulture) * 1e6 : 0;
        double to = part ? double.Parse(measure.Groups[4].Value, CultureInfo.InvariantCulture) * 1e6 : run.Duration + 1;
        if (measure.Groups[1].Value == "largest")
        {
            TraceRecord trace = run.Traces.Single(t => t.Name == name);
            return trace.Values.Where((_, i) => trace.Times[i] >= from && trace.Times[i] < to).Max();
        }

        RecordedPopulation population = run.Populations.Single(p => p.Name == name);
        int spikes = Enumerable.Range(0, run.Spikes.Count)
            .Count(i => population.Contains(run.Spikes.Neurons[i]) && run.Spikes.Times[i] >= from && run.Spikes.Times[i] < to);
        return measure.Groups[1].Value == "spikes of" ? spikes : spikes * 1e6 / run.Duration / population.Size;
    }

    private static JsonElement Path(JsonElement at, string[] steps)
    {
        foreach (string step in steps)
        {
            at = at.ValueKind == JsonValueKind.Object ? at.GetProperty(step)
                : int.TryParse(step, out int index) ? at[index]
                : at.EnumerateArray().Single(e => new[] { "name", "projection" }.Any(n => e.TryGetProperty(n, out JsonElement v)
                    && v.GetString() == step));
        }

        return at;
    }

    private string[] Words(string command) => [.. Word().Matches(command)
        .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)
        .Select(w => w.StartsWith("examples/", StringComparison.Ordinal) || w.StartsWith("docs/", StringComparison.Ordinal)
            ? System.IO.Path.Combine(Program.Root(), w) : w.EndsWith(".svg", StringComparison.Ordinal)
            || w.EndsWith(".csv", StringComparison.Ordinal) || w == "timing" ? _files.Path(w) : w)];

    private static IEnumerable<string> Pages(string folder) =>
        Directory.GetFiles(Full(folder), "*.md").Select(System.IO.Path.GetFileName).OfType<string>().Where(p => p is not ("README.md" or "kit.md"))
            .Order(StringComparer.Ordinal);

    private static string Full(string path) => System.IO.Path.Combine(Program.Root(), "docs", path);

    [GeneratedRegex(@"(?m)^neuromcu (.+)$")]
    private static partial Regex Command();

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(spikes of|rate of|largest) (\S+)(?: from ([\d.]+) s to ([\d.]+) s)?$")]
    private static partial Regex Figure();
}
