// NeuroMCU, MIT licence. See LICENSE in the repository root.


using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>What rules are for happens, by closed forms and by what the literature says of them.</summary>
public sealed class LearningPhysicsTests
{
    private const double Unit = 2.0 / 16384;

    // A pair of Song, Miller and Abbott: A+ exp(-d/tau+) where the arrival comes first, -A- exp(d/tau-) where the spike does.
    [Theory]
    [InlineData(-80)]
    [InlineData(-25)]
    [InlineData(-5)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(80)]
    public void A_pair_of_spikes_changes_a_weight_by_the_window(int distance)
    {
        // The arrival is at 200 ms, the cell fires the distance later.
        Learned run = Pair("{rule: stdp, A_plus: 0.2, A_minus: 0.3, tau_plus: 17 ms, tau_minus: 34 ms}", [(0, 199)], [199 + distance], 0.5);

        double wanted = distance > 0 ? 0.2 * Math.Exp(-distance / 17.0) : -0.3 * Math.Exp(distance / 34.0);
        Assert.InRange(run.Weights(1)[0] - 0.5 - wanted, -Unit, Unit);
    }

    // Pfister and Gerstner: with A2+ = 0 a pair alone does not potentiate, and a triplet post-pre-post does.
    [Fact]
    public void A_triplet_changes_a_weight_by_both_traces()
    {
        const string Rule = "{rule: triplet-stdp, A3_plus: 0.3, A2_minus: 0.1}";
        Learned pair = Pair(Rule, [(0, 199)], [209], 0.5);
        Learned triplet = Pair(Rule, [(0, 199)], [189, 209], 0.5);

        Assert.InRange(pair.Weights(1)[0] - 0.5, -Unit, Unit);
        double wanted = (-0.1 * Math.Exp(-10 / 33.7)) + (Math.Exp(-10 / 16.8) * 0.3 * Math.Exp(-20 / 114.0));
        Assert.InRange(triplet.Weights(1)[0] - 0.5 - wanted, -Unit, Unit);
    }

    // Tsodyks and Markram: u and R of a train of one interval in the long run.
    [Theory]
    [InlineData("depressing", 0.5, 10, 800, 50)]
    [InlineData("depressing", 0.5, 10, 800, 200)]
    [InlineData("facilitating", 0.05, 1000, 100, 50)]
    [InlineData("facilitating", 0.05, 1000, 100, 20)]
    public void A_train_brings_a_synapse_to_the_steady_state_of_the_closed_form(string preset, double share, double facil, double rec,
        int interval)
    {
        string train = string.Join(", ", Enumerable.Range(1, 9000 / interval).Select(k => FormattableString.Invariant($"[0, {k * interval} ms]")));
        Learned run = Learned.Of(
            $$$"""
            step: 100 us
            populations:
              train: {model: input, size: 1}
              cell: {model: lif, size: 1, tau: 1 ms, threshold: 1}
            projections:
              - {from: train, to: cell, connect: all-to-all, weight: 0.9, weight_limit: 0.9, delay: 1 ms, learning: {rule: short-term, preset: {{{preset}}}}}
            inputs:
              - {to: train, spikes: [{{{train}}}]}
            """,
            (9000 / interval * interval) + 1);

        double f = Math.Exp(-interval / facil);
        double d = Math.Exp(-interval / rec);
        double use = share / (1 - ((1 - share) * f));
        double rest = (1 - d) / (1 - ((1 - use) * d));
        int last = run.Engine.ReadMembrane(1);
        Assert.InRange(last / (double)(1 << 24) / (0.9 * use * rest), 0.999, 1.001);
        Assert.Equal(1, run.Weights(0)[0], 3);
    }

