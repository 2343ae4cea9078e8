// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Models;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// Published firing patterns of the shipped models, on the device's arithmetic. AdEx: parameters of Naud et al. 2008 as in Brian2's
/// documentation; numbers of spikes and intervals of an own run with Euler steps of 0.1 ms and one with Runge-Kutta steps of 5 µs.
/// </summary>
public sealed class PatternTests
{
    private const string OneCurrent = """
        neuromcu-model: 1
        name: one-current
        parameters: {tau: 20 ms, tau_s: 5 ms}
        inputs: {I: {unit: mV, range: [-200 mV, 200 mV]}}
        state:
          v: {start: -60 mV, range: [-150 mV, -50 mV]}
          g: {start: 0 mV, range: [-300 mV, 300 mV]}
        equations: |
          dv/dt = (-49 mV - v + g + I)/tau
          dg/dt = -g/tau_s
        spike:
          when: v >= -50 mV
          then: |
            v = -60 mV
        refractory: 5 ms
        """;

    // Spikes in 600 ms with Euler steps and with fine ones, first spike, intervals of the fine run (5 % and half a millisecond).
    [Theory]
    [InlineData("tonic", 60, 62, 14.2, new[] { 8.9, 9.1, 9.2, 9.3, 9.4, 9.4 }, 9.6)]
    [InlineData("adaptation", 12, 12, 14.9, new[] { 11.3, 14.4, 19.6, 29.4, 47.7, 67.7 }, 75.9)]
    [InlineData("regular-bursting", 11, 11, 16.2, new[] { 2.9, 5.1, 131.8, 5.4, 133.2, 5.4 }, 0)]
    [InlineData("delayed-accelerating", 45, 46, 33.6, new[] { 20.6, 19.1, 17.9, 17.0, 16.3, 15.7 }, 10.3)]
    [InlineData("transient", 1, 1, 30.3, new double[0], 0)]
    [InlineData("irregular", 33, 33, 15.7, new[] { 3.4, 4.5, 6.7 }, 0)]
    public void Adex_fires_in_its_pattern(string preset, int euler, int fine, double first, double[] intervals, double last)
    {
        double[] spikes = Compiled.Spikes(Compiled.Of("model: adex, size: 1, preset: " + preset, 600));
        Assert.InRange(spikes.Length, Math.Min(euler, fine), Math.Max(euler, fine));
        Assert.InRange(spikes[0], first - 0.5, first + 0.5);
        double[] found = [.. spikes.Zip(spikes.Skip(1), (a, b) => b - a)];
        for (int i = 0; i < intervals.Length; i++)
        {
            Assert.InRange(found[i], (0.95 * intervals[i]) - 0.5, (1.05 * intervals[i]) + 0.5);
        }

        if (last > 0)
        {
            Assert.InRange(found[^1], 0.95 * last, 1.05 * last);
        }
    }

    // Brette and Gerstner's cell for 500 ms: one spike, nine, thirty-three.
    [Theory]
    [InlineData(600, 1, 49.45)]
    [InlineData(800, 9, 17.73)]
    [InlineData(1500, 33, 6.67)]
    public void The_cell_of_Brette_and_Gerstner_adapts(int current, int count, double first)
    {
        double[] spikes = Compiled.Spikes(Compiled.Of("model: adex, size: 1, preset: brette-gerstner, I: " + current + " pA", 500));
        Assert.InRange(spikes.Length, count - 1, count + 1);
        Assert.InRange(spikes[0], (0.98 * first) - 0.3, (1.02 * first) + 0.3);
    }

    // Izhikevich 2003, figure 2: constant input of 10 for 1 s.
    [Fact]
    public void Izhikevich_neurons_behave_as_named()
    {
        double[] regular = Intervals("regular-spiking");
        Assert.True(regular[^1] > 1.5 * regular[0], "regular spiking adapts");
        double[] bursting = Intervals("intrinsically-bursting");
        Assert.True(bursting[0] < 10 && bursting[^1] > 2 * bursting[0], "a burst at first, then single spikes");
        double[] chattering = Intervals("chattering");
        Assert.True(chattering.Count(i => i < 6) > 2 * chattering.Count(i => i > 15), "bursts of closely spaced spikes");
        Assert.Contains(chattering, i => i > 15);
        double[] fast = Intervals("fast-spiking");
        Assert.True(fast[^1] < 1.2 * fast[5] && fast.Average() < 0.5 * regular.Skip(2).Average(), "fast, without adaptation");
    }

