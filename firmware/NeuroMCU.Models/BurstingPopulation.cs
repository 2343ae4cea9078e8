// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Bursting thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5): the thyristor leads from the
    /// capacitor C_m (voltage V) to a soma R_s || C_s (voltage V_s, the output). C_m dV/dt = I − I_M, C_s dV_s/dt = I_M − V_s/R_s. Each
    /// segment between two switchings has a closed form (<see cref="BurstingLaw" />), so that the next spike is known as soon as the
    /// current is. The threshold of V − V_s is lowered right after turning off and comes back exponentially (stored gate charge): that
    /// makes the bursts of mode IB1. Voltages in Q.32; times of the state are local, in 2^-16 µs: a spike is served at the nearest
    /// whole microsecond, and the neuron goes on from the exact moment.
    /// </summary>
    internal sealed class BurstingPopulation : PredictedPopulation
    {

        // A neuron that does not fire within 18 minutes is looked at again when the time base moves.
        private const long Horizon = 1L << (30 + Relaxation.TimeBits);

        // What remains of the dendrite when it has been emptied, and what is left to the knee when that has been reached, is below a
        // microvolt.
        private const long Near = 1L << (Thyristor.VoltBits - 20);
        private const byte Off = 0;
        private const byte On = 1;
        private const byte Releasing = 2;

        private readonly BurstingLaw _law;
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

        /// <summary>Initializes a new instance of the <see cref="BurstingPopulation" /> class.</summary>
        internal BurstingPopulation(PopulationSite site)
            : base(site, Bursting.Bias)
        {
            PopulationTable table = site.Table;
            _law = new BurstingLaw(table.Parameters);
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
            BurstingLaw law = _law;
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