    // Section 12 of the experiment: 10 Hz leaves the weight, 25 Hz raises it, 2 Hz lowers it.
    [Theory]
    [InlineData(10, 0)]
    [InlineData(25, 1)]
    [InlineData(2, -1)]
    public void The_rate_of_arrivals_decides(int rate, int sign)
    {
        (int, int)[] arrivals = [.. Enumerable.Range(0, rate * 6).Select(k => (0, 20 + (k * 1000 / rate)))];
        int[] spikes = [.. Enumerable.Range(0, 30).Select(k => 2003 + (100 * k))];
        double weight = Pair("rate-rule", arrivals, spikes, 0.5).Weights(1)[0];

        double wanted = sign == 0 ? 0.5 : sign > 0 ? 1 - (0.5 * Math.Pow(0.97, 30)) : 0.5 * Math.Pow(0.95, 30);
        Assert.InRange(weight - wanted, -Unit, Unit);
    }

    // Marks without a reward change nothing; with one, what they are worth by then.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_reward_turns_marks_into_weights(bool rewarded)
    {
        string reward = rewarded ? "[[0, 700 ms]]" : "[]";
        Learned run = Pair("{rule: reward-stdp, modulator: reward, A_plus: 0.2, tau_e: 400 ms}", [(0, 199)], [209], 0.5, reward);

        double wanted = rewarded ? 0.2 * Math.Exp(-10 / 20.0) * Math.Exp(-490 / 400.0) : 0;
        Assert.InRange(run.Weights(1)[0] - 0.5 - wanted, -Unit, Unit);
    }

    // Izhikevich: a mark e and dopamine d that decay together move the weight by the integral of their product from the reward on.
    [Theory]
    [InlineData(300)]
    [InlineData(700)]
    [InlineData(900)]
    public void A_reward_pays_while_its_dopamine_lasts(int reward)
    {
        const string Rule = "{rule: dopamine-stdp, modulator: reward, A_plus: 0.2, tau_e: 400 ms, tau_d: 150 ms, every: 2 ms}";
        Learned run = Pair(Rule, [(0, 199)], [209], 0.4, FormattableString.Invariant($"[[0, {reward} ms]]"), 3000);

        double mark = 0.2 * Math.Exp(-10 / 20.0) * Math.Exp(-(reward - 210) / 400.0);
        double wanted = 6 * mark / ((1 / 0.4) + (1 / 0.15));
        Assert.InRange((run.Weights(1)[0] - 0.4) / wanted, 0.99, 1.01);

        // Half a time constant after the reward part of it is still to come.
        Learned early = Pair(Rule, [(0, 199)], [209], 0.4, FormattableString.Invariant($"[[0, {reward} ms]]"), reward + 75);
        double part = 1 - Math.Exp(-0.075 * ((1 / 0.4) + (1 / 0.15)));
        Assert.InRange((early.Weights(1)[0] - 0.4) / wanted / part, 0.97, 1.03);
    }

    // A trace that nobody looked at for many half-lives, beyond the numbers that they are counted with, has gone.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Silence_leaves_nothing_of_a_trace(int interval)
    {
        string delays = "{uniform: [1 ms, 3 ms]}";
        Learned run = Learned.Of(
            $$$"""
            seed: 3
            populations:
              early: {model: input, size: 1}
              late: {model: input, size: 1}
              cells: {model: lif, size: 5, tau: 5 ms, threshold: 1}
            projections:
              - {from: late, to: cells, connect: all-to-all, weight: 3, delay: 1 ms}
              - {from: early, to: cells, connect: all-to-all, weight: 0.5, weight_limit: 1, delay: {{{delays}}}, learning: {rule: stdp, tau_plus: 1 ms, tau_minus: 1 ms, A_plus: 1, A_minus: 1}}
            inputs:
              - {to: early, spikes: [[0, 5 ms]]}
              - {to: late, spikes: [[0, {{{interval}}} s], [0, 30 s]]}
            """,
            31000);

        Assert.All(run.Weights(1), w => Assert.InRange(w, 0.5 - Unit, 0.5 + Unit));
    }

