// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Hardware.Tests.Calibration;

/// <summary>Tables of populations of thyristor circuits, as the host compiles them.</summary>
internal static class CircuitTables
{
    private const long Microampere = 4_096_000;

    // 0.1 µF, load 2 kΩ, threshold 2.6 V, onset 46.4 µA, knee 0.61 V, hold 108 µA, release 1.8 ms, 70 µA.
    private static readonly long[] s_tonic =
    [
        2951479051794, 11166914970, 2619930051, 772600280902, 369861622, 3006477107, 36479156982, 7833382582,
        3945786455, 117964800, 0, 0, 70 * Microampere, 0, 3040870400, 7077888000,
    ];

    // 10 µF, soma 3 kΩ and 0.1 µF, the published set, 60 µA, from 0.8 V.
    private static readonly long[] s_bursting =
    [
        3951369912, 3371549327, 3178275799, 3196675439, 12451840, 20186346,
        453217135, 29514790518, 54043195528, 5287533243, 245760000, 3435973837,
        75292377671, 9098704354, 22055488, 2143722449, 8979403, 897940273, 3761199,
        648518346, 450269838104, 51743061, 2126713066, 21017390, 2101739006, 20770582,
    ];

    /// <summary>Thyristor neurons at a constant current: each fires again and again after the same interval.</summary>
    public static PopulationTable Tonic(int size) => Population(new Thyristor(), UpdateKind.Event, size, s_tonic);

    /// <summary>Thyristor neurons with receptors of 20 ms at steps of 1 ms.</summary>
    public static PopulationTable Driven(int size, int receptors)
    {
        PopulationTable population = Population(new Thyristor(), UpdateKind.Clocked, size, s_tonic);
        population.Receptors = [.. Enumerable.Range(0, receptors)
            .Select(_ => new ReceptorTable { Stages = 1, Decay = (int)Math.Round(Math.Exp(-1.0 / 20) * (1L << 31)) })];
        return population;
    }

    /// <summary>Bursting neurons at a constant current that makes each fire every 0.8 ms.</summary>
    public static PopulationTable Bursting(int size) => Population(new Bursting(), UpdateKind.Event, size, s_bursting);

    /// <summary>A projection from one source to the first receptor of every neuron.</summary>
    public static ProjectionTable ToAll(int size) => new()
    {
        Source = 0,
        Target = 1,
        Receptor = 0,
        WeightScale = 400,
        RowStart = [0, size],
        Synapses = [.. Enumerable.Range(0, size).Select(k => (1 << Formats.TargetBits) | k)],
        Weights = [.. Enumerable.Repeat((short)1000, size)],
    };

    private static PopulationTable Population(Model model, int update, int size, long[] values) => new()
    {
        Model = model,
        Update = update,
        Size = size,
        Parameters = [.. values.Select(value => new[] { value })],
    };
}
