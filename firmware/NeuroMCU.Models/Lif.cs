// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>Leaky integrate-and-fire neurons with delta synapses, at their events (<see cref="AtEvents" />) or at steps
    /// (<see cref="AtSteps" />).</summary>
    public sealed class Lif : LeakyModel
    {
        /// <summary>At events: leak rate log2(e)/τ in 1/µs, Q.40. 0 at steps.</summary>
        public const int LeakRate = Shared;

        /// <summary>At steps: exp(−step/τ), Q0.31. 0 at events.</summary>
        public const int Decay = Shared + 1;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = Shared + 2;

        private static readonly long[] s_least = LeastOf(new long[] { 0, 0 });
        private static readonly long[] s_most = MostOf(new long[] { ImageLayout.MaxLeakRate, int.MaxValue });

        /// <inheritdoc />
        public override int Number => 1;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table) => true;

        /// <summary>The leak of a population at events must be one that its tables can hold.</summary>
        internal override int FirstUnsound(PopulationTable table)
        {
            long[] rates = table.Parameters[LeakRate];
            for (int i = 0; table.Update == UpdateKind.Event && i < rates.Length; i++)
            {
                if (rates[i] < ImageLayout.MinLeakRate)
                {
                    return LeakRate;
                }
            }

            return base.FirstUnsound(table);
        }

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor) => receptor == 0;

        /// <inheritdoc />
        internal override bool ComputesCrossings(PopulationTable table, DriveTable[] drives)
            => table.Update == UpdateKind.Event && AtEvents.NeedsCrossings(table, drives);

        /// <inheritdoc />
        internal override bool NotesArrivals(PopulationTable table) => table.Update == UpdateKind.Event;

        /// <inheritdoc />
        internal override long SharedDecay(PopulationTable table)
            => table.Update == UpdateKind.Event && table.Parameters[LeakRate].Length == 1 ? table.Parameters[LeakRate][0] : 0;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives)
        {
            int size = table.Size;
            int bytes = MembraneBytes(table, drives);
            if (table.Update == UpdateKind.Clocked)
            {
                return bytes + DeviceMemory.ArrayBytes(size, 8) + RestingBytes(table);
            }

            // Times, the place among the noted; and what a computed crossing takes.
            int crossing = ComputesCrossings(table, drives) ? size : 0;
            return bytes + DeviceMemory.ArrayBytes(size, 4) + (size * 2) + (2 * DeviceMemory.ArrayBytes(crossing, 4))
                + (crossing * (8 + 2 + 2 + 2));
        }

        /// <inheritdoc />
        internal override Population Create(PopulationSite site)
            => site.Table.Update == UpdateKind.Event ? (Population)new AtEvents(site) : new AtSteps(site);

        /// <summary>
        /// Leaky integrate-and-fire neurons with delta synapses, brought forward at their own events: between two arrivals w ←
        /// w·exp(−Δt/τ). Neurons that would reach their threshold without input get the crossing computed: Δt = τ·ln(w/(θ − e)). It is
        /// served at the nearest whole microsecond, and the membrane goes on from the exact moment.
        /// </summary>
        /// <remarks>
        /// A neuron that arrivals bring to its threshold or below its floor is noted, and its sum kept in 64 bits until the arrivals of the
        /// microsecond are through: the lower half in place of the membrane, the upper half in place of the time, above all times.
        /// </remarks>
        private sealed class AtEvents : LeakyPopulation
        {
            // Local times stay below 2^30 and the longest refractory period; sums stay below 2^48.
            private const int NotedLast = 0x60000000;
            private const int LeastNotedLast = 0x58000000;
            private const long LowerHalf = 0xFFFFFFFFL;

            private readonly long[] _rate;
            private readonly DecayTable _decay;
            private readonly TimeHeap _crossings;
            private readonly int _firstCrossing;
            private readonly EngineCounters _counters;

            // By how much, in 2^-16 µs, a membrane's moment lies after Last, and a computed crossing after its whole microsecond.
            private readonly int[] _after;
            private readonly int[] _crossesAfter;

            /// <summary>Initializes a new instance of the <see cref="AtEvents" /> class.</summary>
            internal AtEvents(PopulationSite site)
                : base(site)
            {
                PopulationTable table = site.Table;
                _rate = table.Parameters[Lif.LeakRate];
                DecayTable decay = _rate.Length == 1 ? site.DecayFor(_rate[0]) : null;
                TimeHeap crossings = NeedsCrossings(table, site.Drives) ? site.Crossings : null;
                Last = new int[table.Size];
                _decay = decay;
                _crossings = crossings;
                _firstCrossing = site.FirstCrossing;
                _counters = site.Counters;
                _after = new int[crossings == null ? 0 : table.Size];
                _crossesAfter = crossings == null ? _after : new int[table.Size];
                if (decay != null && crossings == null && Threshold.Length == 1)
                {
                    FastRange = DecayTable.Range;
                    Coarse = decay.Coarse;
                    Fine = decay.Fine;
                }
            }

            /// <summary>Tells whether a population can reach its threshold without input, or stay above it after a reset.</summary>
            /// <returns>True when crossings have to be computed.</returns>
            internal static bool NeedsCrossings(PopulationTable table, DriveTable[] drives)
            {
                if (table.Parameters[LeakyModel.Reset][0] == ResetKind.Subtract)
                {
                    return true;
                }

                long most = 0;
                for (int i = 0; i < drives.Length; i++)
                {
                    most += drives[i].Amplitude > 0 ? drives[i].Amplitude : 0;
                }

                long[] equilibrium = table.Parameters[LeakyModel.Equilibrium];
                long[] threshold = table.Parameters[LeakyModel.Threshold];
                int count = equilibrium.Length > threshold.Length ? equilibrium.Length : threshold.Length;
                for (int i = 0; i < count; i++)
                {
                    if (Value(equilibrium, i) + most >= Value(threshold, i))
                    {
                        return true;
                    }
                }

                return false;
            }

            /// <inheritdoc />
            internal override void Reset()
            {
                base.Reset();
                Array.Clear(Last, 0, Last.Length);
                Array.Clear(_after, 0, _after.Length);
                for (int i = 0; i < Last.Length; i++)
                {
                    Moved(i, 0);
                }
            }

            /// <inheritdoc />
            internal override void Receive(Axon axon, int from, int to, int time)
            {
                int[] synapses = axon.Synapses;
                short[] weights = axon.Weights;
                int scale = axon.Scale;
                for (int k = from; k < to; k++)
                {
                    int neuron = synapses[k] & Formats.TargetMask;
                    int last = Last[neuron];
                    if (last > time)
                    {
                        if (last >= LeastNotedLast)
                        {
                            long sum = Sum(neuron) + (weights[k] * scale);
                            Membrane[neuron] = (int)sum;
                            Last[neuron] = NotedLast + (int)(sum >> 32);
                        }

                        continue;
                    }

                    long u = (long)Relaxed(neuron, time) + (weights[k] * scale);
                    SetMoment(neuron, time);
                    if (u < Value(Threshold, neuron) && u >= Value(Floor, neuron))
                    {
                        Membrane[neuron] = (int)u;
                        Moved(neuron, time);
                    }
                    else
                    {
                        Note(neuron, u, time);
                    }
                }
            }

            /// <inheritdoc />
            internal override void Note(int neuron, long sum, int time)
            {
                Membrane[neuron] = (int)sum;
                Last[neuron] = NotedLast + (int)(sum >> 32);
                Queue.Noted.Add(this, neuron, time);
            }

            /// <inheritdoc />
            internal override void Settle(int neuron, int time)
            {
                long u = Sum(neuron);
                if (u >= Value(Threshold, neuron))
                {
                    Cross(neuron, u, time);
                    return;
                }

                Last[neuron] = time;
                Membrane[neuron] = u < Value(Floor, neuron) ? AtFloor(neuron) : (int)u;
                Moved(neuron, time);
            }

            /// <inheritdoc />
            internal override void Due(int neuron, int time)
            {
                _counters.NeuronUpdates++;

                // At the computed moment the membrane is at its threshold by definition; one that stayed above it relaxes until then.
                int threshold = Value(Threshold, neuron);
                int moment = _crossesAfter[neuron];
                int membrane = Membrane[neuron];
                if (membrane >= threshold)
                {
                    membrane = RelaxedBy(neuron, ((long)(time - Last[neuron]) << Relaxation.TimeBits) + moment - _after[neuron]);
                }

                _after[neuron] = moment;
                Cross(neuron, membrane < threshold ? threshold : membrane, time);
            }

            /// <inheritdoc />
            internal override void Rebase(int by)
            {
                for (int i = 0; i < Last.Length; i++)
                {
                    // A membrane older than this has long come to rest; the limit keeps differences of times within an int.
                    int last = Last[i] - by;
                    Last[i] = last < 1 - by ? 1 - by : last;
                }
            }

            /// <inheritdoc />
            protected override int Peek(int neuron, int time)
            {
                int last = Last[neuron];
                return last >= LeastNotedLast ? Saturation.ToInt(Sum(neuron)) : Relaxed(neuron, time);
            }

            /// <inheritdoc />
            protected override void BringForward(int neuron, int time)
            {
                if (time >= Last[neuron])
                {
                    Membrane[neuron] = Relaxed(neuron, time);
                    SetMoment(neuron, time);
                }
            }

            /// <inheritdoc />
            protected override void Moved(int neuron, int time)
            {
                Schedule(neuron, time);
            }

            /// <inheritdoc />
            protected override void SetEquilibrium(int at, int value)
            {
                base.SetEquilibrium(at, value);
                FastThreshold = Threshold[0];
                FastFloor = Floor[0];
            }

            private void Cross(int neuron, long u, int time)
            {
                Membrane[neuron] = AfterSpike(neuron, u);
                Last[neuron] = time + RefractoryOf(neuron);
                Queue.Fire(this, neuron, time);

                // What a reset by subtraction leaves above the threshold makes the next spike, in another microsecond.
                Schedule(neuron, time + 1);
            }

            private void Schedule(int neuron, int earliest)
            {
                if (_crossings == null)
                {
                    return;
                }

                int index = _firstCrossing + neuron;
                int membrane = Membrane[neuron];
                int threshold = Value(Threshold, neuron);
                long moment = ((long)Last[neuron] << Relaxation.TimeBits) + _after[neuron];
                if (membrane >= threshold)
                {
                    if (Last[neuron] < earliest)
                    {
                        moment = ((long)earliest << Relaxation.TimeBits) + _after[neuron];
                    }
                }
                else if (threshold < 0)
                {
                    // membrane < threshold < 0: both decay towards 0, and |membrane| falls to |threshold| after τ·ln(membrane/threshold).
                    moment += Relaxation.TimeTo(-(long)membrane, -(long)threshold, Rate(neuron));
                }
                else
                {
                    _crossings.Remove(index);
                    return;
                }

                long due = Relaxation.Whole(moment);
                if (due < earliest)
                {
                    due = earliest;
                    moment = ((long)earliest << Relaxation.TimeBits) - (Relaxation.Microsecond >> 1);
                }

                _crossesAfter[neuron] = (int)(moment - (due << Relaxation.TimeBits));
                _crossings.Set(index, Queue.Base + due);
                if (due < Queue.Horizon)
                {
                    Queue.Horizon = (int)due + 1;
                }
            }

            private long Sum(int neuron) => ((long)(Last[neuron] - NotedLast) << 32) | (Membrane[neuron] & LowerHalf);

            // An exact moment up to half a microsecond ahead stays.
            private void SetMoment(int neuron, int time)
            {
                if (_after.Length != 0 && (Last[neuron] != time || _after[neuron] < 0))
                {
                    _after[neuron] = 0;
                }

                Last[neuron] = time;
            }

            private int Relaxed(int neuron, int time)
            {
                int membrane = Membrane[neuron];
                int elapsed = time - Last[neuron];
                if (elapsed < 0 || membrane == 0)
                {
                    return membrane;
                }

                int after = _after.Length == 0 ? 0 : _after[neuron];
                if (after == 0 && _decay != null && elapsed < DecayTable.Range)
                {
                    long factor = ((long)_decay.Coarse[elapsed >> DecayTable.FineBits]
                        * _decay.Fine[elapsed & DecayTable.FineMask]) >> DecayTable.Bits;
                    return (int)(((membrane * factor) + DecayTable.Half) >> DecayTable.Bits);
                }

                return RelaxedBy(neuron, ((long)elapsed << Relaxation.TimeBits) - after);
            }

            private int RelaxedBy(int neuron, long elapsed)
                => elapsed <= 0 ? Membrane[neuron] : Exponential.Decay(Membrane[neuron], Relaxation.Octaves(elapsed, Rate(neuron)));

            private long Rate(int neuron) => _rate.Length == 1 ? _rate[0] : _rate[neuron];
        }

        /// <summary>
        /// Leaky integrate-and-fire neurons with delta synapses at the network's step h: w ← w·exp(−h/τ) + S, then the threshold.
        /// </summary>
        private sealed class AtSteps : ClockedPopulation
        {
            private readonly long[] _input;
            private readonly long[] _decay;
            private readonly bool _alike;

            /// <summary>Initializes a new instance of the <see cref="AtSteps" /> class.</summary>
            internal AtSteps(PopulationSite site)
                : base(site)
            {
                PopulationTable table = site.Table;
                _input = new long[table.Size];
                _decay = table.Parameters[Lif.Decay];
                _alike = Threshold.Length == 1 && _decay.Length == 1;
            }

            /// <inheritdoc />
            internal override void Reset()
            {
                base.Reset();
                Array.Clear(_input, 0, _input.Length);
            }

            /// <inheritdoc />
            internal override void Receive(Axon axon, int from, int to, int time)
            {
                int[] synapses = axon.Synapses;
                short[] weights = axon.Weights;
                int scale = axon.Scale;
                long[] input = _input;
                for (int k = from; k < to; k++)
                {
                    input[synapses[k] & Formats.TargetMask] += weights[k] * scale;
                }
            }

            // One product, one sum, two comparisons: threshold and floor lie within the range of an int, so they are the bounds. What
            // arrives is summed in 64 bits, so that inputs beyond the range that cancel each other within a step leave nothing behind.

            /// <inheritdoc />
            protected override void Update(int time)
            {
                if (!_alike)
                {
                    UpdateEach(time);
                    return;
                }

                int[] membrane = Membrane;
                long[] input = _input;
                long half = Half;
                long decay = _decay[0];
                long threshold = Threshold[0];
                long floor = Floor[0];
                int size = membrane.Length;
                for (int i = 0; i < size; i++)
                {
                    long u = (((membrane[i] * decay) + half) >> 31) + input[i];
                    if (u >= threshold)
                    {
                        u = Spike(i, u, time);
                    }
                    else if (u < floor)
                    {
                        u = AtFloor(i);
                    }

                    membrane[i] = (int)u;
                }

                Array.Clear(input, 0, size);
            }

            private void UpdateEach(int time)
            {
                int[] membrane = Membrane;
                long[] input = _input;
                long[] decay = _decay;
                int[] thresholds = Threshold;
                int[] floors = Floor;
                int decayMask = decay.Length == 1 ? 0 : -1;
                int boundMask = thresholds.Length == 1 ? 0 : -1;
                int size = membrane.Length;
                for (int i = 0; i < size; i++)
                {
                    long u = (((membrane[i] * decay[i & decayMask]) + Half) >> 31) + input[i];
                    if (u >= thresholds[i & boundMask])
                    {
                        u = Spike(i, u, time);
                    }
                    else if (u < floors[i & boundMask])
                    {
                        u = AtFloor(i);
                    }

                    membrane[i] = (int)u;
                }

                Array.Clear(input, 0, size);
            }
        }
    }
}