    // Quadratic integrate-and-fire between −∞ and ∞ has the period τ π/√(R I/(V_c − V_rest) − 1/4); reset and peak are finite here and
    // cost the two ends.
    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(400)]
    public void The_quadratic_neuron_has_the_period_of_its_closed_form(double current)
    {
        double[] spikes = Compiled.Spikes(Compiled.Of(FormattableString.Invariant($"model: quadratic-if, size: 1, I: {current} pA"), 2000));
        double period = (spikes[^1] - spikes[1]) / (spikes.Length - 2);

        // With x = (v − middle)/distance: τ dx/dt = x² + k, so that t = τ/√k·(atan(x_peak/√k) − atan(x_reset/√k)).
        const double Distance = 15;
        double k = (100 * current * 1e-3 / Distance) - 0.25;
        double root = Math.Sqrt(k);
        double exact = 20 / root * (Math.Atan((20 + 57.5) / Distance / root) - Math.Atan((-70 + 57.5) / Distance / root));
        Assert.InRange(period, 0.985 * exact, 1.015 * exact + 0.1);
    }

    [Theory]
    [InlineData("adex", "tonic")]
    [InlineData("adex", "adaptation")]
    [InlineData("adex", "initial-burst")]
    [InlineData("adex", "regular-bursting")]
    [InlineData("adex", "delayed-accelerating")]
    [InlineData("izhikevich", "regular-spiking")]
    [InlineData("izhikevich", "intrinsically-bursting")]
    [InlineData("izhikevich", "chattering")]
    [InlineData("izhikevich", "resonator")]
    [InlineData("quadratic-if", "tonic")]
    [InlineData("fitzhugh-nagumo", "firing")]
    public void Double_precision_that_follows_hardly_slips(string model, string preset)
    {
        ModelCheckResult result = ModelCheck.Run(model, preset, 100, 3_000_000);
        Assert.True(result.SpikesFixed > 20);
        Assert.True(result.SlipsPerSpike <= 2e-3, FormattableString.Invariant($"{result.Slips} slips in {result.SpikesFixed} spikes"));
        Assert.Equal(result.SpikesDouble, result.SpikesFixed);
        Assert.All(result.Errors, e => Assert.InRange(e.RootMeanSquare, 0, 1e-3));
        Assert.Empty(result.Clipped);
    }

    // These two tear neighbours apart from spike to spike, so that even double precision rounded to the device's units slips: the device
    // may not slip more than that.
    [Theory]
    [InlineData("fast-spiking")]
    [InlineData("thalamo-cortical")]
    public void Where_neighbours_part_the_device_slips_as_rounding_alone_does(string preset)
    {
        ModelCheckResult result = ModelCheck.Run("izhikevich", preset, 100, 10_000_000);
        Assert.True(result.SlipsOfRoundingPerSpike > 2e-3);
        Assert.InRange(result.SlipsPerSpike, 0.5 * result.SlipsOfRoundingPerSpike, 1.5 * result.SlipsOfRoundingPerSpike);
        Assert.InRange(result.SpikesFixed, 0.998 * result.SpikesDouble, 1.002 * result.SpikesDouble);
    }

    // Two ways of firing stand side by side: which one a run ends in is decided by a millionth of the range at the start.
    [Fact]
    public void The_tonic_pyramidal_cell_fires_within_what_its_neighbours_do()
    {
        ModelCheckResult result = ModelCheck.Run("pinsky-rinzel", "tonic", 20, 3_000_000);
        (long least, long most) = result.Neighbours!.Value;
        Assert.True(most > 1.05 * least, $"{least} to {most}");
        Assert.InRange(result.SpikesFixed, least - 3, most + 3);
    }

    [Theory]
    [InlineData("adex", 5.3)]
    [InlineData("izhikevich", 4.5)]
    [InlineData("quadratic-if", 3)]
    [InlineData("cuba-lif", 4.2)]
    [InlineData("morris-lecar", 8.5)]
    [InlineData("ionic-slit", 12)]
    [InlineData("hodgkin-huxley", 19)]
    [InlineData("pinsky-rinzel", 34)]
    [InlineData(OneCurrent, 3)]
    public void Models_keep_to_their_cost(string model, double most)
    {
        // An update of the leanest loop by hand takes 33 instructions.
        const double Lean = 33;
        string name = model == OneCurrent ? Compiled.File(model) : model;
        string preset = ModelCheck.PresetsOf(name).FirstOrDefault(string.Empty);
        EquationProgram program = ModelCheck.Run(name, preset, ModelCheck.StepOf(name), 1000).Program;
        Assert.InRange(program.Work / Lean, 1, most);
        Assert.InRange(program.Tables.Sum(t => 4 * t.Entries), 0, 20480);
    }

    [Fact]
    public void A_population_of_a_shipped_preset_fits_four_kilobytes()
        => Assert.InRange(ModelCheck.Run("adex", "tonic", 100, 1000).HeapOf32, 1000, 4096);

    private static double[] Intervals(string preset)
    {
        double[] spikes = Compiled.Spikes(Compiled.Of("model: izhikevich, size: 1, preset: " + preset, 1000));
        return [.. spikes.Zip(spikes.Skip(1), (a, b) => b - a)];
    }

    // A dendrite that only leaks answers a spike with g·tau·(E − v)/((1 − p)·g_L) below its voltage; slow synapses are
    // mostly shut at −60 mV.
    [Fact]
    public void Synapses_of_the_two_compartment_cell_open_as_published()
    {
        const string Off = "0 mS/cm^2";
        CompiledNetwork network = Compiled.Of(
            $"model: pinsky-rinzel, size: 2, g_Na: {Off}, g_KDR: {Off}, g_Ca: {Off}, g_KAHP: {Off}, g_KC: {Off}, g_c: {Off}, "
                + $"g_AMPA: [0.001 mS/cm^2, {Off}], g_NMDA: [{Off}, 0.0005 mS/cm^2]",
            2000,
            """
            projections:
              - {from: source, to: cells, connect: all-to-all, weight: 1, delay: 1 ms, receptor: W}
              - {from: source, to: cells, connect: all-to-all, weight: 1, delay: 1 ms, receptor: S}
            inputs:
              - {to: source, spikes: [[0, 100 ms]]}
            record: {traces: [{population: cells, every: 100 us, quantity: v_d}]}

            """);
        double[] areas = [.. EngineRun.Run(network, network.Network.Duration).Traces.Select(t => t.Values.Sum(v => v + 60) * 0.1)];
        double open = 1 / (1 + (0.28 * Math.Exp(0.062 * 60)));
        Assert.Equal(0.001 * 2 * 60 / (0.5 * 0.1), areas[0], 0.06);
        Assert.Equal(0.0005 * 150 * open * 60 / (0.5 * 0.1), areas[1], 0.15);
    }
}
