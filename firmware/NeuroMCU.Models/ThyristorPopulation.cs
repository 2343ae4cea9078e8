// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023); Phys. Rev. Applied 23, 034030 (2025)): a current I
    /// charges C; off: C dV/dt = I − max(0, V − V_knee)/R_leak, the thyristor turns on at V_th; on: C dV/dt = I − (V − V_on)/R_c, until
    /// V &lt; V_hold, and for the release time more. Each segment is linear, so that the time of the next spike follows in closed form:
    /// a neuron costs nothing between its spikes, and one sum per spike while its current stays the same. A current of I_hold or more
    /// never lets go: depolarisation block. Times of the state are local, in 2^-16 µs: a spike is served at the nearest whole
    /// microsecond, and the neuron goes on from the exact moment.
    /// </summary>
    internal sealed class ThyristorPopulation : PredictedPopulation
    {
        private const byte Off = 0;
        private const byte On = 1;
        private const byte Releasing = 2;

        private readonly ThyristorLaw _law;
        private readonly byte[] _mode;
        private readonly long[] _membrane;
        private readonly long[] _time;
        private readonly long[] _turned;
        private readonly long[] _crossing;
        private readonly long[] _cycle;
        private readonly long[] _cycleFrom;
        private readonly long[] _cycleTo;

        /// <summary>Initializes a new instance of the <see cref="ThyristorPopulation" /> class.</summary>
        internal ThyristorPopulation(PopulationSite site)
            : base(site, Thyristor.Bias)
        {
            PopulationTable table = site.Table;
            _law = new ThyristorLaw(table.Parameters);
            _membrane = new long[table.Size];
            _mode = new byte[table.Size];
            _time = new long[table.Size];
            _turned = new long[table.Size];
            _crossing = new long[table.Size];
            _cycle = new long[table.Size];
            _cycleFrom = new long[table.Size];
            _cycleTo = new long[table.Size];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            for (int i = 0; i < _membrane.Length; i++)
            {
                _membrane[i] = Value(Table.Parameters[Thyristor.Initial], i);
                _time[i] = 0;
                _mode[i] = Off;
                _turned[i] = -Value(_law.MemoryTime, i);
                _cycleFrom[i] = 0;
                Schedule(i, 0);
            }
        }

        /// <inheritdoc />
        internal override void Settle(int neuron, int time)
        {
            BringForward(neuron, (long)time << Relaxation.TimeBits);
            _membrane[neuron] = WithinVolts(_membrane[neuron] + TakeArrived(neuron));
            if (_mode[neuron] == Off && _membrane[neuron] >= ThresholdNow(neuron))
            {
                Spike(neuron, _membrane[neuron], _time[neuron], time);
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
            Counters.CountedCrossings++;
            Counters.LawOperations += CurrentModel.CrossingWork;
            Spike(neuron, _crossing[neuron], NextSpike[neuron], time);
        }

        /// <inheritdoc />
        internal override int ReadMembrane(int neuron, int time)
        {
            // What is read must not split a segment in two, whose roundings could move a spike.
            long membrane = _membrane[neuron];
            long last = _time[neuron];
            long turned = _turned[neuron];
            byte mode = _mode[neuron];
            BringForward(neuron, (long)time << Relaxation.TimeBits);
            int read = (int)((_membrane[neuron] + (1L << (TraceShift - 1))) >> TraceShift);
            _membrane[neuron] = membrane;
            _time[neuron] = last;
            _turned[neuron] = turned;
            _mode[neuron] = mode;
            return read;
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            long shift = (long)by << Relaxation.TimeBits;
            for (int i = 0; i < _time.Length; i++)
            {
                BringForward(i, shift - Relaxation.Microsecond);
                _time[i] -= shift;
                long turned = _turned[i] - shift;
                _turned[i] = turned < -shift ? -shift : turned;
                NextSpike[i] = NextSpike[i] == Never ? Never : NextSpike[i] - shift;
            }
        }

        /// <inheritdoc />
        protected override void SetCurrent(int neuron, int current, int time)
        {
            BringForward(neuron, (long)time << Relaxation.TimeBits);
            Current[neuron] = current;
            _cycleFrom[neuron] = 0;
            Schedule(neuron, time);
        }

        private void Spike(int neuron, long membrane, long moment, int time)
        {
            _membrane[neuron] = membrane;
            _time[neuron] = moment;
            _mode[neuron] = On;
            Queue.Fire(this, neuron, time);
            if (_cycleFrom[neuron] == membrane)
            {
                _crossing[neuron] = _cycleTo[neuron];
                SetNextSpike(neuron, moment + _cycle[neuron], time);
                return;
            }

            Schedule(neuron, time);
            if (NextSpike[neuron] != Never)
            {
                _cycleFrom[neuron] = membrane;
                _cycle[neuron] = NextSpike[neuron] - moment;
                _cycleTo[neuron] = _crossing[neuron];
            }
        }

        private long ThresholdNow(int neuron)
        {
            long threshold = Value(_law.Threshold, neuron);
            return _time[neuron] < _turned[neuron] + Value(_law.MemoryTime, neuron) ? threshold - Value(_law.Memory, neuron) : threshold;
        }

        private void Schedule(int neuron, int time)
        {
            Counters.LawOperations += Thyristor.PredictionWork;
            SetNextSpike(neuron, Predict(neuron), time);
        }

        // Goes from switching to switching, and no further than the computed spike: one that is due in this very microsecond comes
        // before the change.
        private void BringForward(int neuron, long time)
        {
            bool crosses = time >= NextSpike[neuron];
            if (crosses)
            {
                time = NextSpike[neuron];
            }

            ThyristorLaw law = _law;
            int current = Current[neuron];
            long last = _time[neuron];
            long membrane = _membrane[neuron];
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
                        last += wait;
                        membrane = Saturation.Clamp(membrane, 0, Value(law.HoldVoltage, neuron));
                        _mode[neuron] = Releasing;
                        _turned[neuron] = last + Value(law.Release, neuron);
                    }
                    else
                    {
                        membrane = law.BringOn(neuron, membrane, current, time - last);
                        last = time;
                    }
                }
                else
                {
                    long end = _turned[neuron] < time ? _turned[neuron] : time;
                    membrane = law.BringOn(neuron, membrane, current, end - last);
                    last = end;
                    if (end == _turned[neuron])
                    {
                        _mode[neuron] = Off;
                    }
                }
            }

            _time[neuron] = last;
            _membrane[neuron] = crosses ? _crossing[neuron] : membrane;
        }

        // The time of the next spike if nothing happens until then, and the voltage at which it comes.
        private long Predict(int neuron)
        {
            ThyristorLaw law = _law;
            int current = Current[neuron];
            long time = _time[neuron];
            long membrane = _membrane[neuron];
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
                    _crossing[neuron] = lowered;
                    return time + early;
                }
            }

            long wanted = law.TimeToThreshold(neuron, membrane, current, threshold);
            _crossing[neuron] = threshold;
            return wanted == Never ? Never : time + wanted;
        }
    }
}
