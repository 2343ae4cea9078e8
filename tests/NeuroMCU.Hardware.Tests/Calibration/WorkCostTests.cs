// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Hardware.Spikes;
using NeuroMCU.Hearing;
using NeuroMCU.Models;
using NeuroMCU.Models.Machine;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Hardware.Tests.Calibration;

/// <summary>The instructions that the cost profiles charge for work are those that the firmware executes.</summary>
public sealed class WorkCostTests
{
    // 0.8 µs an instruction.
    private static readonly CostProfile s_profile = CostProfile.Find("esp32-rev3");

    // The count is that of the build at hand; one without optimisation stores and loads more.
    private const double Tolerance = 0.5;

    private readonly ITestOutputHelper _output;

    public WorkCostTests(ITestOutputHelper output)
    {
        _output = output;
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("NEUROMCU_COVERAGE") == "yes", "coverage adds instructions to the code that is counted here");
    }

    [Fact]
    public void A_clocked_step_and_update()
    {
        (double few, double steps) = Clocked(20);
        (double many, _) = Clocked(120);
        double update = (many - few) / (100 * steps);
        Check(WorkKind.ClockedUpdate, update);
        Check(WorkKind.ClockedStep, (few / steps) - (20 * update));
    }

    // What the compiler reckons an instruction of a program to cost per neuron, and so what a program is charged.
    [Theory]
    [InlineData(Operation.Linear1, "1 0 5 0 0 3")]
    [InlineData(Operation.Linear2, "1 0 5 0 7 0 0 3")]
    [InlineData(Operation.Linear3, "1 0 5 0 7 0 9 0 0 3")]
    [InlineData(Operation.Advance1, "1 0 -1000 1000 0 5 0 0 3 3")]
    [InlineData(Operation.Advance2, "1 0 -1000 1000 0 5 0 7 0 0 3 3")]
    [InlineData(Operation.Advance3, "1 0 -1000 1000 0 5 0 7 0 9 0 0 3 3")]
    [InlineData(Operation.Table, "1 0 0 -40 4")]
    [InlineData(Operation.TableAdvance1, "1 -1000 1000 0 0 -40 4 0 5 0 0 3 3")]
    [InlineData(Operation.TableAdvance2, "1 -1000 1000 0 0 -40 4 0 5 0 7 0 0 3 3")]
    [InlineData(Operation.Product, "1 0 0 0 0 3")]
    [InlineData(Operation.ProductAdvance, "1 0 -1000 1000 0 0 3 5 0 7 0 9 0 11 0 0 3 3")]
    [InlineData(Operation.Gate, "1 0 -1000 1000 0 -40 4 0 0 3 3")]
    [InlineData(Operation.Quotient, "1 0 2 3")]
    [InlineData(Operation.Least, "1 0 0")]
    [InlineData(Operation.Compare, "1 0 0")]
    [InlineData(Operation.Select, "1 0 0 0")]
    [InlineData(Operation.And, "1 0 0")]
    [InlineData(Operation.Not, "1 0")]
    [InlineData(Operation.Clip, "1 0 -1000 1000 3")]
    [InlineData(Operation.Hold, "1 0 0")]
    [InlineData(Operation.Spike, "0 1000 -1 0")]
    [InlineData(Operation.EdgeSpike, "0 1000 1 -1 0")]
    [InlineData(Operation.When, "0 1000 0")]
    [InlineData(Operation.Noise, "1 0")]
    [InlineData(Operation.AdvanceCarry, "1 0 -1000 1000 1 0 5 0 7 0 9 0 0 3 3")]
    [InlineData(Operation.Advance4, "1 0 -1000 1000 0 5 0 7 0 9 0 11 0 0 3 3")]
    public void An_instruction_of_a_program(int operation, string operands)
    {
        int[] code = [operation, .. operands.Split(' ').Select(int.Parse)];
        double counted = (Programmed(code, 120) - Programmed(code, 20)) / (100 * 100.0);
        double charged = Operation.Work(operation);
        _output.WriteLine(FormattableString.Invariant($"{operation}: charged {charged}, counted {counted:F1}"));
        Assert.InRange(charged, 0.8 * counted, 1.25 * counted);
    }

    private static double Programmed(int[] code, int size)
    {
        PopulationTable population = new()
        {
            Model = new EquationModel(),
            Update = UpdateKind.Clocked,
            Size = size,
            Program = new VectorProgram
            {
                Code = code,
                Tables = [[1, 2, 3, 4, 5]],
                Start = [[3], [0], [7]],
                Drive = -1,
                Inlets = [],
                Visible = [0]
            },
        };
        return new CountedEngine(Tables(population)).Run(10_000);
    }

    [Fact]
    public void A_synaptic_event_and_a_spike()
    {
        (double few, double spikes) = FanOut(10);
        (double many, _) = FanOut(110);
        double arrival = (many - few) / (100 * spikes);
        Check(WorkKind.SynapticEvent, arrival);
        Check(WorkKind.Spike, (few / spikes) - (10 * arrival));
    }

    [Fact]
    public void An_update_at_a_computed_crossing()
    {
        // Neurons above threshold by their bias: each spike is one update and one spike without synapses.
        NetworkTables tables = Tables(
            Lif(50, UpdateKind.Event, equilibrium: 2 * Formats.MembraneOne));
        var engine = new CountedEngine(tables);
        double count = engine.Run(1_000_000);
        double updates = engine.Counter("NeuronUpdates");
        Assert.True(updates > 1000);
        Check(WorkKind.NeuronUpdate, (count / updates) - Ops(WorkKind.Spike));
    }

    [Fact]
    public void A_receptor_of_a_synapse_block_and_a_thyristor_neuron_whose_current_changes()
    {
        const int Steps = 1000;
        const int Size = 20;
        (double few, _) = Driven(Size, 1, Steps);
        (double receptors, _) = Driven(Size, 3, Steps);
        double receptor = (receptors - few) / (2 * Size * Steps);
        Check(WorkKind.ReceptorUpdate, receptor);
        (double many, CountedEngine engine) = Driven(2 * Size, 1, Steps);
        double spikes = (engine.Counter("Spikes") - 100) / 2.0;
        double crossings = engine.Counter("CountedCrossings") / 2.0;
        double updates = ((engine.Counter("LawOperations") / 2.0) - (crossings * CurrentModel.CrossingWork)) / Thyristor.PredictionWork;
        Assert.InRange(updates, Size * Steps, 1.3 * Size * Steps);
        double rest = spikes * (Ops(WorkKind.Spike) + CurrentModel.CrossingWork)
            + (Size * Steps * (receptor + Ops(WorkKind.ClockedUpdate))) + (100 * Size * Ops(WorkKind.SynapticEvent));
        Check(nameof(Thyristor), Thyristor.PredictionWork, (many - few - rest) / updates);
    }

    [Fact]
    public void A_thyristor_neuron_that_keeps_its_rhythm()
    {
        var engine = new CountedEngine(Tables(CircuitTables.Tonic(50)));
        double count = engine.Run(1_000_000);
        double crossings = engine.Counter("CountedCrossings");
        Assert.True(crossings > 1000);
        Assert.Equal(crossings, engine.Counter("NeuronUpdates"));
        Check("a crossing", CurrentModel.CrossingWork, (count / crossings) - Ops(WorkKind.Spike));
    }

    [Fact]
    public void A_spike_of_a_bursting_neuron()
    {
        var engine = new CountedEngine(Tables(CircuitTables.Bursting(50)));
        double count = engine.Run(200_000);
        double crossings = engine.Counter("CountedCrossings");
        Assert.True(crossings > 5000);
        Assert.Equal(
            ((crossings + 50) * Bursting.PredictionWork) + (crossings * CurrentModel.CrossingWork), engine.Counter("LawOperations"));
        Check(nameof(Bursting), Bursting.PredictionWork, (count / crossings) - Ops(WorkKind.Spike) - CurrentModel.CrossingWork);
    }

    [Fact]
    public void A_sample_of_a_streamed_converter()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var clock = new BenchClock(bench);
        var counter = new InstructionCounter(typeof(StreamedInput).Assembly);
        object detector = Activator.CreateInstance(counter.CopyOf(typeof(SampledDetector)), 900, 200, 1_000)!;
        object input = Activator.CreateInstance(counter.CopyOf(typeof(StreamedInput)), clock, 34, 40_000, detector)!;
        object queue = Activator.CreateInstance(counter.CopyOf(typeof(SpikeBuffer)), 16)!;
        long before = counter.Count;
        for (long now = 0; now < 1_000_000; now += 2_000)
        {
            bench.Clock.AdvanceTo(now);
            input.GetType().GetMethod("Poll")!.Invoke(input, [now, queue, 0]);
        }

        long samples = (long)input.GetType().GetProperty("Searched")!.GetValue(input)!;
        Assert.InRange(samples, 39_000, 40_100);
        Check(WorkKind.StreamedSample, (double)(counter.Count - before) / samples);
    }

    [Fact]
    public void A_frame_of_sound()
    {
        // Six bands of 300 Hz to 1.3 kHz at 8 kHz, blocks of 100 ms, noise at both ears.
        const int Rate = 8000;
        const int Block = 800;
        const int Bands = 6;
        int[] parameters = new int[HearingLayout.HeadLength + (Bands * HearingLayout.BandLength)];
        parameters[HearingLayout.BlockFrames] = Block;
        parameters[HearingLayout.SpikesPerBlock] = 16;
        parameters[HearingLayout.Floor] = 100;
        parameters[HearingLayout.OnsetRatio] = 4;
        parameters[HearingLayout.QuietBlocks] = 2;
        parameters[HearingLayout.LongestSound] = 50;
        parameters[HearingLayout.Bands] = Bands;
        parameters[HearingLayout.HeardFrames] = Block;
        parameters[HearingLayout.HeardEvery] = 1;
        parameters[HearingLayout.AnswerEvery] = 1;
        parameters[HearingLayout.LastingSpikes] = 16;
        for (int band = 0; band < Bands; band++)
        {
            int at = HearingLayout.HeadLength + (band * HearingLayout.BandLength);
            double frequency = 300 + (200 * band);
            int pole = (int)Math.Round(2 * 0.95 * Math.Cos(2 * Math.PI * frequency / Rate) * 128);
            parameters[at + HearingLayout.FirstPole] = pole;
            parameters[at + HearingLayout.SecondPole] = pole;
            parameters[at + HearingLayout.Radius] = (int)Math.Round(0.95 * 0.95 * 128);
            parameters[at + HearingLayout.Shift] = 4;
            parameters[at + HearingLayout.ShortestInterval] = (int)(0.7 * Rate / frequency);
            parameters[at + HearingLayout.LongestInterval] = (int)(1.4 * Rate / frequency);
        }

        var counter = new InstructionCounter(typeof(HearingTable).Assembly, typeof(FrontEnd).Assembly);
        object table = Activator.CreateInstance(counter.CopyOf(typeof(HearingTable)))!;
        table.GetType().GetField("SampleRate")!.SetValue(table, Rate);
        table.GetType().GetField("Parameters")!.SetValue(table, parameters);
        object frontEnd = Activator.CreateInstance(counter.CopyOf(typeof(FrontEnd)), table)!;
        var random = new Random(1);
        short[] left = Enumerable.Range(0, Block).Select(_ => (short)random.Next(-8000, 8000)).ToArray();
        short[] right = Enumerable.Range(0, Block).Select(_ => (short)random.Next(-8000, 8000)).ToArray();
        (double silent, int none) = Hear(counter, frontEnd, new short[Block], new short[Block]);
        Assert.Equal(0, none);
        Assert.Equal(0L, BandSamples(frontEnd));
        (double loud, int spikes) = Hear(counter, frontEnd, left, right);
        Assert.True(spikes > Bands);
        Assert.Equal(10L * Block * 2 * Bands, BandSamples(frontEnd));

        // Taking a frame out of the driver's bytes is another 44 instructions (I2sMicrophonePair.Read).
        Check(WorkKind.AudioFrame, (silent / (10 * Block)) + 44);
        Check(WorkKind.BandSample, (loud - silent) / BandSamples(frontEnd));
    }

    private static long BandSamples(object frontEnd) => (long)frontEnd.GetType().GetProperty("BandSamples")!.GetValue(frontEnd)!;

    private static (double Count, int Spikes) Hear(InstructionCounter counter, object frontEnd, short[] left, short[] right)
    {
        long before = counter.Count;
        int spikes = 0;
        for (int block = 0; block < 10; block++)
        {
            frontEnd.GetType().GetMethod("Feed")!.Invoke(frontEnd, [left, right, 0, left.Length]);
            spikes += (int)frontEnd.GetType().GetMethod("EndBlock")!.Invoke(frontEnd, null)!;
        }

        return (counter.Count - before, spikes);
    }

    [Fact]
    public void A_byte_of_a_frame()
    {
        var counter = new InstructionCounter(typeof(Core.Integrity.Crc32).Assembly, typeof(FrameEncoder).Assembly);
        object encoder = Activator.CreateInstance(counter.CopyOf(typeof(FrameEncoder)))!;
        object decoder = Activator.CreateInstance(counter.CopyOf(typeof(FrameDecoder)))!;
        byte[] body = Enumerable.Range(0, 180).Select(k => (byte)(k % 23)).ToArray();
        long before = counter.Count;
        long bytes = 0;
        for (int frame = 0; frame < 100; frame++)
        {
            Assert.Equal(true, encoder.GetType().GetMethod("Encode")!.Invoke(encoder, [1, frame, body, 0, body.Length]));
            int length = (int)encoder.GetType().GetProperty("WireLength")!.GetValue(encoder)!;
            object wire = encoder.GetType().GetProperty("Wire")!.GetValue(encoder)!;
            decoder.GetType().GetMethod("Feed")!.Invoke(decoder, [wire, 0, length]);
            bytes += 2 * length;
        }

        Assert.Equal(100, (int)decoder.GetType().GetProperty("Frames")!.GetValue(decoder)!);
        Check(WorkKind.FrameByte, (double)(counter.Count - before) / bytes);
    }

    [Fact]
    public void A_frame_of_two_spikes()
    {
        var counter = new InstructionCounter(typeof(Core.Integrity.Crc32).Assembly, typeof(FrameEncoder).Assembly);
        object encoder = Activator.CreateInstance(counter.CopyOf(typeof(FrameEncoder)))!;
        object batch = Activator.CreateInstance(counter.CopyOf(typeof(SpikeBatchWriter)))!;
        long before = counter.Count;
        long bytes = 0;
        for (int frame = 0; frame < 100; frame++)
        {
            object body = encoder.GetType().GetMethod("Begin")!.Invoke(encoder, [MessageType.Spikes, frame])!;
            long time = 1_000_000 + (8_000L * frame);
            batch.GetType().GetMethod("Begin")!.Invoke(batch, [body, 1, (uint)(2 * frame), 0u, time]);
            Assert.Equal(true, batch.GetType().GetMethod("Add")!.Invoke(batch, [0, time]));
            Assert.Equal(true, batch.GetType().GetMethod("Add")!.Invoke(batch, [1, time + 3_500]));
            Assert.Equal(true, encoder.GetType().GetMethod("End")!.Invoke(encoder, null));
            bytes += (int)encoder.GetType().GetProperty("WireLength")!.GetValue(encoder)!;
        }

        Check(WorkKind.Frame, (counter.Count - before - (bytes * Ops(WorkKind.FrameByte))) / 100);
    }

    private static (double Count, double Steps) Clocked(int size)
    {
        var engine = new CountedEngine(Tables(Lif(size, UpdateKind.Clocked, 0)));
        double count = engine.Run(100_000);
        Assert.Equal(1000, engine.Counter("ClockedSteps"));
        Assert.Equal(1000L * size, engine.Counter("ClockedUpdates"));
        return (count, 1000);
    }

    // A source, a spike each 10 ms, onto one receptor of every neuron.
    private static (double Count, CountedEngine Engine) Driven(int size, int receptors, int steps)
    {
        NetworkTables tables = Tables(new PopulationTable { Model = new SourceModel(), Size = 1 }, CircuitTables.Driven(size, receptors));
        tables.Step = 1000;
        tables.Projections = [CircuitTables.ToAll(size)];
        tables.SpikeTimes = [.. Enumerable.Range(0, 100).Select(k => 500 + (10_000 * k))];
        tables.SpikeSources = new short[100];
        var engine = new CountedEngine(tables);
        double count = engine.Run(1000L * steps);
        Assert.InRange(engine.Counter("ReceptorUpdates"), (steps - 2L) * size * receptors, (long)steps * size * receptors);
        return (count, engine);
    }

    private static (double Count, double Spikes) FanOut(int size)
    {
        // One source, a spike each ms, to 'size' neurons with a delay of their own each: every arrival is an event in the queue.
        NetworkTables tables = Tables(new PopulationTable { Model = new SourceModel(), Size = 1 }, Lif(size, UpdateKind.Event, 0));
        tables.Projections =
        [
            new ProjectionTable
            {
                Source = 0,
                Target = 1,
                WeightScale = 1000,
                RowStart = [0, size],
                Synapses = Enumerable.Range(0, size).Select(k => (((3 * k) + 1) << Formats.TargetBits) | k).ToArray(),
                Weights = Enumerable.Repeat((short)100, size).ToArray(),
            },
        ];
        tables.SpikeTimes = Enumerable.Range(1, 200).Select(k => 1000 * k).ToArray();
        tables.SpikeSources = new short[200];
        var engine = new CountedEngine(tables);
        double count = engine.Run(250_000);
        Assert.Equal(200, engine.Counter("Spikes"));
        Assert.Equal(200L * size, engine.Counter("SynapticEvents"));
        return (count, 200);
    }

    private void Check(WorkKind kind, double counted) => Check($"{kind} in 'work' of Costs/Profiles/*.yaml", Ops(kind), counted);

    private void Check(string what, double charged, double counted)
    {
        _output.WriteLine(FormattableString.Invariant($"{what}: charged {charged:F0} instructions, counted {counted:F1}"));
        Assert.True(
            charged >= counted * (1 - Tolerance) && charged <= counted * (1 + Tolerance),
            FormattableString.Invariant(
                $"{charged:F0} instructions are charged, {counted:F0} are executed: correct {what}"));
    }

    private static double Ops(WorkKind kind) => s_profile.Of(kind) / 800.0;

    private static NetworkTables Tables(params PopulationTable[] populations) => new()
    {
        Step = 100,
        QueueCapacity = 64,
        SpikeCapacity = 64,
        Populations = populations,
        Projections = [],
        SpikeTimes = [],
        SpikeSources = [],
        PoissonSources = [],
        Drives = [],
        Traces = [],
        Readouts = [],
        Hearing = [],
        Outputs = [],
        Symbols = [],
    };

    private static PopulationTable Lif(int size, int update, int equilibrium) => new()
    {
        Model = new Lif(),
        Update = update,
        Size = size,

        // 20 ms: log2(e) · 2^40 / 20 000, and exp(−0.1 / 20) in Q0.31.
        Parameters = [[Formats.MembraneOne], [0], [equilibrium], [-Formats.MembraneOne], [0], [0], [ResetKind.Value], [79_312_999],
            [2_136_773_029]],
    };
}