    [Fact]
    public void Multiplicative_pairs_stay_off_the_ends_where_additive_ones_meet_them()
    {
        const string Trains = """
            populations:
              inputs: {model: input, size: 30}
              teachers: {model: input, size: 1}
              cell: {model: lif, size: 1, tau: 10 ms, threshold: 1}
            projections:
              - {from: teachers, to: cell, connect: all-to-all, weight: 3, delay: 1 ms}
              - {from: inputs, to: cell, connect: all-to-all, weight: {uniform: [0, 0.01]}, weight_limit: 0.01, delay: 1 ms, learning: RULE}
            inputs:
              - {to: inputs, poisson: {rate: 30 Hz}}
              - {to: teachers, poisson: {rate: 30 Hz}}
            """;
        double[] additive = Learned.Of(Trains.Replace("RULE", "{rule: stdp, A_plus: 0.05, A_minus: 0.05}", StringComparison.Ordinal), 20000).Weights(1);
        double[] multiplicative =
            Learned.Of(Trains.Replace("RULE", "{rule: weight-dependent-stdp, lambda: 0.05}", StringComparison.Ordinal), 20000).Weights(1);

        Assert.True(additive.Max() - additive.Min() > 2 * (multiplicative.Max() - multiplicative.Min()));
        Assert.All(multiplicative, w => Assert.InRange(w, 0.1, 0.9));
    }

    [Fact]
    public void Scaling_brings_loud_and_quiet_cells_to_their_rate()
    {
        Learned run = Learned.Of(
            """
            populations:
              inputs: {model: input, size: 20}
              cells: {model: lif, size: 2, tau: 20 ms, threshold: 1}
            projections:
              - {from: inputs, to: cells, connect: all-to-all, weight: [0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06, 0.35, 0.06], weight_limit: 0.5, delay: 1 ms, learning: {rule: homeostatic, every: 200 ms}}
            inputs:
              - {to: inputs, poisson: {rate: 20 Hz}}
            """,
            60000);
        for (int cell = 20; cell < 22; cell++)
        {
            int late = Enumerable.Range(0, run.Spikes.Count).Count(i => run.Spikes.Neurons[i] == cell && run.Spikes.Times[i] > 40_000_000);
            Assert.InRange(late / 20.0, 7, 13);
        }
    }

    [Fact]
    public void Frozen_weights_stay_and_released_ones_learn()
    {
        Learned frozen = Pair("stdp", [(0, 199)], [209], 0.5, before: e => e.IsFrozen = true);

        Assert.InRange(frozen.Weights(1)[0], 0.5 - Unit, 0.5 + Unit);
        Assert.True(frozen.Engine.Counters.LearningUpdates > 0);
        Assert.True(Pair("stdp", [(0, 199)], [209], 0.5).Weights(1)[0] > 0.502);
    }

    [Fact]
    public void Weights_that_meet_an_end_are_counted()
    {
        Learned run = Pair("{rule: stdp, A_plus: 1}", [(0, 199)], [201], 0.5);

        Assert.Equal(1, run.Weights(1)[0], 4);
        Assert.Equal(1, run.Engine.Counters.LearningEnds);
    }

    // Masquelier, Guyonneau and Thorpe in small: fewer spikes outside of the pattern than with frozen weights, hardly a pattern missed, and
    // that lasts.
    [Fact]
    public void A_detector_finds_the_pattern_that_comes_again()
    {
        Learned learned = Detector(100, frozen: false);
        foreach (int from in new[] { 20, 80 })
        {
            (int hits, int patterns, int spikes, int wrong) = Detected(learned, from);
            Assert.True(hits >= 0.9 * patterns, $"{hits} of {patterns} from {from} s");
            Assert.True(wrong < 0.15 * spikes, $"{wrong} of {spikes} spikes outside of the pattern from {from} s");
        }

        (_, _, int spikesFrozen, int wrongFrozen) = Detected(Detector(20, frozen: true), 0);
        Assert.True(wrongFrozen > 0.28 * spikesFrozen, $"{wrongFrozen} of {spikesFrozen} with frozen weights");
    }

