// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Synapses;

/// <summary>What the volatile nodes of a projection do.</summary>
/// <param name="Projection">Its name.</param>
/// <param name="Facilitates">True when the conductance above rest is the weight; false when it is taken away from the weight.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Share">Share of what is left that a spike moves them.</param>
/// <param name="Relaxation">Time in s in which they forget.</param>
/// <param name="Error">RMS distance of one rule for all of them from what was measured, as a part of the largest answer.</param>
/// <param name="Cut">Weights that were cut off at the limit of their projection.</param>
public sealed record VolatileFigures(
    string Projection, bool Facilitates, int Nodes, double Share, double Relaxation, double Error, int Cut);

/// <summary>
/// Volatile nodes as synapses with short-term plasticity. Each node is given a few pulses as spikes would give them and is read while it
/// forgets; the rule that comes nearest becomes that of the projection. The device needs about a second for a node.
/// </summary>
internal static class VolatileSynapses
{
    private const int Train = 6;
    private const int Burst = 8;
    private const int Fading = 12;
    private const int Samples = 8;

    // The pulse of a spike, as a part of the longest that the profile allows, and the most in s.
    private const double SpikeShare = 0.25;
    private const double LongestSpike = 0.005;

    // A node that a burst lifts by less of full scale is broken.
    private const double LeastAnswer = 0.02;

    // What is not the node's own course is over between two spikes: the least that the rule's text allows.
    private const double AtOnce = 1e-3;

    /// <summary>Parameters of the rule that are measured.</summary>
    public static readonly IReadOnlyList<string> Measured = ["U", "tau_facil", "tau_rec"];

    /// <summary>Measures the nodes of a projection.</summary>
    /// <param name="free">Nodes that can be used; those that are taken or do not answer are removed.</param>
    /// <returns>The projection as its nodes do it; null when too few nodes answer.</returns>
    public static async Task<(Projection Projection, VolatileFigures Figures)?> MeasureAsync(
        DeviceClient client, NodeArrayInfo array, HashSet<int> free, Projection projection, CancellationToken cancellation)
    {
        Dictionary<int, IReadOnlyList<ResponsePoint>> measured = [];
        (int, int, double)[] synapses = [.. projection.Connections.Select(c => (c.Pre, c.Post, c.Weight))];
        while (free.Count >= synapses.Length)
        {
            IReadOnlyList<PlacedWeight> placed = WeightMapping.Place(array, free, synapses, false);
            foreach (int node in placed.Select(p => p.Node).Where(n => !measured.ContainsKey(n)))
            {
                measured[node] = await AnswerAsync(client, array, node, cancellation).ConfigureAwait(false);
            }

            int[] broken = [.. placed.Select(p => p.Node).Where(n => Lifted(measured[n]) < LeastAnswer)];
            if (broken.Length == 0)
            {
                free.ExceptWith(placed.Select(p => p.Node));
                return With(projection, [.. placed.OrderBy(p => p.Synapse).Select(p => measured[p.Node])]);
            }

            free.ExceptWith(broken);
        }

        return null;
    }

    // The mean of half of the burst, which noise moves little.
    private static double Lifted(IReadOnlyList<ResponsePoint> answer)
        => answer.TakeLast(Burst / 2).Average(p => p.Value);

    private static (Projection Projection, VolatileFigures Figures) With(
        Projection projection, IReadOnlyList<IReadOnlyList<ResponsePoint>> answers)
    {
        VolatileResponse response = VolatileResponse.Of(answers);
        ProjectionLearning wanted = projection.Learning!;
        bool facilitates = wanted.Value("tau_facil") >= wanted.Value("tau_rec");
        double mean = response.Amplitudes.Average();
        double limit = Math.Abs(wanted.Limit);
        int cut = 0;
        Connection[] connections = [.. projection.Connections.Select((c, k) =>
        {
            double asked = c.Weight * response.Amplitudes[k] / mean;
            double weight = Math.Clamp(asked, -limit, limit);
            cut += weight.Equals(asked) ? 0 : 1;
            return c with { Weight = weight };
        })];
        ProjectionLearning learning = wanted.With(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["U"] = response.Share,
            [facilitates ? "tau_facil" : "tau_rec"] = response.Relaxation,
            [facilitates ? "tau_rec" : "tau_facil"] = AtOnce,
        });
        return (projection with { Connections = connections, Learning = learning, IsMeasured = true }, new VolatileFigures(
            projection.Name, facilitates, answers.Count, response.Share, response.Relaxation, response.Error, cut));
    }

    // A train as spikes give it, the way back, and a burst that shows where the range ends; a node that is excited for long relaxes more
    // slowly than one that spikes excite.
    private static async Task<IReadOnlyList<ResponsePoint>> AnswerAsync(
        DeviceClient client, NodeArrayInfo array, int node, CancellationToken cancellation)
    {
        double settle = Math.Max(array.Info.SettleMilliseconds / 1000.0, 0.01);
        double volts = array.Info.PulseMillivolts / 1000.0;
        double width = Math.Min(SpikeShare * array.Info.MaxMicroseconds / 1e6, LongestSpike);
        await WaitAsync(2 * settle).ConfigureAwait(false);
        double rest = (await ReadAsync().ConfigureAwait(false)).Value;
        List<ResponsePoint> points = [];
        for (int k = 0; k < Train; k++)
        {
            await PulseAsync().ConfigureAwait(false);
            await WaitAsync(settle / Fading).ConfigureAwait(false);
        }

        for (int k = 0; k < Fading; k++)
        {
            NodeReading reading = await ReadAsync().ConfigureAwait(false);
            points.Add(new ResponsePoint(reading.Time, false, reading.Value - rest));
            await WaitAsync(settle / (2 * Fading)).ConfigureAwait(false);
        }

        for (int k = 0; k < Burst; k++)
        {
            await PulseAsync().ConfigureAwait(false);
        }

        return points;

        async Task PulseAsync()
        {
            NodeStep step = await client.PulseNodeAsync(node, volts, width, 0, 1, cancellation).ConfigureAwait(false);
            points.Add(new ResponsePoint(step.Time, true, step.Value - rest));
        }

        Task WaitAsync(double seconds) => client.WaitNodesAsync(TimeSpan.FromSeconds(seconds), cancellation);
        async Task<NodeReading> ReadAsync() => (await client.ReadNodesAsync(node, 1, Samples, cancellation).ConfigureAwait(false))[0];
    }
}
