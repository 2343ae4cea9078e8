// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>
/// Networks in which everything happens on a grid of a millisecond, against a simulator that works as others do: decay over a step, add up
/// all that arrives, compare with the threshold. Engine and reference must give each of its spikes.
/// </summary>
public sealed class SumFirstTests
{
    private const int Sources = 20;
    private const int Neurons = 24;
    private const int Milliseconds = 300;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 12));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_spike_is_that_of_a_simulator_that_sums_first(int seed)
    {
        Random random = new(seed);
        Case network = Case.Draw(random);
        (long Time, int Neuron)[] expected = network.Simulate(network.Synapses.Select(s => (s.From, s.To, s.Weight / 1000.0, s.Delay)));
        Assert.InRange(expected.Length, 50, 5000);

        foreach (string text in new[] { network.Text(null), network.Text(random) })
        {
            CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(text));
            Assert.Equal(expected, Spikes(new ReferenceSimulator(compiled.Network, compiled.Schemes).Run(Milliseconds * 1000)));
            Assert.Equal(network.Simulate(Rounded(compiled)), Spikes(EngineRun.Run(compiled, Milliseconds * 1000)));
        }
    }

    // The engine has the weights in 16 bits: that decides about a spike now and then, and is not what is asked here.
    private static IEnumerable<(int From, int To, double Weight, int Delay)> Rounded(CompiledNetwork compiled)
    {
        return compiled.WithRoundedWeights()
            .Projections.SelectMany(p => p.Connections.Select(c => (p.Source.FirstNeuron + c.Pre, c.Post, c.Weight, c.Delay / 1000)));
    }

    private static (long Time, int Neuron)[] Spikes(RunRecording run)
    {
        return [.. run.Spikes.Times.Zip(run.Spikes.Neurons, (t, n) => (t, n - Sources)).Where(s => s.Item2 >= 0).OrderBy(s => s.t)
            .ThenBy(s => s.Item2)];
    }

    // Weights in thousandths, delays in milliseconds; sources first.
    private sealed record Case(double Tau, double Bias, double Floor, int Refractory, (int From, int To, int Weight, int Delay)[] Synapses,
        (int Time, int Source)[] Input)
    {
        public static Case Draw(Random random)
        {
            List<(int, int, int, int)> synapses = [];
            for (int from = 0; from < Sources + Neurons; from++)
            {
                for (int to = 0; to < Neurons; to++)
                {
                    if (random.NextDouble() < (from < Sources ? 0.4 : 0.2))
                    {
                        synapses.Add((from, to, random.Next(3) == 0 ? -random.Next(200, 1200) : random.Next(100, 700), random.Next(1, 6)));
                    }
                }
            }

            return new Case(
                4 + (random.NextDouble() * 20),
                random.Next(2) == 0 ? 0 : 0.3,
                random.Next(2) == 0 ? -0.517 : double.NegativeInfinity,
                random.Next(4),
                [.. synapses],
                [.. Enumerable.Range(0, 20 * Milliseconds / 10).Select(_ => (random.Next(Milliseconds - 10), random.Next(Sources)))
                    .Distinct()]);
        }

        public (long Time, int Neuron)[] Simulate(IEnumerable<(int From, int To, double Weight, int Delay)> synapses)
        {
            double[,] arriving = new double[Milliseconds + 16, Neurons];
            double[] membrane = new double[Neurons];
            int[] since = new int[Neurons];
            List<(long, int)> spikes = [];
            ILookup<int, int> input = Input.ToLookup(i => i.Time, i => i.Source);
            ILookup<int, (int From, int To, double Weight, int Delay)> rows = synapses.ToLookup(s => s.From);
            for (int now = 0; now <= Milliseconds; now++)
            {
                for (int n = 0; n < Neurons; n++)
                {
                    if (now < since[n])
                    {
                        continue;
                    }

                    membrane[n] = Bias + ((membrane[n] - Bias) * Math.Exp(-(now - since[n]) / Tau)) + arriving[now, n];
                    membrane[n] = Math.Max(membrane[n], Floor);
                    since[n] = now;
                    if (membrane[n] >= 1)
                    {
                        membrane[n] = 0;
                        since[n] = now + Refractory;
                        spikes.Add((1000L * now, n));
                        Send(rows[Sources + n], now);
                    }
                }

                foreach (int source in input[now])
                {
                    Send(rows[source], now);
                }
            }

            return [.. spikes];

            void Send(IEnumerable<(int From, int To, double Weight, int Delay)> row, int now)
            {
                foreach ((_, int to, double weight, int delay) in row)
                {
                    arriving[now + delay, to] += weight;
                }
            }
        }

        // The network as a file: its synapses over four projections, in the order of the case, or shuffled.
        public string Text(Random? random)
        {
            string floor = double.IsInfinity(Floor) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", floor: {Floor}");
            StringBuilder text = new("neuromcu: 1\npopulations:\n");
            text.Append(CultureInfo.InvariantCulture, $"  s: {{model: input, size: {Sources}}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  n: {{model: lif, size: {Neurons}, update: event, tau: {Tau:R} ms, threshold: 1, bias: {Bias}, refractory: "
                + $"{Refractory} ms{floor}}}\n");
            IEnumerable<IGrouping<(bool, bool), (int From, int To, int Weight,
                int Delay)>> projections = Synapses.GroupBy(s => (s.From < Sources, s.Weight < 0));
            text.Append("projections:\n");
            foreach (var projection in random == null ? projections : projections.OrderBy(_ => random.Next()))
            {
                bool fromSources = projection.Key.Item1;
                text.Append(CultureInfo.InvariantCulture, $"  - from: {(fromSources ? "s" : "n")}\n    to: n\n    connect: {{list: [");
                text.AppendJoin(", ", (random == null ? projection : projection.OrderBy(_ => random.Next())
                    .AsEnumerable()).Select(s => string.Create(
                    CultureInfo.InvariantCulture,
                    $"[{s.From - (fromSources ? 0 : Sources)}, {s.To}, {s.Weight / 1000.0}, {s.Delay} ms]")));
                text.Append("]}\n");
            }

            text.Append("inputs:\n  - to: s\n    spikes: [");
            text.AppendJoin(", ", Input.Select(i => string.Create(CultureInfo.InvariantCulture, $"[{i.Source}, {i.Time} ms]")));
            return text.Append("]\n").ToString();
        }
    }
}
