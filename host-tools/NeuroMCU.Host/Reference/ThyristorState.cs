// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Reference
{
    /// <summary>
    /// Membrane and switch of one thyristor neuron, brought forward in closed form at constant current. Volts, amperes and whole microseconds:
    /// what happens on the way (the knee, the hold current, the threshold) falls on the first whole microsecond at or after it, at the value it is defined by.
    /// </summary>
    internal sealed class ThyristorState
    {
        private const double Microsecond = 1e-6;

        private readonly ThyristorCell _cell;
        private Phase _phase = Phase.Off;
        private long _releaseLeft;
        private long _memoryLeft;

        /// <summary>Sets up a neuron that is off.</summary>
        /// <param name="cell">Component values.</param>
        /// <param name="initial">Membrane in V.</param>
        public ThyristorState(ThyristorCell cell, double initial)
        {
            _cell = cell;
            Membrane = initial;
        }

        private enum Phase
        {
            Off,
            On,
            Releasing,
        }

        /// <summary>Membrane in V.</summary>
        public double Membrane { get; private set; }

        /// <summary>True when the thyristor is off and the membrane has reached the threshold.</summary>
        public bool AtThreshold => _phase == Phase.Off && Membrane >= Threshold;

        /// <summary>A copy to look ahead with.</summary>
        /// <returns>The copy.</returns>
        public ThyristorState Copy()
        {
            return (ThyristorState)MemberwiseClone();
        }

        /// <summary>Puts charge on the membrane; it never falls below 0.</summary>
        /// <param name="charge">Charge in C.</param>
        public void Add(double charge)
        {
            Membrane = Math.Max(0, Membrane + (charge / _cell.Capacitance));
        }

        /// <summary>Fires at the threshold: the thyristor goes on.</summary>
        public void Fire()
        {
            _phase = Phase.On;
        }

        /// <summary>Sets the membrane to the threshold, which it crossed within the last microsecond.</summary>
        public void GoToThreshold()
        {
            Membrane = Threshold;
        }

        /// <summary>Brings the neuron forward; the caller fires at the threshold.</summary>
        /// <param name="current">Constant current in A.</param>
        /// <param name="duration">Time in µs.</param>
        public void Advance(double current, long duration)
        {
            long left = duration;
            while (left > 0)
            {
                left -= _phase switch
                {
                    Phase.On => AdvanceOn(current, left),
                    Phase.Releasing => AdvanceRelease(current, left),
                    _ => PassMemory(AdvanceOff(current, left)),
                };
            }
        }

        /// <summary>Time until the threshold is reached at constant current.</summary>
        /// <param name="current">Current in A.</param>
        /// <returns>Time in µs; long.MaxValue when it never is.</returns>
        public long TimeToThreshold(double current)
        {
            ThyristorState ahead = Copy();
            long time = 0;
            while (ahead._phase != Phase.Off)
            {
                long wait = ahead._phase == Phase.On ? ahead.TimeToOpen(current) : ahead._releaseLeft;
                if (wait == long.MaxValue)
                {
                    return wait;
                }

                time += wait;
                if (ahead._phase == Phase.On)
                {
                    ahead.AdvanceOn(current, wait);
                }
                else
                {
                    ahead.AdvanceRelease(current, wait);
                }
            }

            long off = ahead.TimeOff(current);
            return off == long.MaxValue ? off : time + off;
        }

        // In the window after turning off the threshold lies lower.
        private double Threshold => _memoryLeft > 0 ? _cell.Threshold - _cell.Memory : _cell.Threshold;

        // off, above the knee: V relaxes to V_knee + I/g with the time constant C/g; below it is a ramp.
        private long TimeOff(double current)
        {
            if (_memoryLeft > 0)
            {
                long early = TimeTo(_cell.Threshold - _cell.Memory, current);
                if (early < _memoryLeft)
                {
                    return early;
                }
            }

            return TimeTo(_cell.Threshold, current);
        }

        private long TimeTo(double threshold, double current)
        {
            if (Membrane >= threshold)
            {
                return 0;
            }

            double target = _cell.Knee + (current / _cell.Leak);
            if (target <= threshold)
            {
                return long.MaxValue;
            }

            long ramp = Membrane < _cell.Knee ? Ceiling(_cell.Capacitance * (_cell.Knee - Membrane) / current) : 0;
            return ramp + Ceiling(_cell.Capacitance / _cell.Leak * Math.Log((target - Math.Max(Membrane, _cell.Knee)) / (target - threshold)));
        }

        private long AdvanceOff(double current, long left)
        {
            double knee = _cell.Knee;
            double target = knee + (current / _cell.Leak);
            double tau = _cell.Capacitance / _cell.Leak;
            if (Membrane > knee || (Membrane.Equals(knee) && current >= 0))
            {
                long down = current < 0 ? Ceiling(tau * Math.Log((Membrane - target) / (knee - target))) : long.MaxValue;
                if (down < left)
                {
                    // Just below the knee, so that the ramp goes on from there.
                    Membrane = Math.BitDecrement(knee);
                    return down;
                }

                Membrane = target + ((Membrane - target) * Math.Exp(-left * Microsecond / tau));
                return left;
            }

            long up = current > 0 ? Ceiling(_cell.Capacitance * (knee - Membrane) / current) : long.MaxValue;
            if (up <= left)
            {
                Membrane = knee;
                return up;
            }

            Membrane = Math.Max(0, Membrane + (current * left * Microsecond / _cell.Capacitance));
            return left;
        }

        private long PassMemory(long passed)
        {
            _memoryLeft = Math.Max(0, _memoryLeft - passed);
            return passed;
        }

        // on: V relaxes to E = V_on + I·R_c with the time constant C·R_c, and opens on its way through V_hold.
        private long TimeToOpen(double current)
        {
            double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
            double open = _cell.HoldVoltage;
            if (Membrane < open)
            {
                return 0;
            }

            return equilibrium >= open ? long.MaxValue : Ceiling(_cell.DischargeTime * Math.Log((Membrane - equilibrium) / (open - equilibrium)));
        }

        private long AdvanceOn(double current, long left)
        {
            long open = TimeToOpen(current);
            if (open > left)
            {
                Discharge(current, left);
                return left;
            }

            Membrane = Math.Min(Membrane, _cell.HoldVoltage);
            _phase = Phase.Releasing;
            _releaseLeft = (long)Math.Round(_cell.Release / Microsecond, MidpointRounding.AwayFromZero);
            return open;
        }

        private long AdvanceRelease(double current, long left)
        {
            long passed = Math.Min(left, _releaseLeft);
            Discharge(current, passed);
            _releaseLeft -= passed;
            if (_releaseLeft == 0)
            {
                _phase = Phase.Off;
                _memoryLeft = (long)Math.Round(_cell.MemoryTime / Microsecond, MidpointRounding.AwayFromZero);
            }

            return passed;
        }

        private void Discharge(double current, long time)
        {
            double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
            Membrane = equilibrium + ((Membrane - equilibrium) * Math.Exp(-time * Microsecond / _cell.DischargeTime));
        }

        // The last bits of a double must not cost a microsecond.
        private static long Ceiling(double seconds)
        {
            double microseconds = seconds / Microsecond;
            return microseconds > 1e15 ? long.MaxValue : (long)Math.Ceiling(microseconds - 1e-7);
        }
    }
}
