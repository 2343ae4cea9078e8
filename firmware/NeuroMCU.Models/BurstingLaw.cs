// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// The segments of a bursting neuron in closed form. While nothing switches both voltages are a constant, a ramp and two exponentials:
    /// without conduction V rises by I/C_m and V_s decays with R_s C_s; with it both relax towards their equilibrium, V_s = I R_s and
    /// V − V_s = V_0 + I/G, in a fast and a slow part. Voltages in Q.32, currents in units of 2^-12 nA, times in 2^-16 µs.
    /// </summary>
    internal sealed class BurstingLaw
    {
        // From the ramp's bits to V/µs in Q.50.
        private const int RampShift = Thyristor.RampBits - Relaxation.SlopeBits;

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

        /// <summary>Initializes a new instance of the <see cref="BurstingLaw" /> class.</summary>
        /// <param name="parameters">Parameters in the order of <see cref="Bursting" />.</param>
        internal BurstingLaw(long[][] parameters)
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
            _restS = Relaxation.Scaled(current, At(Bursting.SomaGain, neuron), Thyristor.GainBits);
            _restV = _restS + from + Relaxation.Scaled(current, At(state + Bursting.Gain, neuron), Thyristor.GainBits);
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
}
