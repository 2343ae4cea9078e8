// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Thyristor neurons with one membrane capacitor (MSN), and their parameters in <see cref="PopulationTable.Parameters" />, by their
    /// place. Voltages are volts in Q.32, currents in the population's unit u (2^-12 nA or finer), times in 2^-16 µs; C is
    /// the capacitance, R_leak = (V_th − V_knee)/I_min the slope of the leak, R_c = r_on + R_load the resistance of the on-state.
    /// </summary>
    public sealed class Thyristor : CurrentModel
    {
        /// <summary>
        /// IL instructions of computing the next spike anew, counted as <see cref="CurrentModel.CrossingWork" />: above the knee, one
        /// segment and one crossing in closed form.
        /// </summary>
        public const int PredictionWork = 1470;

        /// <summary>Ramp 1/C: V per µs and unit of current, Q.80; capacitances from 1 nF up.</summary>
        public const int Ramp = 0;

        /// <summary>Threshold V_th.</summary>
        public const int Threshold = 1;

        /// <summary>Voltage V_knee above which the off-state leaks; 0 for the linear two-state law.</summary>
        public const int Knee = 2;

        /// <summary>Slope of the leak R_leak: volts (Q.32) per unit of current, Q.34.</summary>
        public const int LeakGain = 3;

        /// <summary>log2(e)/(R_leak C) in 1/µs, Q.40.</summary>
        public const int LeakRate = 4;

        /// <summary>Voltage V_on that stays on the thyristor in the on-state.</summary>
        public const int OnVoltage = 5;

        /// <summary>Resistance R_c of the on-state: volts (Q.32) per unit of current, Q.34.</summary>
        public const int OnGain = 6;

        /// <summary>log2(e)/(R_c C) in 1/µs, Q.40.</summary>
        public const int OnRate = 7;

        /// <summary>V_hold = V_on + I_hold R_c: below it the current is less than the holding current.</summary>
        public const int HoldVoltage = 8;

        /// <summary>How long the thyristor stays on after its current fell below the holding current.</summary>
        public const int Release = 9;

        /// <summary>How far the threshold lies lower after the thyristor has turned off.</summary>
        public const int Memory = 10;

        /// <summary>How long it does so.</summary>
        public const int MemoryTime = 11;

        /// <summary>Constant current I_0.</summary>
        public const int Bias = 12;

        /// <summary>Voltage at the start, below the threshold.</summary>
        public const int Initial = 13;

        /// <summary>Least current I_min that fires, in 2^-16 nA: what the drive exceeds it by tells how far the equilibrium lies above
        /// the threshold.</summary>
        public const int Onset = 14;

        /// <summary>Holding current I_hold in 2^-16 nA.</summary>
        public const int Hold = 15;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = 16;

        /// <summary>Bits that onset and holding current have more than other currents.</summary>
        public const int FineCurrentBits = 4;

        private const long MaxRamp = 1L << 48;
        private const long MaxGain = 1L << 45;
        private const long MaxTime = 10000000L << 16;
        private const long MaxFineCurrent = 1L << 36;

        private static readonly long[] s_least = new long[]
        {
            1, 1, 0, 1, ImageLayout.MinLeakRate, 0, 1, ImageLayout.MinLeakRate, 0, 0, 0, 0, -Formats.MaxCurrent, 0, 1, 1,
        };

        private static readonly long[] s_most = new long[]
        {
            MaxRamp, MaxVoltage, MaxVoltage, MaxGain, ImageLayout.MaxLeakRate, MaxVoltage, MaxGain, ImageLayout.MaxLeakRate, MaxVoltage,
            MaxTime, MaxVoltage, MaxTime, Formats.MaxCurrent, MaxVoltage, MaxFineCurrent, MaxFineCurrent,
        };

        /// <inheritdoc />
        public override int Number => 2;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override int BiasPlace => Bias;

        /// <summary>Knee, hold and initial voltage must lie below the lowered threshold.</summary>
        internal override int FirstUnsound(PopulationTable table)
            => FirstUnsoundVoltage(table, Threshold, Memory, Knee, HoldVoltage, Initial, OnVoltage);

        /// <summary>Nine longs and two bytes of each neuron, besides the law.</summary>
        internal override int StateBytes(int size)
            => (9 * DeviceMemory.ArrayBytes(size, 8)) + (2 * DeviceMemory.ArrayBytes(size, 1)) + DeviceMemory.ObjectBytes(20);

        /// <inheritdoc />
        internal override Population CreateComputed(PopulationSite site) => new Cells(site);

        /// <summary>
        /// The segments of a thyristor neuron in closed form: what the membrane becomes after a time, and when it gets to a voltage.
        /// Voltages in Q.32, currents in the population's unit, times in 2^-16 µs.
        /// </summary>
        private sealed class Law
        {
            private const long Never = Relaxation.Never;
            private const int FineBits = Thyristor.FineCurrentBits;

            /// <summary>Threshold.</summary>
            internal readonly long[] Threshold;

            /// <summary>V_hold.</summary>
            internal readonly long[] HoldVoltage;

            /// <summary>Release time.</summary>
            internal readonly long[] Release;

            /// <summary>How far the threshold is lowered after turning off.</summary>
            internal readonly long[] Memory;

            /// <summary>How long it is lowered.</summary>
            internal readonly long[] MemoryTime;

            private readonly long[] _ramp;
            private readonly long[] _knee;
            private readonly long[] _leakGain;
            private readonly long[] _leakRate;
            private readonly long[] _onVoltage;
            private readonly long[] _onGain;
            private readonly long[] _onRate;
            private readonly long[] _onset;
            private readonly long[] _holdCurrent;

            /// <summary>Initializes a new instance of the <see cref="Law" /> class.</summary>
            /// <param name="parameters">Parameters in the order of <see cref="Thyristor" />.</param>
            internal Law(long[][] parameters)
            {
                Threshold = parameters[Thyristor.Threshold];
                HoldVoltage = parameters[Thyristor.HoldVoltage];
                Release = parameters[Thyristor.Release];
                Memory = parameters[Thyristor.Memory];
                MemoryTime = parameters[Thyristor.MemoryTime];
                _ramp = parameters[Thyristor.Ramp];
                _knee = parameters[Thyristor.Knee];
                _leakGain = parameters[Thyristor.LeakGain];
                _leakRate = parameters[Thyristor.LeakRate];
                _onVoltage = parameters[Thyristor.OnVoltage];
                _onGain = parameters[Thyristor.OnGain];
                _onRate = parameters[Thyristor.OnRate];
                _onset = parameters[Thyristor.Onset];
                _holdCurrent = parameters[Thyristor.Hold];
            }

            /// <summary>The membrane of a conducting thyristor after a time.</summary>
            internal long BringOn(int neuron, long membrane, int current, long elapsed)
            {
                return Relax(membrane, Equilibrium(Value(_onVoltage, neuron), current, Value(_onGain, neuron)), elapsed,
                    Value(_onRate, neuron));
            }

            /// <summary>When the current through a conducting thyristor falls below the holding current.</summary>
            /// <returns>Time from now; 0 when it has; <see cref="Relaxation.Never" /> in the block.</returns>
            internal long TimeToHold(int neuron, long membrane, int current)
            {
                long above = membrane - Value(HoldVoltage, neuron);
                if (above < 0)
                {
                    return 0;
                }

                // V_hold lies (I_hold − I)·R_c above the equilibrium: near the block only the currents tell how far.
                long near = Relaxation.Scaled(Value(_holdCurrent, neuron) - ((long)current << FineBits), Value(_onGain, neuron),
                    GainBits + FineBits);
                return near <= 0 ? Never : Relaxation.TimeTo(near + above, near, Value(_onRate, neuron));
            }

            /// <summary>The membrane of a thyristor that is off after a time, as long as it stays below the threshold.</summary>
            internal long BringOff(int neuron, long membrane, int current, long elapsed)
            {
                long knee = Value(_knee, neuron);
                if (membrane > knee || (membrane == knee && current >= 0))
                {
                    long end = Equilibrium(knee, current, Value(_leakGain, neuron));
                    long rate = Value(_leakRate, neuron);
                    if (current >= 0)
                    {
                        return Relax(membrane, end, elapsed, rate);
                    }

                    long wait = Relaxation.TimeTo(membrane - end, knee - end, rate);
                    if (wait >= elapsed)
                    {
                        return Relax(membrane, end, elapsed, rate);
                    }

                    membrane = knee;
                    elapsed -= wait;
                }

                long slope = Slope(neuron, current);
                if (slope > 0)
                {
                    long wait = Relaxation.RampTime(knee - membrane, slope);
                    return wait <= elapsed
                        ? Relax(knee, Equilibrium(knee, current, Value(_leakGain, neuron)), elapsed - wait, Value(_leakRate, neuron))
                        : membrane + Relaxation.Climb(slope, elapsed);
                }

                if (slope == 0)
                {
                    return membrane;
                }

                return Relaxation.RampTime(membrane, -slope) <= elapsed ? 0 : membrane - Relaxation.Climb(-slope, elapsed);
            }

            /// <summary>When the membrane of a thyristor that is off gets to a threshold.</summary>
            /// <returns>Time from now; 0 when it is there; <see cref="Relaxation.Never" /> when it never does.</returns>
            internal long TimeToThreshold(int neuron, long membrane, int current, long threshold)
            {
                if (membrane >= threshold)
                {
                    return 0;
                }

                // The equilibrium lies (I − I_min)·R_leak above V_th: near the onset only the currents tell how far.
                long near = Relaxation.Scaled(((long)current << FineBits) - Value(_onset, neuron), Value(_leakGain, neuron),
                    GainBits + FineBits)
                    + Value(Threshold, neuron) - threshold;
                if (current <= 0 || near <= 0)
                {
                    return Never;
                }

                long knee = Value(_knee, neuron);
                long wait = 0;
                if (membrane < knee)
                {
                    long slope = Slope(neuron, current);
                    if (slope == 0)
                    {
                        return Never;
                    }

                    wait = Relaxation.RampTime(knee - membrane, slope);
                    membrane = knee;
                }

                return wait + Relaxation.TimeTo(near + threshold - membrane, near, Value(_leakRate, neuron));
            }

            private static long Value(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

            private static long Equilibrium(long origin, int current, long gain)
                => origin + Relaxation.Scaled(current, gain, GainBits);

            private static long Relax(long membrane, long end, long elapsed, long rate)
                => end + Relaxation.Decay(membrane - end, Relaxation.Octaves(elapsed, rate));

            private long Slope(int neuron, int current)
                => Relaxation.Scaled(current, Value(_ramp, neuron), RampBits - Relaxation.SlopeBits);
        }

        /// <summary>
        /// Thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023); Phys. Rev. Applied 23, 034030 (2025)): a current I
        /// charges C; off: C dV/dt = I − max(0, V − V_knee)/R_leak, the thyristor turns on at V_th; on: C dV/dt = I − (V − V_on)/R_c,
        /// until V &lt; V_hold, and for the release time more. Each segment is linear, so that the time of the next spike follows in
        /// closed form: a neuron costs nothing between its spikes, and one sum per spike while its current stays the same. A current of
        /// I_hold or more never lets go: depolarisation block. Times of the state are local, in 2^-16 µs: a spike is served at the
        /// nearest whole microsecond, and the neuron goes on from the exact moment.
        /// </summary>
        private sealed class Cells : PredictedPopulation
        {
            private const byte Off = 0;
            private const byte On = 1;
            private const byte Releasing = 2;

            private readonly Law _law;
            private readonly byte[] _mode;
            private readonly long[] _membrane;
            private readonly long[] _time;
            private readonly long[] _turned;
            private readonly long[] _crossing;
            private readonly long[] _cycle;
            private readonly long[] _cycleFrom;
            private readonly long[] _cycleTo;

            /// <summary>Initializes a new instance of the <see cref="Cells" /> class.</summary>
            internal Cells(PopulationSite site)
                : base(site, Thyristor.Bias)
            {
                PopulationTable table = site.Table;
                _law = new Law(table.Parameters);
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
                bool lowered = _time[neuron] < _turned[neuron] + Value(_law.MemoryTime, neuron);
                return lowered ? threshold - Value(_law.Memory, neuron) : threshold;
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

                Law law = _law;
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
                Law law = _law;
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
}
