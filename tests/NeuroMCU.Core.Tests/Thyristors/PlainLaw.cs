// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;

namespace NeuroMCU.Core.Tests.Thyristors
{
    /// <summary>
    /// The rules of docs/design/engine-semantics.md for one thyristor neuron, walked microsecond by microsecond in double precision: nothing
    /// is predicted, so that it shares no closed form with the engine but the decay over one microsecond.
    /// </summary>
    internal sealed class PlainLaw(Cell cell, double bias)
    {
        private readonly double _leak = (cell.Threshold - cell.Knee) / cell.Onset;
        private readonly double _on = cell.OnResistance + cell.Load;
        private double _v;
        private bool _conducts;
        private long _release = -1;
        private long _turnedOff = long.MinValue / 2;

        internal List<long> Spikes { get; } = [];

        /// <summary>Runs with changes of the current and charges, each at its microsecond, in order.</summary>
        internal void Run(long until, IReadOnlyList<(long Time, double Current)> currents, IReadOnlyList<(long Time, double Volts)> charges)
        {
            double current = bias;
            ILookup<long, double> newCurrents = currents.ToLookup(c => c.Time, c => c.Current);
            ILookup<long, double> newCharges = charges.ToLookup(c => c.Time, c => c.Volts);
            for (long time = 0; time <= until; time++)
            {
                if (time > 0)
                {
                    Move(current);
                    Switch(time);
                    if (!_conducts && _v >= ThresholdAt(time))
                    {
                        _v = ThresholdAt(time);
                        Fire(time);
                    }
                }

                current = newCurrents.Contains(time) ? newCurrents[time].Last() : current;
                if (newCharges.Contains(time))
                {
                    _v = Math.Max(0, _v + newCharges[time].Sum());
                    Switch(time);
                    if (!_conducts && _v >= ThresholdAt(time))
                    {
                        Fire(time);
                    }
                }
            }
        }

        private double ThresholdAt(long time) =>
            time < _turnedOff + (long)Math.Round(cell.MemoryTime * 1e6) ? cell.Threshold - cell.Memory : cell.Threshold;

        private void Fire(long time)
        {
            Spikes.Add(time);
            _conducts = true;
            _release = -1;
        }

        private void Move(double current)
        {
            double before = _v;
            if (_conducts)
            {
                _v = Relax(_v, cell.OnVoltage + (current * _on), _on);
                _v = _release < 0 && before > cell.HoldVoltage ? Math.Max(_v, cell.HoldVoltage) : _v;
            }
            else if (_v > cell.Knee || (_v.Equals(cell.Knee) && current >= 0))
            {
                _v = Relax(_v, cell.Knee + (current * _leak), _leak);
                _v = before > cell.Knee && _v < cell.Knee ? Math.BitDecrement(cell.Knee) : _v;
            }
            else
            {
                _v = Math.Max(0, _v + (current * 1e-6 / cell.Capacitance));
                _v = Math.Min(_v, cell.Knee);
            }
        }

        private double Relax(double v, double end, double resistance) => end + ((v - end) * Math.Exp(-1e-6 / (resistance * cell.Capacitance)));

        private void Switch(long time)
        {
            if (_conducts && _release < 0 && _v <= cell.HoldVoltage)
            {
                _release = time + (long)Math.Round(cell.Release * 1e6);
            }

            if (_conducts && _release == time)
            {
                _conducts = false;
                _release = -1;
                _turnedOff = time;
            }
        }
    }
}
