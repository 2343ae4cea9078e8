// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Hardware.Tests.Calibration
{
    /// <summary>Tables of populations of thyristor circuits, as the host compiles them.</summary>
    internal static class CircuitTables
    {
        private const long Microampere = 4_096_000;

        // 0.1 µF, load 2 kΩ, threshold 2.6 V, onset 46.4 µA, knee 0.61 V, hold 108 µA, release 1.8 ms, 70 µA.
        private static readonly long[] s_tonic =
        [
            45035996, 43620762, 10234102, 47155779, 369861622, 11744051, 2226511, 7833382582, 15413228, 1800, 0, 0, 70 * Microampere, 0,
        ];

        // 10 µF, soma 3 kΩ and 0.1 µF, memory 40 mV, propagators over 10 µs, 38.7 µA.
        private static readonly long[] s_bursting =
        [
            15435039, 13925089, 11797696, 0, 671089, 2077080760, 158515200, 0,
            2147483648, 0, 1100, 0, 0, 2077080760, 0, 0,
            2146726591, 744504, 1099, 4909, 74450441, 2003871639, 19, -482765,
            2126224786, 20725597, 1091, 116259, 2072559734, 57119319, 819, -11334311,
        ];

        /// <summary>Thyristor neurons at a constant current: each fires again and again after the same interval.</summary>
        public static PopulationTable Tonic(int size) => Population(ModelKind.Thyristor, UpdateKind.Event, size, s_tonic);

        /// <summary>Thyristor neurons with receptors of 20 ms at steps of 1 ms.</summary>
        public static PopulationTable Driven(int size, int receptors)
        {
            PopulationTable population = Population(ModelKind.Thyristor, UpdateKind.Clocked, size, s_tonic);
            population.Receptors = [.. Enumerable.Range(0, receptors).Select(_ => new ReceptorTable { Stages = 1, Decay = (int)Math.Round(Math.Exp(-1.0 / 20) * (1L << 31)) })];
            return population;
        }

        /// <summary>Bursting neurons at steps of 10 µs.</summary>
        public static PopulationTable Bursting(int size) => Population(ModelKind.Bursting, UpdateKind.Clocked, size, s_bursting);

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

        private static PopulationTable Population(int model, int update, int size, long[] values) => new()
        {
            Model = model,
            Update = update,
            Size = size,
            Parameters = [.. values.Select(value => new[] { value })],
        };
    }
}
