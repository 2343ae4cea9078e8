// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Models
{
    /// <summary>
    /// Thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023); Phys. Rev. Applied 23, 034030 (2025)): a current I charges C;
    /// off:  C dV/dt = I − max(0, V − V_knee)/R_leak,  the thyristor turns on at V_th;
    /// on:   C dV/dt = I − (V − V_on)/R_c,  until V &lt; V_hold, and for the release time more.
    /// Each segment is linear, so that the time of the next spike follows in closed form: a neuron costs nothing between its spikes, and one
    /// sum per spike while its current stays the same. A current of I_hold or more never lets go: depolarisation block.
    /// </summary>
    internal sealed class ThyristorPopulation : CurrentPopulation
    {
        private const long Never = long.MaxValue;
        private const byte Off = 0;
        private const byte On = 1;
        private const byte Releasing = 2;

        private readonly ThyristorLaw _law;
        private readonly TimeHeap _crossings;
        private readonly int _firstCrossing;
        private readonly byte[] _mode;
        private readonly int[] _turned;
        private readonly int[] _crossing;
        private readonly int[] _cycle;
        private readonly int[] _cycleFrom;
        private readonly int[] _cycleTo;
        private readonly long[] _arrived;
        private readonly bool[] _noted;

        /// <summary>Initializes a new instance of the <see cref="ThyristorPopulation" /> class.</summary>
        /// <param name="table">The population's part of the image.</param>
        /// <param name="first">Global index of the first neuron.</param>
        /// <param name="drives">Steps of drive to this population.</param>
        /// <param name="queue">Where spikes go.</param>
        /// <param name="crossings">Computed crossings of the network.</param>
        /// <param name="firstCrossing">Index of the first neuron among them.</param>
        /// <param name="counters">Counters of the engine.</param>
        internal ThyristorPopulation(
            PopulationTable table,
            int first,
            DriveTable[] drives,
            EventQueue queue,
            TimeHeap crossings,
            int firstCrossing,
            EngineCounters counters)
            : base(table, first, drives, queue, table.Parameters[ThyristorLayout.Bias], counters)
        {
            _law = new ThyristorLaw(table.Parameters);
            _crossings = crossings;
            _firstCrossing = firstCrossing;
            Membrane = new int[table.Size];
            Last = new int[table.Size];
            _mode = new byte[table.Size];
            _turned = new int[table.Size];
            _crossing = new int[table.Size];
            _cycle = new int[table.Size];
            _cycleFrom = new int[table.Size];
            _cycleTo = new int[table.Size];
            _arrived = new long[table.Size];
            _noted = new bool[table.Size];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            for (int i = 0; i < Membrane.Length; i++)
            {
                Membrane[i] = (int)Value(Table.Parameters[ThyristorLayout.Initial], i);
                Last[i] = 0;
                _mode[i] = Off;
                _turned[i] = -(int)Value(Table.Parameters[ThyristorLayout.MemoryTime], i);
                _cycleFrom[i] = 0;
                _arrived[i] = 0;
                _noted[i] = false;
                Schedule(i, 0);
            }
        }

        /// <inheritdoc />
        internal override void Settle(int neuron, int time)
        {
            BringForward(neuron, time);
            long membrane = Membrane[neuron] + _arrived[neuron];
            _arrived[neuron] = 0;
            _noted[neuron] = false;
            Membrane[neuron] = WithinVolts(membrane);
            if (_mode[neuron] == Off && Membrane[neuron] >= ThresholdAt(neuron, time))
            {
                Spike(neuron, Membrane[neuron], time);
            }
            else
            {
                Schedule(neuron, time);
            }
        }

        /// <inheritdoc />
        internal override void Due(int neuron, int time)
        {
            Counters.NeuronUpdates++;
            Counters.ThyristorCrossings++;
            Spike(neuron, _crossing[neuron], time);
        }

        /// <inheritdoc />
        internal override int ReadMembrane(int neuron, int time)
        {
            // What is read must not split a segment in two, whose roundings could move a spike.
            int membrane = Membrane[neuron];
            int last = Last[neuron];
            int turned = _turned[neuron];
            byte mode = _mode[neuron];
            BringForward(neuron, time);
            int read = Membrane[neuron];
            Membrane[neuron] = membrane;
            Last[neuron] = last;
            _turned[neuron] = turned;
            _mode[neuron] = mode;
            return read;
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            for (int i = 0; i < Last.Length; i++)
            {
                BringForward(i, by - 1);
                Last[i] -= by;
                int turned = _turned[i] - by;
                _turned[i] = turned < -by ? -by : turned;
            }
        }

        /// <inheritdoc />
        protected override void Charge(int neuron, int volts, int time)
        {
            _arrived[neuron] += volts;
            if (!_noted[neuron])
            {
                _noted[neuron] = true;
                Queue.Note(this, neuron, time);
            }
        }

        /// <inheritdoc />
        protected override void SetCurrent(int neuron, int current, int time)
        {
            BringForward(neuron, time);
            Current[neuron] = current;
            _cycleFrom[neuron] = 0;
            Schedule(neuron, time);
        }

        private void Spike(int neuron, int membrane, int time)
        {
            Membrane[neuron] = membrane;
            Last[neuron] = time;
            _mode[neuron] = On;
            Queue.Fire(this, neuron, time);
            if (_cycleFrom[neuron] == membrane)
            {
                _crossing[neuron] = _cycleTo[neuron];
                SetDue(neuron, time + (long)_cycle[neuron]);
                return;
            }

            long due = Schedule(neuron, time);
            if (due - time <= int.MaxValue)
            {
                _cycleFrom[neuron] = membrane;
                _cycle[neuron] = (int)(due - time);
                _cycleTo[neuron] = _crossing[neuron];
            }
        }

        private int ThresholdAt(int neuron, int time)
        {
            long threshold = Value(_law.Threshold, neuron);
            return (int)(time < _turned[neuron] + Value(_law.MemoryTime, neuron) ? threshold - Value(_law.Memory, neuron) : threshold);
        }

        private long Schedule(int neuron, int time)
        {
            Counters.ThyristorUpdates++;
            long due = Predict(neuron);
            SetDue(neuron, due < time ? time : due);
            return due;
        }

        private void SetDue(int neuron, long due)
        {
            int index = _firstCrossing + neuron;
            if (due == Never)
            {
                _crossings.Remove(index);
                return;
            }

            _crossings.Set(index, Queue.Base + due);
            if (due < Queue.Horizon)
            {
                Queue.Horizon = (int)due + 1;
            }
        }

        // Goes from switching to switching; spikes have been served before, so that no segment here passes a threshold.
        private void BringForward(int neuron, int time)
        {
            ThyristorLaw law = _law;
            int current = Current[neuron];
            int last = Last[neuron];
            long membrane = Membrane[neuron];
            while (last < time)
            {
                int mode = _mode[neuron];
                if (mode == Off)
                {
                    membrane = law.BringOff(neuron, membrane, current, time - last);
                    last = time;
                }
                else if (mode == On)
                {
                    long wait = law.TimeToHold(neuron, membrane, current);
                    if (wait <= time - last)
                    {
                        last += (int)wait;
                        membrane = Saturation.Clamp(membrane, 0, Value(law.HoldVoltage, neuron));
                        _mode[neuron] = Releasing;
                        _turned[neuron] = last + (int)Value(law.Release, neuron);
                    }
                    else
                    {
                        membrane = law.BringOn(neuron, membrane, current, time - last);
                        last = time;
                    }
                }
                else
                {
                    int end = _turned[neuron] < time ? _turned[neuron] : time;
                    membrane = law.BringOn(neuron, membrane, current, end - last);
                    last = end;
                    if (end == _turned[neuron])
                    {
                        _mode[neuron] = Off;
                    }
                }
            }

            Last[neuron] = last;
            Membrane[neuron] = (int)membrane;
        }

        // The time of the next spike if nothing happens until then, and the voltage at which it comes.
        private long Predict(int neuron)
        {
            ThyristorLaw law = _law;
            int current = Current[neuron];
            long time = Last[neuron];
            long membrane = Membrane[neuron];
            long turned = _turned[neuron];
            if (_mode[neuron] != Off)
            {
                if (_mode[neuron] == On)
                {
                    long wait = law.TimeToHold(neuron, membrane, current);
                    if (wait == Never)
                    {
                        return Never;
                    }

                    time += wait;
                    membrane = Saturation.Clamp(membrane, 0, Value(law.HoldVoltage, neuron));
                    turned = time + Value(law.Release, neuron);
                }

                membrane = law.BringOn(neuron, membrane, current, turned - time);
                time = turned;
            }

            long threshold = Value(law.Threshold, neuron);
            long window = turned + Value(law.MemoryTime, neuron);
            if (time < window)
            {
                long lowered = threshold - Value(law.Memory, neuron);
                long early = law.TimeToThreshold(neuron, membrane, current, lowered);
                if (early < window - time)
                {
                    _crossing[neuron] = (int)lowered;
                    return time + early;
                }
            }

            long wanted = law.TimeToThreshold(neuron, membrane, current, threshold);
            _crossing[neuron] = (int)threshold;
            return wanted == Never ? Never : time + wanted;
        }
    }
}
