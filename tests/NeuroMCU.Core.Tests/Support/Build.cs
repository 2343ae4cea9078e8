// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>Tables for tests, from numbers in membrane units and microseconds.</summary>
internal static class Build
{
    internal static int Q24(double value) => (int)Math.Round(value * Formats.MembraneOne);

    internal static int Q31(double value) => (int)Math.Min(int.MaxValue, Math.Round(value * 2147483648.0));

    internal static long LeakRate(double tau) => (long)Math.Round(Math.Log2(Math.E) / tau * Math.Pow(2, 40));

    internal static PopulationTable Source(int size, bool recorded = false)
        => new() { Model = new SourceModel(), Size = size, Recorded = recorded };

    internal static PopulationTable EventLif(int size, double tau = 20000, double bias = 0, int refractory = 0, double reset = 0,
        bool subtract = false, double floor = -64, double initial = 0) =>
        Leaky(new Lif(), UpdateKind.Event, size, bias, refractory, reset, subtract, floor, initial, [[LeakRate(tau)], [0]]);

    internal static PopulationTable ClockedLif(int size, double tau = 20000, int step = 100, double bias = 0, int refractory = 0,
        double reset = 0, bool subtract = false, double floor = -64, double initial = 0) =>
        Leaky(new Lif(), UpdateKind.Clocked, size, bias, refractory, reset, subtract, floor, initial, [[0], [Q31(Math.Exp(-step / tau))]]);

    internal static PopulationTable ExponentialLif(int size, double tau = 20000, double excitatory = 5000, double inhibitory = 10000,
        int step = 100, double bias = 0, int refractory = 0) =>
        Leaky(
            new ExponentialLif(),
            UpdateKind.Clocked,
            size,
            bias,
            refractory,
            0,
            false,
            -64,
            0,
            [
                [Q31(Math.Exp(-step / tau))],
                [Q31(Math.Exp(-step / excitatory))],
                [Q31(Math.Exp(-step / inhibitory))],
                [Q31(Propagator(excitatory, tau, step))],
                [Q31(Propagator(inhibitory, tau, step))],
            ]);

    internal static double Propagator(double synapse, double tau, double step) =>
        synapse == tau ? step / tau * Math.Exp(-step / tau)
        : synapse / (synapse - tau) * (Math.Exp(-step / synapse) - Math.Exp(-step / tau));

    internal static ProjectionTable Project(int source, int target, int rows,
        IEnumerable<(int Pre, int Post, int Delay, int Weight)> synapses, int scale = 1024, int receptor = 0)
    {
        var sorted = synapses.OrderBy(s => s.Pre).ThenBy(s => s.Delay).ThenBy(s => s.Post).ToArray();
        ProjectionTable projection = new()
        {
            Source = source,
            Target = target,
            Receptor = receptor,
            WeightScale = scale,
            RowStart = new int[rows + 1],
            Synapses = Array.ConvertAll(sorted, s => (s.Delay << Formats.TargetBits) | s.Post),
            Weights = Array.ConvertAll(sorted, s => (short)s.Weight),
        };
        foreach (var synapse in sorted)
        {
            projection.RowStart[synapse.Pre + 1]++;
        }

        for (int i = 0; i < rows; i++)
        {
            projection.RowStart[i + 1] += projection.RowStart[i];
        }

        return projection;
    }

    internal static NetworkTables Network(PopulationTable[] populations, ProjectionTable[]? projections = null,
        (int Time, int Neuron)[]? spikes = null)
    {
        (int Time, int Neuron)[] stored = (spikes ?? []).OrderBy(s => s.Time).ToArray();
        NetworkTables tables = new()
        {
            Step = 100,
            QueueCapacity = 4096,
            SpikeCapacity = 60000,
            Populations = populations,
            Projections = projections ?? [],
            SpikeTimes = Array.ConvertAll(stored, s => s.Time),
            SpikeSources = Array.ConvertAll(stored, s => (short)s.Neuron),
        };
        TableShape.Require(tables);
        return tables;
    }

    private static PopulationTable Leaky(
        Model model, int update, int size, double bias, int refractory, double reset, bool subtract, double floor, double initial,
        long[][] own) => new()
        {
            Model = model,
            Update = update,
            Size = size,
            Recorded = true,
            Receptors = [],
            Channels = [],
            Parameters =
        [
            [Q24(1)], [Q24(reset)], [Q24(bias)], [Q24(floor)], [Q24(initial)], [refractory],
                [subtract ? ResetKind.Subtract : ResetKind.Value], .. own,
        ],
        };
}
