// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Nodes of a specimen on a virtual device, through the firmware and its protocol: what they keep, how well levels are apart, what
/// the time between two spikes does.</summary>
internal static class NodeRows
{
    private const string Lithium = "ACS Nano 18, 22045 (2024), what the node does; equations and numbers of our own";
    private const int Nodes = 8;
    private const int Samples = 64;
    private const int Rounds = 6;

    // Between two spikes, s.
    private const double Near = 5e-3;
    private const double Far = 15e-3;
    private const double Fades = 10e-3;

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        yield return Row("nodes-power", "largest change of eight written nodes over a power cycle, of full scale", 0, 0.01, PowerAsync);
        yield return Row("nodes-levels", "neighbours of eight written levels that lie more than four deviations of a reading apart", 7, 0,
            LevelsAsync);
        yield return Row("nodes-stdp-order", "nodes that rise when the second spike follows the first by 5 ms, and fall when it leads", Nodes, 0,
            async (device, cancellation) => (await WindowAsync(device, cancellation).ConfigureAwait(false)).Ordered);
        yield return Row("nodes-stdp-fades", "change at 5 ms over that at 15 ms, of a window that fades in 10 ms", Math.E, 0.4,
            async (device, cancellation) => (await WindowAsync(device, cancellation).ConfigureAwait(false)).Ratio);
    }

    private static async Task<double> PowerAsync(BenchDevice device, CancellationToken cancellation)
    {
        double[] before;
        await using (DeviceClient client = await WrittenAsync(device, k => 0.15 + (0.65 * k / (Nodes - 1)), cancellation)
            .ConfigureAwait(false))
        {
            before = await ReadAsync(client, cancellation).ConfigureAwait(false);
            await client.StoreNodesAsync(cancellation).ConfigureAwait(false);
        }

        device.PowerCycle();
        await using DeviceClient again = await OpenAsync(device, cancellation).ConfigureAwait(false);
        return before.Zip(await ReadAsync(again, cancellation).ConfigureAwait(false), (a, b) => Math.Abs(a - b)).Max();
    }

    private static async Task<double> LevelsAsync(BenchDevice device, CancellationToken cancellation)
    {
        await using DeviceClient client = await WrittenAsync(device, k => 0.15 + (0.65 * k / (Nodes - 1)), cancellation)
            .ConfigureAwait(false);
        List<(double Mean, double Deviation)> levels = [];
        for (int node = 0; node < Nodes; node++)
        {
            List<double> single = [];
            for (int k = 0; k < Samples; k++)
            {
                single.Add((await client.ReadNodesAsync(node, 1, 1, cancellation).ConfigureAwait(false))[0].Value);
            }

            double mean = single.Average();
            levels.Add((mean, Math.Sqrt(single.Average(s => (s - mean) * (s - mean)))));
        }

        return Enumerable.Range(1, Nodes - 1).Count(k =>
            levels[k].Mean - levels[k - 1].Mean > 4 * Math.Max(levels[k].Deviation, levels[k - 1].Deviation));
    }

    // The controller turns the time between two spikes into the width of one pulse, and their order into its sign.
    private static async Task<(double Ordered, double Ratio)> WindowAsync(BenchDevice device, CancellationToken cancellation)
    {
        await using DeviceClient client = await WrittenAsync(device, _ => 0.45, cancellation).ConfigureAwait(false);
        NodeInfo info = (await client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false)).Info;
        int ordered = 0;
        double near = 0;
        double far = 0;
        for (int node = 0; node < Nodes; node++)
        {
            double up = 0;
            double down = 0;
            for (int round = 0; round < Rounds; round++)
            {
                // Up and down in turn: the node stays in the middle of its range.
                up += await PairAsync(node, Near).ConfigureAwait(false);
                down += await PairAsync(node, -Near).ConfigureAwait(false);
                far += await PairAsync(node, Far).ConfigureAwait(false);
                far -= await PairAsync(node, -Far).ConfigureAwait(false);
            }

            near += up - down;
            ordered += up > 0 && down < 0 ? 1 : 0;
        }

        return (ordered, near / far);

        async Task<double> PairAsync(int node, double apart)
        {
            double before = (await client.ReadNodesAsync(node, 1, Samples, cancellation).ConfigureAwait(false))[0].Value;
            await client.PulseNodeAsync(node, Math.CopySign(info.PulseMillivolts / 1000.0, apart),
                info.PulseMicroseconds * 1e-6 * Math.Exp(-Math.Abs(apart) / Fades), 0, 1, cancellation).ConfigureAwait(false);
            return (await client.ReadNodesAsync(node, 1, Samples, cancellation).ConfigureAwait(false))[0].Value - before;
        }
    }

    private static async Task<double[]> ReadAsync(DeviceClient client, CancellationToken cancellation)
        => [.. (await client.ReadNodesAsync(0, Nodes, Samples, cancellation).ConfigureAwait(false)).Select(r => r.Value)];

    private static Task<DeviceClient> OpenAsync(BenchDevice device, CancellationToken cancellation)
        => DeviceClient.OpenAsync(device.Connect(), null, cancellation);

    private static async Task<DeviceClient> WrittenAsync(BenchDevice device, Func<int, double> target, CancellationToken cancellation)
    {
        DeviceClient client = await OpenAsync(device, cancellation).ConfigureAwait(false);
        int[] nodes = [.. Enumerable.Range(0, Nodes)];
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, nodes), cancellation: cancellation).ConfigureAwait(false);
        await client.SetNodeTargetsAsync(nodes.ToDictionary(n => n, n => (double?)target(n)), cancellation).ConfigureAwait(false);
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, nodes), cancellation: cancellation).ConfigureAwait(false);
        return client;
    }

    private static ReproductionRow Row(
        string name, string quantity, double expected, double tolerance, Func<BenchDevice, CancellationToken, Task<double>> measure)
        => new()
        {
            Name = name,
            System = "nodes",
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Source = Lithium,
            Provenance = Provenance.Computed,
            Columns = [Column.Engine],
            Measure = (laboratory, _) =>
            {
                using BenchDevice device = new(new VirtualDeviceOptions
                {
                    Ephemeral = true,
                    Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 1 },
                });
                return measure(device, laboratory.Cancellation).GetAwaiter().GetResult();
            },
        };
}
