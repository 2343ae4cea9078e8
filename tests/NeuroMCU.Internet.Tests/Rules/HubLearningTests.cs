// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Rules;

public sealed class HubLearningTests
{
    private const long Second = 1_000_000;
    private const int Pre = 63;
    private const int Post = 256;

    [Theory]
    [InlineData(0, -1)]
    [InlineData(4, -1)]
    [InlineData(5, 0)]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    [InlineData(99, 1)]
    public void More_than_20_spikes_of_the_last_second_potentiate_and_fewer_than_5_depress(int spikes, int expected)
    {
        foreach (SpikeKind kind in Enum.GetValues<SpikeKind>())
        {
            HubCore core = Core("rule: rate");
            for (int k = spikes; k > 0; k--)
            {
                Fire(core, Pre, Second - 1 - (k * 10));
            }

            double before = core.Nodes["mr1"].State;
            Fire(core, Post, Second, kind);
            Assert.Equal(kind == SpikeKind.Stimulated ? 0 : expected, Math.Sign(core.Nodes["mr1"].State - before));
        }
    }

    // 20000 ticks of 50 µs.
    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(1_000_001, -1)]
    public void The_window_is_one_second(long age, int expected)
    {
        HubCore core = Core("rule: rate");
        for (int k = 0; k < 5; k++)
        {
            Fire(core, Pre, 5 * Second - age);
        }

        double before = core.Nodes["mr1"].State;
        Fire(core, Post, 5 * Second);
        Assert.Equal(expected, Math.Sign(core.Nodes["mr1"].State - before));
    }

    [Fact]
    public void At_most_so_many_spikes_are_looked_back_at()
    {
        HubCore core = Core("rule: {kind: rate, potentiate_above: 20, look_back: 21, window: 1 s}");
        for (int k = 0; k < 30; k++)
        {
            Fire(core, Pre, k < 10 ? 0 : 900_000);   // the 21 of them: 20 at 0.9 s, and the last of those at 0
        }

        double before = core.Nodes["mr1"].State;
        Fire(core, Post, 950_000);
        Assert.True(core.Nodes["mr1"].State > before);
        before = core.Nodes["mr1"].State;
        Fire(core, Post, 1_050_000);
        Assert.Equal(before, core.Nodes["mr1"].State);   // 20 are left in the window
    }

    // The sum over all pairs, spike by spike, without any of the project's code.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stdp_is_the_sum_over_pairs_of_spikes(int seed)
    {
        const double up = 0.02, down = 0.021, tauUp = 17_000, tauDown = 34_000;
        HubCore core = Core("rule: {rule: stdp, A_plus: 0.02, A_minus: 0.021, tau_plus: 17 ms, tau_minus: 34 ms}",
            "{model: number, weight: 100}");
        Random random = new(seed);
        List<long> pre = [], post = [];
        double w = 100.0 / 255;
        long time = 0;
        for (int k = 0; k < 400; k++)
        {
            time += random.Next(1, 20_000);
            if (random.Next(2) == 0)
            {
                w = Math.Clamp(w - (down * post.Sum(t => Math.Exp(-(time - t) / tauDown))), 0, 1);
                pre.Add(time);
                Fire(core, Pre, time);
            }
            else
            {
                w = Math.Clamp(w + (up * pre.Sum(t => Math.Exp(-(time - t) / tauUp))), 0, 1);
                post.Add(time);
                Fire(core, Post, time, random.Next(2) == 0 ? SpikeKind.Spontaneous : SpikeKind.Stimulated);
                Fire(core, Post, time, SpikeKind.Potential);   // no action potential: nothing pairs with it
            }

            Assert.Equal(w, core.Nodes["mr1"].State / 255, 1e-9);
        }
    }

    [Fact]
    public void A_memristor_is_moved_by_pulses_whose_length_follows_the_change()
    {
        const string rule = "rule: {rule: stdp, A_plus: 0.004, A_minus: 0.0042}";
        HubCore number = Core(rule, "{model: number, weight: 102}");
        HubCore memristor = Core(rule, "{model: tiox, resistance: 6 kOhm}");
        HubCore turned = Core(rule, "{model: tiox, resistance: 6 kOhm, polarity: negative}");
        HubCore weak = Core(rule.Replace("stdp,", "stdp, pulse: 0.9 V,", StringComparison.Ordinal), "{model: tiox, resistance: 6 kOhm}");
        Random random = new(5);
        for (long time = 0; time < Second; time += random.Next(1, 20_000))
        {
            int neuron = random.Next(2) == 0 ? Pre : Post;
            foreach (HubCore core in new[] { number, memristor, turned, weak })
            {
                Fire(core, neuron, time);
            }

            Assert.Equal(number.Nodes["mr1"].Fraction, memristor.Nodes["mr1"].Fraction, 1e-6);
            Assert.Equal(number.Nodes["mr1"].Fraction, turned.Nodes["mr1"].Fraction, 1e-6);
        }

        Assert.Equal(6000, weak.Nodes["mr1"].State);   // below the threshold nothing moves
        Assert.True(memristor.Synapses[0].Potentiations > 10 && memristor.Synapses[0].Depressions > 10);
    }

    [Fact]
    public void A_pulse_of_a_rule_with_a_width_is_that_of_the_node()
    {
        HubCore core = Core("rule: {rule: stdp, width: 100 us}", "{model: tiox, resistance: 6 kOhm, potentiation: 0.1}");
        Fire(core, Pre, 0);
        Fire(core, Post, 1000);
        Assert.Equal(6300, core.Nodes["mr1"].State, 1e-6);
    }

    [Fact]
    public void A_reward_pays_for_the_pairs_before_it()
    {
        HubCore core = Core("rule: {rule: reward-stdp, modulator: anpost}", "{model: number, weight: 100}");
        Fire(core, Pre, 0);
        Fire(core, Post, 5000);
        Assert.Equal(100, core.Nodes["mr1"].State);
        Fire(core, 1, 105_000);
        Assert.Equal(100 + (255 * 0.01 * Math.Exp(-5.0 / 20) * Math.Exp(-0.1)), core.Nodes["mr1"].State, 1e-9);
    }

    [Fact]
    public void What_a_rule_sends_goes_over_the_wire_and_the_weight_stays()
    {
        HubCore core = Core("rule: {rule: short-term, preset: depressing}", "{model: number, weight: 200}");
        Assert.Equal([100, 75, 22], new long[] { 0, 1, 2 }.Select(t => (int)Fire(core, Pre, t)[0].Arrival.Weight));
        Assert.Equal(200, core.Nodes["mr1"].State);
    }

    [Fact]
    public void A_spike_that_arrives_late_does_not_turn_the_time_back()
    {
        HubCore core = Core("rule: stdp", "{model: number, weight: 100}");
        Fire(core, Pre, 2 * Second);
        Fire(core, Post, Second);   // stamped before it, and heard after it
        Assert.Equal(100 + (255 * 0.005), core.Nodes["mr1"].State, 1e-9);
    }

    private static HubCore Core(string rule, string node = "{model: tiox, resistance: 5.4 kOhm}") => new(HubFile.Parse(
        HubLab.Chain.Replace("{model: tiox, resistance: 5.4 kOhm}", node, StringComparison.Ordinal) + "\n" + rule + "\n", "hub.yaml"));

    private static List<Delivery> Fire(HubCore core, int neuron, long time, SpikeKind kind = SpikeKind.Spontaneous)
    {
        List<Delivery> deliveries = [];
        core.Accept(new WireSpike(neuron, kind, time), deliveries);
        return deliveries;
    }
}
