// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Models;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Models;

/// <summary>What every registered model must prove, whatever it is: a new one is judged here without a line of its own.</summary>
public sealed class ModelTheories
{
    private const int Duration = 400_000;

    // Atherton, Prince & Tsaneva-Atanasova, J. Comput. Neurosci. 41, 91 (2016).
    private static readonly string[] s_chaotic = ["pinsky-rinzel"];

    public static TheoryData<ModelCase> Every => [.. ModelCase.All];

    public static TheoryData<ModelCase> Circuits => [.. ModelCase.Circuits];

    public static TheoryData<string> Texts => [.. ModelLibrary.Names];

    public static TheoryData<string> Declared => [.. CircuitModels.All.Select(m => m.Name)];

    [Fact]
    public void Every_model_of_the_device_is_declared_on_the_host()
    {
        HashSet<int> declared = [.. ModelCase.All.Select(c => c.Tables().Populations[1].Model.Number)];
        Assert.Equal(ModelList.All.Select(m => m.Number).Order(), declared.Order());
        Assert.Equal(ModelList.All.Length, ModelList.All.Select(m => m.Number).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void The_engine_fires_as_its_twin_does(ModelCase model)
    {
        if (model.Text is { Spike: null })
        {
            // What never fires is compared by its traces, where the laws are tested.
            return;
        }

        CompiledNetwork network = model.Compile();
        RunRecording twin = new ReferenceSimulator(network.WithRoundedWeights(), network.Schemes).Run(Duration);
        RunComparison result = RunComparison.Of(network, twin, EngineRun.Run(network, Duration));
        Assert.True(result.SpikesReference >= 6, $"{model}: {result.SpikesReference} spikes prove nothing");

        // A law in steps that is at its threshold just before or just after a step is a whole step off.
        // Two runs of a chaotic law part: only the counts are compared there.
        bool chaotic = s_chaotic.Contains(model.Model, StringComparer.Ordinal);
        double least = chaotic ? 0 : model.Declaration is { IsStepped: true } && model.Step > 100 ? 0.95 : 0.99;
        Assert.True(
            result.Matched100Us >= least && Math.Abs(result.CountError) <= (chaotic ? 0.05 : 0.01),
            string.Create(CultureInfo.InvariantCulture,
                $"{model}: twin {result.SpikesReference}, engine {result.SpikesDevice} spikes, {result.Matched100Us:P1} within 100 us"));
    }

    [Theory]
    [MemberData(nameof(Circuits))]
    public void The_twin_fires_when_the_equations_say(ModelCase model)
    {
        const double Seconds = 0.2;
        if (!model.Declaration!.IsStepped && model.Step != 100)
        {
            // Between events a closed form knows no step.
            return;
        }

        CompiledNetwork network = model.Compile(inputs: false);
        Population cells = network.Network.Populations[1];
        SpikeRecord spikes = new ReferenceSimulator(network.Network, network.Schemes).Run((long)(Seconds * 1e6)).Spikes;
        double[] twin = [.. spikes.Times.Zip(spikes.Neurons).Where(s => s.Second == cells.FirstNeuron).Select(s => s.First * 1e-6)];
        List<double> exact = ExactIntegrator.Spikes(model.Declaration.Equations(name => cells.Value(name, 0)),
            cells.Value("bias", 0) * 1e-6, Seconds);
        Assert.True(exact.Count >= 2, $"{model}: {exact.Count} spikes prove nothing");

        // A law in steps fires at a step, and its error adds up; a closed form is off by its rounding to a microsecond.
        bool stepped = model.Declaration.IsStepped;
        Assert.InRange(twin.Length, exact.Count - 1, exact.Count + 1);
        foreach ((double is_, double should) in twin.Zip(exact))
        {
            double most = stepped ? (model.Step * 2e-6) + (0.02 * should) : 10e-6;
            Assert.True(Math.Abs(is_ - should) <= most, string.Create(CultureInfo.InvariantCulture,
                $"{model}: a spike at {is_:F6} s, the equations say {should:F6} s"));
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Its_image_reads_back_and_no_damage_breaks_the_reader(ModelCase model)
    {
        byte[] image = model.Compile().Image;
        NetworkTables tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
        Assert.Equal(image, ImageWriter.Write(tables));
        Random random = new(7);
        for (int i = 0; i < 150; i++)
        {
            byte[] copy = (byte[])image.Clone();
            copy[random.Next(ImageLayout.FirstSectionOffset, copy.Length - ImageLayout.ChecksumLength)] ^= (byte)(1 << random.Next(8));
            BitConverter.GetBytes(Crc32.Compute(copy, 0, copy.Length - ImageLayout.ChecksumLength))
                .CopyTo(copy, copy.Length - ImageLayout.ChecksumLength);
            try
            {
                new NetworkEngine(ImageReader.Read(copy, 0, copy.Length, ModelList.All)).Advance(5_000, 5_000);
            }
            catch (ImageException)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_parameter_beyond_its_bounds_is_refused(ModelCase model)
    {
        PopulationTable cells = model.Tables().Populations[1];
        Assert.Equal(cells.Model.Least.Length, cells.Parameters.Length);
        for (int place = 0; place < cells.Parameters.Length; place++)
        {
            foreach (long value in new[] { cells.Model.Least[place] - 1, cells.Model.Most[place] + 1 })
            {
                NetworkTables tables = model.Tables();
                tables.Populations[1].Parameters[place] = [value];
                ImageException? refused = Record.Exception(() => new NetworkEngine(tables)) as ImageException;
                Assert.True(refused?.Code == ImageError.Range, $"{model}: {value} at place {place} gave {refused?.Code}");
                Assert.True(Record.Exception(() => ImageWriter.Write(tables)) is ImageException,
                    $"{model}: {value} at place {place} was written");
            }
        }
    }

    // Local times start again after 2^30 us, with long steps so that it does not last.
    [Theory]
    [MemberData(nameof(Every))]
    public void Its_rhythm_goes_on_when_the_time_base_moves(ModelCase model)
    {
        if (model.Step != 500 || model.Preset != (model.Declaration?.Presets[0] ?? model.Preset))
        {
            return;
        }

        const long Moves = 1L << 30;
        NetworkEngine engine = new(model.Tables(inputs: false));
        int neuron = 1;
        List<long> before = Intervals(engine, Moves - 1_000_000, Moves, neuron);
        List<long> after = Intervals(engine, Moves, Moves + 1_000_000, neuron);
        Assert.True(before.Count > 2 && after.Count > 2, $"{model}: {before.Count} and {after.Count} intervals");
        Assert.InRange(after.Min() - before.Min(), -model.Step, model.Step);
        Assert.InRange(after.Max() - before.Max(), -model.Step, model.Step);
        Assert.Equal(before.Average(), after.Average(), before.Average() / 50);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Nothing_is_allocated_while_it_runs(ModelCase model)
    {
        NetworkEngine engine = new(model.Tables());
        engine.Advance(50_000, int.MaxValue);
        engine.Spikes.Remove(engine.Spikes.Count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        engine.Advance(150_000, int.MaxValue);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(engine.Counters.Spikes > 0);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void The_estimate_of_memory_covers_what_it_takes(ModelCase model)
    {
        NetworkTables tables = model.Tables();
        int counted = HeapWalk.Count(new NetworkEngine(tables));
        Assert.InRange(DeviceMemory.Estimate(tables), counted, counted + 2048 + (counted / 20));
    }

    [Theory]
    [MemberData(nameof(Circuits))]
    public void Its_cost_is_what_the_engine_counts(ModelCase model)
    {
        NetworkEngine engine = new(model.Tables());
        engine.Advance(Duration, int.MaxValue);
        long input = engine.Counters.Rows;
        double steps = model.Declaration!.IsStepped ? 3.0 * Duration / model.Step : 0;
        double declared = model.Declaration.Work(engine.Counters.Spikes - input, input * 3, steps, model.Step);
        long counted = engine.Counters.LawOperations;
        Assert.True(
            counted >= 0.7 * declared && counted <= (1.3 * declared) + model.Declaration.Work(0, 30, 0, model.Step),
            string.Create(CultureInfo.InvariantCulture, $"{model}: counted {counted}, declared {declared:F0}"));
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void Its_page_lists_every_parameter(string name)
    {
        string page = Page(name);
        Assert.All(CircuitModels.Find(name)!.Parameters, p => Assert.Contains("`" + p.Name + "`", page, StringComparison.Ordinal));
        Assert.Contains("(" + name + ".md)", Page("index"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_page_of_a_text_names_all_that_a_user_can_set_and_it_has_an_example(string name)
    {
        ModelText text = ModelLibrary.Find(name);
        string page = Page(name);
        IEnumerable<string> names = text.Parameters.Select(p => p.Name).Concat(text.Inputs.Select(i => i.Name))
            .Concat(text.States.Select(s => s.Name)).Concat(text.Presets.Keys);
        Assert.All(names, n => Assert.Contains("`" + n + "`", page, StringComparison.Ordinal));
        Assert.Contains("(" + name + ".md)", Page("index"), StringComparison.Ordinal);
        Assert.Contains(Directory.EnumerateFiles(NetworkTexts.Examples(), "*.yaml", SearchOption.AllDirectories),
            file => Regex.IsMatch(File.ReadAllText(file), "model: *" + name + "\\b"));
    }

    private static string Page(string name)
        => File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "docs", "models", name + ".md"));

    private static List<long> Intervals(NetworkEngine engine, long from, long to, int neuron)
    {
        List<long> times = [];
        engine.WaitsForRecord = true;
        do
        {
            engine.Advance(to, 1 << 20);
            for (int i = 0; i < engine.Spikes.Count; i++)
            {
                if (engine.Spikes.NeuronAt(i) == neuron && engine.Spikes.TimeAt(i) >= from)
                {
                    times.Add(engine.Spikes.TimeAt(i));
                }
            }

            engine.Spikes.Remove(engine.Spikes.Count);
        }
        while (!engine.HasReached(to));
        return [.. times.Zip(times.Skip(1), (a, b) => b - a)];
    }
}
