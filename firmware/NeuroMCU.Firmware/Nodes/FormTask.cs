// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Forms a node: pulses of rising voltage, each followed by the time in which a volatile node forgets. What it has kept by then, and
    /// still has after as long again, shows that it is formed: one that forgets slowly goes on falling. The staircase ends there, so that
    /// no node gets more than it needs. A node that conducts well before the first step may have been formed before the power went: full
    /// pulses down tell, as a volatile node at rest has nowhere to go.
    /// </summary>
    internal sealed class FormTask : NodeTask
    {
        // What must be left of a pulse, in millionths of full scale.
        private const int Kept = 100000;

        // A volatile node loses more than one part of so many in the second wait.
        private const int Forgets = 5;

        // A formed node below it shows by the first step.
        private const int High = 300000;

        private const int PulsesDown = 8;

        private int _millivolts;
        private int _rest;
        private int _kept;
        private int _down;
        private bool _waiting;

        internal FormTask(NodeBank bank, StepRing steps)
            : base(bank, steps)
        {
        }

        /// <inheritdoc />
        internal override int Proceed(long now)
        {
            if (!_waiting)
            {
                return Step(now);
            }

            int kept = Measure(now) - _rest;
            kept = _millivolts < 0 ? -kept : kept;
            if (_kept > 0 && kept > _kept - (_kept / Forgets) && kept < _kept + (_kept / Forgets))
            {
                Node.Mode = NodeMode.Keeping;
                return NodeOutcome.Formed;
            }

            if (_kept == 0 && kept > Kept)
            {
                _kept = kept;
                Wait(now);
                return NodeOutcome.None;
            }

            _kept = 0;
            _waiting = false;
            if (_millivolts < 0)
            {
                _rest = Node.Reading;
                _millivolts = Limits.FormFromMillivolts;
                return NodeOutcome.None;
            }

            _millivolts += Limits.FormStepMillivolts;
            if (_millivolts > Limits.FormToMillivolts)
            {
                Node.Mode = NodeMode.Volatile;
                return NodeOutcome.NotFormed;
            }

            return NodeOutcome.None;
        }

        /// <inheritdoc />
        protected override void OnBegin()
        {
            _millivolts = 0;
            _kept = 0;
            _down = 0;
            _waiting = false;
        }

        private int Step(long now)
        {
            if (_millivolts == 0)
            {
                _rest = Measure(now);
                _millivolts = _rest > High ? -Limits.PulseMillivolts : Limits.FormFromMillivolts;
            }

            if (_millivolts < 0)
            {
                Pulse(_millivolts, Limits.PulseMicroseconds, 1, now);
                _down++;
                if (_down == PulsesDown)
                {
                    Wait(now);
                }

                return NodeOutcome.None;
            }

            Pulse(_millivolts, Limits.FormMicroseconds, 1, now);
            Wait(now);
            return NodeOutcome.None;
        }

        private void Wait(long now)
        {
            _waiting = true;
            WaitUntil = now + (Limits.SettleMilliseconds * 1000L);
        }
    }
}