    [Fact]
    public void A_reward_makes_one_of_two_cues_call_up_the_response()
    {
        string text = Example("conditioned-response");
        Learned run = Learned.OfFile(text, Folder);
        Assert.True(run.Weights(1).Average() > 0.8);
        Assert.True(run.Weights(2).Average() < 0.3);

        // The same without reward.
        Learned control = Learned.OfFile(text.Replace("modulator: judge", "modulator: babble", StringComparison.Ordinal)
            .Replace("reward-stdp, modulator: babble,", "reward-stdp, modulator: babble, reward: 0,", StringComparison.Ordinal), Folder);
        Assert.All(control.Weights(1).Concat(control.Weights(2)), w => Assert.InRange(w, 0.12, 0.15));
    }

    private static string Folder => Path.Combine(NetworkTexts.Examples(), "learning");

    private static string Example(string name) => File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

    private static Learned Detector(int seconds, bool frozen)
    {
        string text = Example("pattern-detector").Replace("duration: 60 s", FormattableString.Invariant($"duration: {seconds} s"), StringComparison.Ordinal);
        return Learned.OfFile(text, Folder, e => e.IsFrozen = frozen);
    }

    // What it found in 20 s from a time on.
    private static (int Hits, int Patterns, int Spikes, int Wrong) Detected(Learned run, int from)
    {
        int pattern = run.Network.Network.Populations.First(p => p.Name == "pattern").FirstNeuron;
        int detector = run.Network.Network.Populations.First(p => p.Name == "detector").FirstNeuron;
        long[] of(int neuron) =>
            [.. Enumerable.Range(0, run.Spikes.Count).Where(i =>
                run.Spikes.Neurons[i] == neuron && run.Spikes.Times[i] > from * 1_000_000L
                && run.Spikes.Times[i] < (from + 20) * 1_000_000L).Select(i => run.Spikes.Times[i])];
        long[] patterns = of(pattern);
        long[] spikes = of(detector);
        static bool Within(long spike, long begin) => spike >= begin && spike <= begin + 55_000;
        return (patterns.Count(p => spikes.Any(s => Within(s, p))), patterns.Length, spikes.Length, spikes.Count(s => !patterns.Any(p =>
            Within(s, p))));
    }

    // One synapse, whose cell a teacher makes fire at times in ms.
    private static Learned Pair(string rule, (int Neuron, int Time)[] arrivals, int[] spikes, double weight, string reward = "[]", int duration = 0, Action<Core.Engine.NetworkEngine>? before = null)
    {
        string list(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";
        return Learned.Of(
            $$$"""
            populations:
              input: {model: input, size: 1}
              teacher: {model: input, size: 1}
              reward: {model: input, size: 1}
              cell: {model: lif, size: 1, tau: 5 ms, threshold: 1}
            projections:
              - {from: teacher, to: cell, connect: all-to-all, weight: 3, delay: 1 ms}
              - {from: input, to: cell, connect: all-to-all, weight: {{{FormattableString.Invariant($"{weight * 0.01}")}}}, weight_limit: 0.01, delay: 1 ms, learning: {{{rule}}}}
            inputs:
              - {to: input, spikes: {{{list(arrivals.Select(a => FormattableString.Invariant($"[{a.Neuron}, {a.Time} ms]")))}}}}
              - {to: teacher, spikes: {{{list(spikes.Select(s => FormattableString.Invariant($"[0, {s} ms]")))}}}}
            {{{(reward == "[]" ? string.Empty : "  - {to: reward, spikes: " + reward + "}")}}}
            """,
            duration > 0 ? duration : Math.Max(1000, spikes.Max() + 100),
            before);
    }
}
