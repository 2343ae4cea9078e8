// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// The twin against other simulators. Brian2, for every neuron of the library, with the same method and step: both work in double
/// precision, so that every spike is at the same step. NEURON, for the cells with ion channels, with steps as fine as it takes: the twin's
/// equations stepped finely give the same times to a microsecond. brian2-spikes.py and neuron-spikes.py beside this file wrote the figures.
/// </summary>
public sealed partial class OracleTests
{
    /// <summary>One run of the other simulator.</summary>
    public sealed record OracleRun(string Model, string Preset, string Method, int Step, double Seconds, string Times)
    {
        /// <inheritdoc />
        public override string ToString() => Model + " " + Preset;
    }

    private readonly ITestOutputHelper _output;

    public OracleTests(ITestOutputHelper output) => _output = output;

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

    /// <summary>One run of NEURON.</summary>
    public sealed record NeuronRun(string Model, string Preset, double Milliseconds, string Times)
    {
        /// <inheritdoc />
        public override string ToString() => Model + " " + Preset;
    }

    public static TheoryData<NeuronRun> NeuronRuns => [.. Lines("neuron-spikes.csv").Select(l => new NeuronRun(l[0], l[1],
        double.Parse(l[2], CultureInfo.InvariantCulture), l[3]))];

    [Theory]
    [MemberData(nameof(NeuronRuns))]
    public void The_equations_fire_with_NEURON(NeuronRun run)
    {
        double[] theirs = [.. run.Times.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
        double[] ours = Crossings(run, 5e-6, "rk4");
        double[] stepped = Crossings(run, ModelCheck.StepOf(run.Model) * 1e-6, null);
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run}: {theirs.Length} spikes, fine steps within "
            + $"{1e3 * Farthest(ours, theirs):G2} us, those of the text within {Farthest(stepped, theirs):G2} ms "
            + $"({stepped.Length} spikes)"));
        Assert.Equal(theirs.Length, ours.Length);
        Assert.All(ours.Zip(theirs), p => Assert.InRange(p.First - p.Second, -0.001, 0.001));
    }

    [Fact]
    public void Every_cell_with_ion_channels_has_runs_of_NEURON()
        => Assert.Equal(["hodgkin-huxley", "morris-lecar", "pinsky-rinzel"],
            Lines("neuron-spikes.csv").Select(l => l[0]).Distinct().Order(StringComparer.Ordinal));

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

    // Times in ms at which the first state passes the threshold of the text upwards, on the line between two steps.
    private static double[] Crossings(NeuronRun run, double h, string? method)
    {
        string text = File.ReadAllText(Path.Combine(Folder(), run.Model + ".yaml"));
        string file = Compiled.File(method == null ? text : Method().Replace(text, string.Empty) + "method: " + method + "\n");
        ModelText model = ModelLibrary.Find(file);
        Dictionary<string, double[]> values = model.Presets[run.Preset].ToDictionary(p => p.Key, p => new[] { p.Value });
        ModelNeurons neurons = new(model, 1, values);
        double threshold = neurons.Evaluate(model.Spike!.When.Args[1], 0);
        ModelRun twin = new(neurons, h);
        List<double> times = [];
        long steps = (long)Math.Round(run.Milliseconds * 1e-3 / h);
        for (long i = 1; i <= steps; i++)
        {
            double before = twin.Value(0, 0);
            if (twin.Step(0, null))
            {
                times.Add((i - 1 + ((threshold - before) / (twin.Value(0, 0) - before))) * h * 1e3);
            }
        }

        return [.. times];
    }

    private static double Farthest(double[] ours, double[] theirs)
        => ours.Zip(theirs, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();

    private static IEnumerable<string[]> Lines(string file = "brian2-spikes.csv")
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Equations", file)).Skip(1).Select(l => l.Split(','));

    private static string Folder() => Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons");

    [GeneratedRegex("^method: .*\n|, method: [a-z0-9]+", RegexOptions.Multiline)]
    private static partial Regex Method();
}
