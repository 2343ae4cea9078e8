// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>
/// Engine and reference on small random networks full of corner cases: delays of 0, simultaneous arrivals, no refractory period, drive
/// above threshold, both reset rules, floors. Two programs that were written apart must tell the same story.
/// </summary>
public sealed class EngineAgreementTests
{
    [Fact]
    public void Both_engines_fire_the_same_spikes_in_corner_cases()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(100);
        int spikes = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => { spikes += Agree(seed); }).Check(config);
        Assert.True(spikes > 20 * config.MaxTest, $"only {spikes} spikes: the networks are too quiet to tell anything");
    }

    private static int Agree(int seed)
    {
        string text = RandomNetwork(new Random(seed));
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse(text));
        RunRecording reference = new ReferenceSimulator(network.Network, network.Schemes).Run(network.Network.Duration);
        RunRecording engine = EngineRun.Run(network, network.Network.Duration);
        RunComparison result = RunComparison.Of(network, reference, engine);

        // A crossing may round to the neighbouring microsecond or step; beyond that the two may not differ in so short a run. Values are
        // chosen off the grid, so that no sum equals a threshold by construction.
        bool same = result.SpikesDevice == result.SpikesReference && result.Matched100Us.Equals(1.0);
        Assert.True(same, string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: reference {result.SpikesReference}, engine {result.SpikesDevice}, {result.Matched100Us:P1} within 100 us, "
            + $"of\n{text}"));
        return result.SpikesReference;
    }

    private static string RandomNetwork(Random random)
    {
        bool instant = random.Next(3) == 0;
        StringBuilder text = new("neuromcu: 1\nstep: 0.1 ms\nduration: 60 ms\npopulations:\n  stim: {model: input, size: 4}\n");
        string[] kinds = ["update: event", "update: clocked", "synapse: exponential, tau_excitatory: 3.1 ms, tau_inhibitory: 7.3 ms"];
        for (int p = 0; p < 3; p++)
        {
            string refractory = !instant && random.Next(3) == 0 ? "0 ms" : Number(0.1 + (random.NextDouble() * 3)) + " ms";
            text.Append(CultureInfo.InvariantCulture,
                $"  p{p}: {{model: lif, size: 3, {kinds[random.Next(3)]}, tau: {Number(0.5 + (random.NextDouble() * 20))} ms, ");
            text.Append(CultureInfo.InvariantCulture,
                $"threshold: {Number(0.8 + random.NextDouble())}, reset: {Number(-0.3 + (random.NextDouble() * 0.5))}, ");
            text.Append(CultureInfo.InvariantCulture,
                $"reset_by: {(random.Next(2) == 0 ? "value" : "subtraction")}, refractory: {refractory}, ");
            text.Append(CultureInfo.InvariantCulture,
                $"bias: {Number(random.Next(3) == 0 ? 1 + random.NextDouble() : random.NextDouble() * 0.5)}, floor: "
                + $"{Number(-0.9 - random.NextDouble())}}}\n");
        }

        text.Append("projections:\n");
        for (int p = 0; p < 3; p++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: stim, to: p{p}, connect: all-to-all, weight: {Number(0.2 + random.NextDouble())}, delay: "
                + $"{Delay(random)}}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: p{p}, to: p{(p + 1) % 3}, connect: all-to-all, weight: {Number((random.NextDouble() - 0.5) * 0.7)}, "
                + $"delay: {(instant && random.Next(2) == 0 ? 0 : random.Next(1, 4000))} us}}\n");
        }

        text.Append("inputs:\n  - to: stim\n    spikes: [");
        text.AppendJoin(", ", Enumerable.Range(0, 20)
            .Select(_ => string.Create(CultureInfo.InvariantCulture, $"[{random.Next(4)}, {random.Next(60)} ms]")));
        text.Append(CultureInfo.InvariantCulture,
            $"]\n  - {{to: p0, dc: {{amplitude: {Number(random.NextDouble())}, start: 20 ms, stop: 40 ms}}}}\n");
        return text.ToString();
    }

    private static string Delay(Random random)
    {
        return random.Next(3) == 0 ? "0 ms" : random.Next(3000).ToString(CultureInfo.InvariantCulture) + " us";
    }

    private static string Number(double value)
    {
        return value.ToString("F6", CultureInfo.InvariantCulture);
    }
}
