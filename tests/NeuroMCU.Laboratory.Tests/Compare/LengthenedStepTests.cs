// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>A device that cannot keep its step and lengthens it computes what a network compiled with that step does.</summary>
public sealed class LengthenedStepTests
{
    private const int Until = 200_000;

    [Theory]
    [InlineData(250, 1)]
    [InlineData(250, 4)]
    [InlineData(1000, 2)]
    [InlineData(100, 6)]
    public void Currents_are_those_of_a_longer_step(int step, int doublings)
    {
        (long Time, double Microamperes)[] lengthened = Currents(step, doublings, 0);
        (long Time, double Microamperes)[] compiled = Currents(step << doublings, 0, 0);
        Assert.Equal(compiled.Length, lengthened.Length);
        double largest = 0;
        for (int i = 0; i < compiled.Length; i++)
        {
            Assert.Equal(compiled[i].Time, lengthened[i].Time);
            Assert.InRange(lengthened[i].Microamperes - compiled[i].Microamperes, -1e-3, 1e-3);
            largest = Math.Max(largest, compiled[i].Microamperes);
        }

        Assert.True(largest > 2, $"the inputs raise the current by {largest} uA");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_current_decays_as_before_when_the_step_is_lengthened_in_between(int doublings)
    {
        // The last input is at 101 ms: from 150 ms on the current falls with its 20 ms, whatever the step.
        (long Time, double Microamperes)[] changed = Currents(250, doublings, 120_000);
        (long Time, double Microamperes)[] kept = Currents(250, 0, 0);
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i].Time % (250 << doublings) == 0)
            {
                Assert.InRange(changed[i].Microamperes - kept[i].Microamperes, -1e-3, 1e-3);
            }
        }
    }

    [Fact]
    public void A_step_is_doubled_six_times_at_most_and_restored()
    {
        NetworkEngine engine = Engine(Compiled(100));
        for (int i = 0; i < NetworkEngine.MaxLengthening; i++)
        {
            Assert.True(engine.LengthenStep());
        }

        Assert.False(engine.LengthenStep());
        Assert.Equal(6400, engine.Step);
        engine.RestoreStep();
        Assert.Equal(100, engine.Step);
    }

    private static (long Time, double Microamperes)[] Currents(int step, int doublings, int from)
    {
        CompiledNetwork compiled = Compiled(step);
        NetworkEngine engine = Engine(compiled);
        engine.Advance(from, int.MaxValue);
        for (int i = 0; i < doublings; i++)
        {
            Assert.True(engine.LengthenStep());
        }

        engine.Advance(Until, int.MaxValue);
        List<(long Time, double Microamperes)> found = [];
        for (int i = 0; i < engine.Traces.Count; i++)
        {
            found.Add((engine.Traces.TimeAt(i), NeuroMCU.Devices.Recording.TraceValues.Of(compiled.Tables.Traces[0],
                compiled.Symbols.Populations[1], engine.Traces.ValueAt(i))));
        }

        return [.. found];
    }

    private static NetworkEngine Engine(CompiledNetwork network)
        => new(ImageReader.Read(network.Image, 0, network.Image.Length, ModelList.All));

    private static CompiledNetwork Compiled(int step) => NetworkCompiler.Compile(NetworkTexts.Parse($$"""
        neuromcu: 1
        board: thyristor-starter
        duration: 200 ms
        step: {{step}} us
        populations:
          s: {model: input, size: 3}
          n: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 0 uA, receptors: {ampa: {tau: 20 ms}, gaba_b: {tau: 30 ms} } }
        projections:
          - {from: s, to: n, connect: all-to-all, receptor: ampa, weight: 60 nC, delay: 0 ms}
        inputs:
          - {to: s, spikes: [[0, 3.3 ms], [1, 7.9 ms], [2, 8 ms], [0, 32.05 ms], [1, 64 ms], [2, 101 ms]]}
        record:
          traces:
            - {population: n, every: 6.4 ms, quantity: current}
        """));
}
