// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Bursting thyristor neurons with a soma capacitor (MSBN), and their parameters in <see cref="PopulationTable.Parameters" />, by
    /// their place, in the formats of <see cref="CurrentModel" />: volts in Q.32, currents in the population's unit u, times in 2^-16
    /// µs, rates log2(e)/τ per µs in Q.40. While the thyristor conducts (off and leaking, or on) the deviations of (V, V_s) from their
    /// equilibrium are sums of a fast and a slow part; the matrix P takes the slow part out of them.
    /// </summary>
    public sealed class Bursting : CurrentModel
    {
        /// <summary>
        /// IL instructions of computing the next spike, counted as <see cref="CurrentModel.CrossingWork" />: the search for a spike
        /// 0.8 ms ahead.
        /// </summary>
        public const int PredictionWork = 19_800;

        /// <summary>Fractional bits of the matrices.</summary>
        public const int ShareBits = 31;

        /// <summary>Threshold V_th of V − V_s.</summary>
        public const int Threshold = 0;

        /// <summary>Value of V − V_s above which the off-state leaks.</summary>
        public const int Knee = 1;

        /// <summary>Value V_on of V − V_s above which the on-state conducts.</summary>
        public const int OnVoltage = 2;

        /// <summary>Value V_on + I_hold r_on of V − V_s below which the thyristor is going to turn off.</summary>
        public const int HoldVoltage = 3;

        /// <summary>How long it stays on after that.</summary>
        public const int Release = 4;

        /// <summary>How far the threshold lies lower right after turning off.</summary>
        public const int Memory = 5;

        /// <summary>Rate at which it comes back.</summary>
        public const int MemoryRate = 6;

        /// <summary>Ramp 1/C_m: V per µs and u, Q.80.</summary>
        public const int Ramp = 7;

        /// <summary>Resistance R_s of the soma: volts (Q.32) per u, Q.34.</summary>
        public const int SomaGain = 8;

        /// <summary>Rate of the soma alone, 1/(R_s C_s).</summary>
        public const int SomaRate = 9;

        /// <summary>Constant current I_0.</summary>
        public const int Bias = 10;

        /// <summary>Voltage V at the start.</summary>
        public const int Initial = 11;

        /// <summary>Place of what the leak of the off-state makes of the circuit.</summary>
        public const int Leaking = 12;

        /// <summary>Place of what the on-state makes of it.</summary>
        public const int Conducting = 19;

        /// <summary>Place, within one of these, of the thyristor's resistance: volts (Q.32) per u, Q.34.</summary>
        public const int Gain = 0;

        /// <summary>Place of the fast rate.</summary>
        public const int FastRate = 1;

        /// <summary>Place of the slow rate.</summary>
        public const int SlowRate = 2;

        /// <summary>Place of the first of the four elements of P, by rows, Q.31.</summary>
        public const int Shares = 3;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = 26;

        private const long MostGain = 1L << 45;
        private const long Rate = 1L << 44;
        private const long Time = 10000000L << Relaxation.TimeBits;
        private const long Share = 1L << 40;

        private static readonly long[] s_least = new long[]
        {
            1, 0, 0, 0, 0, 0, 1, 1, 1, 1, -Formats.MaxCurrent, 0,
            1, 1, 1, 0, 0, 0, 0,
            1, 1, 1, 0, 0, 0, 0,
        };

        private static readonly long[] s_most = new long[]
        {
            MaxVoltage, MaxVoltage, MaxVoltage, MaxVoltage, Time, MaxVoltage, Rate, 1L << 48, MostGain, Rate, Formats.MaxCurrent,
            MaxVoltage,
            MostGain, Rate, Rate, Share, Share, Share, Share,
            MostGain, Rate, Rate, Share, Share, Share, Share,
        };

        /// <inheritdoc />
        public override int Number => 3;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override int BiasPlace => Bias;

        /// <summary>Knee, on-voltage and hold voltage must lie below the lowered threshold.</summary>
        internal override int FirstUnsound(PopulationTable table)
            => FirstUnsoundVoltage(table, Threshold, Memory, Knee, HoldVoltage, Initial, OnVoltage);

        /// <summary>Nine longs and two bytes of each neuron, besides the law.</summary>
        internal override int StateBytes(int size)
        {
            return (9 * DeviceMemory.ArrayBytes(size, 8)) + (2 * DeviceMemory.ArrayBytes(size, 1)) + (2 * DeviceMemory.ObjectBytes(20))
                + (3 * DeviceMemory.ArrayBytes(3, 8));
        }

        /// <inheritdoc />
        internal override Population CreateComputed(PopulationSite site) => new Cells(site);

        /// <summary>
        /// The segments of a bursting neuron in closed form. While nothing switches both voltages are a constant, a ramp and two
        /// exponentials: without conduction V rises by I/C_m and V_s decays with R_s C_s; with it both relax towards their equilibrium,
        /// V_s = I R_s and V − V_s = V_0 + I/G, in a fast and a slow part. Voltages in Q.32, currents in the population's unit, times in
        /// 2^-16 µs.
        /// </summary>
        private sealed class Law
        {
            // From the ramp's bits to V/µs in Q.50.
            private const int RampShift = RampBits - Relaxation.SlopeBits;

            /// <summary>Threshold of the voltage across the thyristor.</summary>
            internal readonly long[] Threshold;

            /// <summary>Where the off-state begins to leak.</summary>
            internal readonly long[] Knee;

            /// <summary>Where the on-state ceases to conduct.</summary>
            internal readonly long[] OnVoltage;

            /// <summary>Voltage across the thyristor at the holding current.</summary>
            internal readonly long[] HoldVoltage;

            /// <summary>Release time.</summary>
            internal readonly long[] Release;

            private readonly long[][] _parameters;
            private readonly FirstCrossing _crossing = new FirstCrossing();
            private long _restV;
            private long _restS;
            private long _ramp;
            private long _fastV;
            private long _fastS;
            private long _slowV;
            private long _slowS;
            private long _fastRate;
            private long _slowRate;

            /// <summary>Initializes a new instance of the <see cref="Law" /> class.</summary>
            /// <param name="parameters">Parameters in the order of <see cref="Bursting" />.</param>
            internal Law(long[][] parameters)
            {
                _parameters = parameters;
                Threshold = parameters[Bursting.Threshold];
                Knee = parameters[Bursting.Knee];
                OnVoltage = parameters[Bursting.OnVoltage];
                HoldVoltage = parameters[Bursting.HoldVoltage];
                Release = parameters[Bursting.Release];
            }

            /// <summary>Whether the thyristor conducts in the segment begun last.</summary>
            internal bool Conducts;

            /// <summary>Voltage V of the dendrite after <see cref="Go" />.</summary>
            internal long Dendrite;

            /// <summary>Voltage V_s of the soma after <see cref="Go" />.</summary>
            internal long Soma;

            /// <summary>Begins a segment.</summary>
            internal void Begin(int neuron, long v, long s, int current, bool on)
            {
                long from = Value(on ? OnVoltage : Knee, neuron);
                Conducts = v - s >= from;
                if (Conducts)
                {
                    Relax(neuron, v, s, current, from, on ? Bursting.Conducting : Bursting.Leaking);
                    return;
                }

                // No current leaves an empty capacitor.
                long ramp = Relaxation.Scaled(current, At(Bursting.Ramp, neuron), RampShift);
                _ramp = v <= 0 && ramp < 0 ? 0 : ramp;
                _restV = v;
                _restS = 0;
                _fastV = 0;
                _fastS = s;
                _slowV = 0;
                _slowS = 0;
                _fastRate = At(Bursting.SomaRate, neuron);
                _slowRate = 1;
            }

            /// <summary>Brings both voltages to a time after the segment's beginning; neither falls below 0.</summary>
            internal void Go(long elapsed)
            {
                long fast = Relaxation.Octaves(elapsed, _fastRate);
                long slow = Relaxation.Octaves(elapsed, _slowRate);
                long v = _restV + Relaxation.Decay(_fastV, fast) + Relaxation.Decay(_slowV, slow) + Relaxation.Climb(_ramp, elapsed);
                long s = _restS + Relaxation.Decay(_fastS, fast) + Relaxation.Decay(_slowS, slow);
                Dendrite = v < 0 ? 0 : v;
                Soma = s < 0 ? 0 : s;
            }

            /// <summary>When V − V_s rises to a level.</summary>
            internal long TimeUp(long level, long limit)
            {
                _crossing.Begin(_restV - _restS - level, _ramp);
                _crossing.Add(_fastV - _fastS, _fastRate);
                _crossing.Add(_slowV - _slowS, _slowRate);
                return _crossing.Find(limit);
            }

            /// <summary>When V − V_s falls to a level.</summary>
            internal long TimeDown(long level, long limit)
            {
                _crossing.Begin(level - _restV + _restS, -_ramp);
                _crossing.Add(_fastS - _fastV, _fastRate);
                _crossing.Add(_slowS - _slowV, _slowRate);
                return _crossing.Find(limit);
            }

            /// <summary>When V − V_s rises to the threshold, which comes back from where it was lowered to.</summary>
            /// <param name="lowered">By how much the threshold is lower at the segment's beginning.</param>
            internal long TimeToFire(int neuron, long lowered, long limit)
            {
                _crossing.Begin(_restV - _restS - Value(Threshold, neuron), _ramp);
                _crossing.Add(_fastV - _fastS, _fastRate);
                _crossing.Add(_slowV - _slowS, _slowRate);
                _crossing.Add(lowered, At(Bursting.MemoryRate, neuron));
                return _crossing.Find(limit);
            }

            /// <summary>When a negative current has emptied the dendrite; <see cref="Relaxation.Never" /> where it does not.</summary>
            internal long TimeToEmpty() => _ramp >= 0 ? Relaxation.Never : Relaxation.RampTime(_restV, -_ramp);

            /// <summary>By how much the threshold is lower some time after the thyristor has turned off.</summary>
            internal long Lowered(int neuron, long elapsed)
                => Relaxation.Decay(At(Bursting.Memory, neuron), Relaxation.Octaves(elapsed, At(Bursting.MemoryRate, neuron)));

            private static long Value(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

            private long At(int place, int neuron) => Value(_parameters[place], neuron);

            private void Relax(int neuron, long v, long s, int current, long from, int state)
            {
                _ramp = 0;
                _restS = Relaxation.Scaled(current, At(Bursting.SomaGain, neuron), GainBits);
                _restV = _restS + from + Relaxation.Scaled(current, At(state + Bursting.Gain, neuron), GainBits);
                long dv = v - _restV;
                long ds = s - _restS;
                int shares = state + Bursting.Shares;
                _slowV = Relaxation.Scaled(dv, At(shares, neuron), Bursting.ShareBits)
                    + Relaxation.Scaled(ds, At(shares + 1, neuron), Bursting.ShareBits);
                _slowS = Relaxation.Scaled(dv, At(shares + 2, neuron), Bursting.ShareBits)
                    + Relaxation.Scaled(ds, At(shares + 3, neuron), Bursting.ShareBits);
                _fastV = dv - _slowV;
                _fastS = ds - _slowS;
                _fastRate = At(state + Bursting.FastRate, neuron);
                _slowRate = At(state + Bursting.SlowRate, neuron);
            }
        }

        /// <summary>
        /// Bursting thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5): the thyristor leads from the
        /// capacitor C_m (voltage V) to a soma R_s || C_s (voltage V_s, the output). C_m dV/dt = I − I_M, C_s dV_s/dt = I_M − V_s/R_s.
        /// Each segment between two switchings has a closed form (<see cref="Law" />), so that the next spike is known as soon as the
        /// current is. The threshold of V − V_s is lowered right after turning off and comes back exponentially (stored gate charge):
        /// that makes the bursts of mode IB1. Voltages in Q.32; times of the state are local, in 2^-16 µs: a spike is served at the
        /// nearest whole microsecond, and the neuron goes on from the exact moment.
        /// </summary>
        private sealed class Cells : PredictedPopulation
        {

            // A neuron that does not fire within 18 minutes is looked at again when the time base moves.
            private const long Horizon = 1L << (30 + Relaxation.TimeBits);

            // What remains of the dendrite when it has been emptied, and what is left to the knee when that has been reached, is below a
            // microvolt.
            private const long Near = 1L << (VoltBits - 20);
            private const byte Off = 0;
            private const byte On = 1;
            private const byte Releasing = 2;

            private readonly Law _law;
            private readonly long[] _dendrite;
            private readonly long[] _soma;
            private readonly long[] _time;
            private readonly long[] _turned;
            private readonly byte[] _mode;
            private readonly long[] _dueDendrite;
            private readonly long[] _dueSoma;
            private readonly long[] _dueTurned;

            // Where the walk from switching to switching has got to.
            private long _v;
            private long _s;
            private long _at;
            private long _turnedAt;
            private byte _state;

            /// <summary>Initializes a new instance of the <see cref="Cells" /> class.</summary>
            internal Cells(PopulationSite site)
                : base(site, Bursting.Bias)
            {
                PopulationTable table = site.Table;
                _law = new Law(table.Parameters);
                _dendrite = new long[table.Size];
                _soma = new long[table.Size];
                _time = new long[table.Size];
                _turned = new long[table.Size];
                _mode = new byte[table.Size];
                _dueDendrite = new long[table.Size];
                _dueSoma = new long[table.Size];
                _dueTurned = new long[table.Size];
            }

            /// <inheritdoc />
            internal override void Reset()
            {
                base.Reset();
                for (int i = 0; i < _time.Length; i++)
                {
                    _dendrite[i] = Value(Table.Parameters[Bursting.Initial], i);
                    _soma[i] = 0;
                    _time[i] = 0;
                    _turned[i] = -Horizon;
                    _mode[i] = Off;
                    Schedule(i, 0);
                }
            }

            /// <summary>Gets false: the cell is solved for one length of step.</summary>
            internal override bool CanLengthenStep => false;

            /// <inheritdoc />
            internal override void Settle(int neuron, int time)
            {
                BringForward(neuron, (long)time << Relaxation.TimeBits);
                _dendrite[neuron] = WithinVolts(_dendrite[neuron] + TakeArrived(neuron));
                long lowered = _law.Lowered(neuron, _time[neuron] - _turned[neuron]);
                if (_mode[neuron] == Off && _dendrite[neuron] - _soma[neuron] >= Value(_law.Threshold, neuron) - lowered)
                {
                    Spike(neuron, time);
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
                BringForward(neuron, NextSpike[neuron]);
                Spike(neuron, time);
            }

            /// <inheritdoc />
            internal override int ReadMembrane(int neuron, int time)
            {
                Load(neuron);
                Walk(neuron, UntilDue(neuron, (long)time << Relaxation.TimeBits), false);
                return (int)((_s + (1L << (TraceShift - 1))) >> TraceShift);
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
                    _dueTurned[i] -= shift;
                    if (NextSpike[i] == Never)
                    {
                        Schedule(i, 0);
                    }
                    else
                    {
                        NextSpike[i] -= shift;
                    }
                }
            }

            /// <inheritdoc />
            protected override void SetCurrent(int neuron, int current, int time)
            {
                BringForward(neuron, (long)time << Relaxation.TimeBits);
                Current[neuron] = current;
                Schedule(neuron, time);
            }

            private void Spike(int neuron, int time)
            {
                _mode[neuron] = On;
                Queue.Fire(this, neuron, time);
                Schedule(neuron, time);
            }

            // The next spike if nothing happens until then, and the state in which it comes.
            private void Schedule(int neuron, int time)
            {
                Counters.LawOperations += Bursting.PredictionWork;
                Load(neuron);
                bool fires = Walk(neuron, _at + Horizon, true);
                _dueDendrite[neuron] = _v;
                _dueSoma[neuron] = _s;
                _dueTurned[neuron] = _turnedAt;
                SetNextSpike(neuron, fires ? _at : Never, time);
            }

            // No further than the computed spike: one that is due in this very microsecond comes before the change.
            private void BringForward(int neuron, long time)
            {
                if (time >= NextSpike[neuron])
                {
                    _dendrite[neuron] = _dueDendrite[neuron];
                    _soma[neuron] = _dueSoma[neuron];
                    _time[neuron] = NextSpike[neuron];
                    _turned[neuron] = _dueTurned[neuron];
                    _mode[neuron] = Off;
                    return;
                }

                Load(neuron);
                Walk(neuron, time, false);
                _dendrite[neuron] = _v;
                _soma[neuron] = _s;
                _time[neuron] = _at;
                _turned[neuron] = _turnedAt;
                _mode[neuron] = _state;
            }

            private void Load(int neuron)
            {
                _v = _dendrite[neuron];
                _s = _soma[neuron];
                _at = _time[neuron];
                _turnedAt = _turned[neuron];
                _state = _mode[neuron];
            }

            private long UntilDue(int neuron, long time) => time < NextSpike[neuron] ? time : NextSpike[neuron];

            // Goes from switching to switching, up to a time or to the spike before it.
            private bool Walk(int neuron, long until, bool toSpike)
            {
                Law law = _law;
                while (_at < until)
                {
                    bool on = _state != Off;
                    law.Begin(neuron, _v, _s, Current[neuron], on);
                    long left = until - _at;
                    if (_state == Releasing && _turnedAt - _at < left)
                    {
                        left = _turnedAt - _at;
                    }

                    long from = Value(on ? law.OnVoltage : law.Knee, neuron);
                    long boundary = BoundaryTime(neuron, from, left);
                    if (boundary < left)
                    {
                        left = boundary;
                    }

                    if (_state == On || (toSpike && _state == Off && law.Conducts))
                    {
                        long switching = on
                            ? law.TimeDown(Value(law.HoldVoltage, neuron), left)
                            : law.TimeToFire(neuron, law.Lowered(neuron, _at - _turnedAt), left);
                        if (switching != Never)
                        {
                            Move(switching);
                            if (!on)
                            {
                                return true;
                            }

                            _state = Releasing;
                            _turnedAt = _at + Value(law.Release, neuron);
                            continue;
                        }
                    }

                    Move(left);
                    if (left == boundary)
                    {
                        PassBoundary(from);
                    }

                    if (_state == Releasing && _at >= _turnedAt)
                    {
                        _state = Off;
                    }
                }

                return false;
            }

            // Where conduction begins or ends, or a negative current has emptied the dendrite; never where none of them comes.
            private long BoundaryTime(int neuron, long from, long left)
            {
                if (_law.Conducts)
                {
                    return Current[neuron] < 0 ? _law.TimeDown(from, left) : Never;
                }

                long empty = _law.TimeToEmpty();
                long up = _law.TimeUp(from, empty < left ? empty : left);
                return up < empty ? up : empty;
            }

            // A unit beyond the boundary, so that the law of the other side goes on from there.
            private void PassBoundary(long from)
            {
                if (_law.Conducts)
                {
                    _v = _s + from - 1;
                }
                else
                {
                    _v = _v - _s < from - Near ? 0 : _s + from + 1;
                }
            }

            private void Move(long elapsed)
            {
                _law.Go(elapsed);
                _v = _law.Dendrite;
                _s = _law.Soma;
                _at += elapsed;
            }
        }
    }
}
