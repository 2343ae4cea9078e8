// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// The twin against another simulator: spike times of Brian2 for every neuron of the library, written by brian2-spikes.py beside this
/// file, with the same method and step. Both work in double precision, so that every spike is at the same step.
/// </summary>
public sealed partial class OracleTests
{
    /// <summary>One run of the other simulator.</summary>
    public sealed record OracleRun(string Model, string Preset, string Method, int Step, double Seconds, string Times)
    {
        /// <inheritdoc />
        public override string ToString() => Model + " " + Preset;
    }

    public static TheoryData<OracleRun> Runs => [.. Lines().Select(l => new OracleRun(l[0], l[1], l[2],
        int.Parse(l[3], CultureInfo.InvariantCulture), double.Parse(l[4], CultureInfo.InvariantCulture), l[5]))];

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_twin_fires_with_Brian2(OracleRun run)
    {
        long[] theirs = [.. run.Times.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture))];
        Assert.Equal(theirs, Twin(run, run.Step));
    }

    [Fact]
    public void Every_neuron_of_the_library_has_an_oracle()
    {
        string[] neurons = [.. Directory.EnumerateFiles(Folder(), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(neurons, Lines().Select(l => l[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static long[] Twin(OracleRun run, int step)
    {
        // The text as it is, but for the method.
        string text = Method().Replace(File.ReadAllText(Path.Combine(Folder(), run.Model + ".yaml")), string.Empty)
            + "method: " + run.Method + "\n";
        string network = string.Create(CultureInfo.InvariantCulture, $$"""
            neuromcu: 1
            step: {{step}} us
            populations:
              cells: {model: {{Compiled.File(text)}}, size: 1, preset: {{run.Preset}}}
            """);
        SpikeRecord spikes = new ReferenceSimulator(NetworkFile.Parse(network, "test.yaml")).Run((long)(run.Seconds * 1e6)).Spikes;
        return [.. spikes.Times];
    }

    private static IEnumerable<string[]> Lines()
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Equations", "brian2-spikes.csv")).Skip(1).Select(l => l.Split(','));

    private static string Folder() => Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons");

    [GeneratedRegex("^method: .*\n|, method: [a-z0-9]+", RegexOptions.Multiline)]
    private static partial Regex Method();
}
