// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>Rules do on the device what their text says in double precision, whatever the spikes, delays and sizes.</summary>
public sealed class RuleTests
{
    // Weights at the start, weights now and the limit are each rounded to half a unit of at least 15 bits less one.
    private const double Rounding = 1.5 / 16384;

    public static TheoryData<string, int> Rules()
    {
        TheoryData<string, int> data = [];
        foreach (string rule in new[]
            {
                "stdp", "triplet-stdp", "{rule: triplet-stdp, preset: hippocampus}", "weight-dependent-stdp", "{rule: reward-stdp, modulator: reward}", "short-term",
                "{rule: short-term, preset: facilitating}", "{rule: rate-rule, above: 3, below: 2, window: 100 ms}", "{rule: homeostatic, every: 50 ms, gain: 0.2}",
                "{rule: homeostatic-stdp, every: 50 ms}", "{rule: dopamine-stdp, modulator: reward, rate: 60 Hz}", "{rule: stdp, tau_minus: 34 ms}",
            })
        {
            data.Add(rule, 1);
            data.Add(rule, 2);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_device_learns_what_double_precision_learns(string rule, int seed)
    {
        // The teachers make the cells fire; what learns is too weak for that, so that both sides see the same spikes.
        string delay = seed == 1 ? "2 ms" : "{uniform: [0 ms, 5 ms]}";
        Learned run = Learned.Of(
            $$$"""
            seed: {{{seed}}}
            populations:
              inputs: {model: input, size: 40}
              teachers: {model: input, size: 7}
              reward: {model: input, size: 1}
              cells: {model: lif, size: 7, tau: 10 ms, threshold: 1}
            projections:
              - {from: teachers, to: cells, connect: one-to-one, weight: 3, delay: 1 ms}
              - {from: inputs, to: cells, connect: {probability: 0.6}, weight: {uniform: [0.001, 0.009]}, weight_limit: 0.01, delay: {{{delay}}}, learning: {{{rule}}}}
            inputs:
              - {to: inputs, poisson: {rate: 30 Hz}}
              - {to: teachers, poisson: {rate: 30 Hz}}
              - {to: reward, poisson: {rate: 5 Hz}}
            """,
            3000);

        Assert.Equal(run.TwinSpikes.Times, run.Spikes.Times);
        double[] device = run.Weights(1);
        double[] twin = run.TwinWeights(1);
        for (int k = 0; k < device.Length; k++)
        {
            Assert.InRange(device[k] - twin[k], -Rounding, Rounding);
        }

        if (!rule.Contains("short-term", StringComparison.Ordinal))
        {
            short[] start = run.Network.Tables.Projections[1].Weights;
            Assert.Contains(Enumerable.Range(0, device.Length), k =>
                Math.Abs(device[k] - (start[k] / (double)run.Network.Tables.Learning[0].Limit)) > 0.01);
        }
    }
}
