// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Forms a node: pulses of rising voltage, each followed by the time in which a volatile node forgets. What it has kept by then, and
    /// still has after as long again, shows that it is formed: one that forgets slowly goes on falling. The staircase ends there, so that
    /// no node gets more than it needs.
    /// </summary>
    internal sealed class FormTask : NodeTask
    {
        // What must be left of a pulse, in millionths of full scale.
        private const int Kept = 100000;

        // A volatile node loses more than one part of so many in the second wait.
        private const int Forgets = 5;

        private int _millivolts;
        private int _rest;
        private int _kept;
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
                if (_millivolts == 0)
                {
                    _rest = Measure(now);
                    _millivolts = Limits.FormFromMillivolts;
                }

                Pulse(_millivolts, Limits.FormMicroseconds, 1, now);
                _waiting = true;
                WaitUntil = now + (Limits.SettleMilliseconds * 1000L);
                return NodeOutcome.None;
            }

            int kept = Measure(now) - _rest;
            if (_kept > 0 && kept > _kept - (_kept / Forgets))
            {
                Node.Mode = NodeMode.Keeping;
                return NodeOutcome.Formed;
            }

            if (_kept == 0 && kept > Kept)
            {
                _kept = kept;
                WaitUntil = now + (Limits.SettleMilliseconds * 1000L);
                return NodeOutcome.None;
            }

            _kept = 0;
            _waiting = false;

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
            _waiting = false;
        }
    }
}
