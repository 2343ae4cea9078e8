// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Brings a node to its target: a pulse and one reading at a time; where that looks right, 16 readings decide, against half of the
    /// tolerance, so that nothing is claimed that the noise has made. Eight full pulses that hardly move it raise a suspicion, and eight
    /// the other way say whether it is stuck or its range ends here.
    /// </summary>
    internal sealed class ProgramTask : NodeTask
    {
        private const int Suspicious = 8;

        // Movement of averaged readings over eight full pulses, in millionths of full scale, below which a node counts as stuck.
        private const int StuckBelow = 18000;

        private const int Checking = 0;
        private const int Pulsing = 1;
        private const int Testing = 2;

        private readonly WriteRule _rule;
        private int _phase;
        private int _reading;
        private int _moved;
        private int _pulses;
        private int _fullPulses;
        private int _fullSign;
        private int _fullStart;

        internal ProgramTask(NodeBank bank, StepRing steps)
            : base(bank, steps)
        {
            _rule = new WriteRule(bank.Limits);
        }

        /// <inheritdoc />
        internal override int Proceed(long now)
        {
            if (_phase == Checking)
            {
                return Decide(now);
            }

            if (_phase == Testing)
            {
                return Test(now);
            }

            if (_pulses >= Request.Most)
            {
                Measure(now);
                return Size(Node.Target - Node.Reading) <= Request.Tolerance / 2 ? NodeOutcome.Reached : NodeOutcome.GaveUp;
            }

            Write(now);
            return NodeOutcome.None;
        }

        /// <inheritdoc />
        protected override void OnBegin()
        {
            _phase = Checking;
            _moved = 0;
            _pulses = 0;
            _fullPulses = 0;
            _fullSign = 0;
            _rule.Begin();
        }

        private int Decide(long now)
        {
            _reading = Measure(now);
            if (Size(Node.Target - _reading) <= Request.Tolerance / 2)
            {
                return NodeOutcome.Reached;
            }

            if (Bank.SetsDirectly)
            {
                return SetAgain();
            }

            if (_fullPulses >= Suspicious)
            {
                if (Size(_reading - _fullStart) < StuckBelow)
                {
                    _phase = Testing;
                    _fullStart = _reading;
                    _fullPulses = 0;
                    return NodeOutcome.None;
                }

                _fullPulses = 0;
            }

            if (_fullPulses == 0)
            {
                _fullStart = _reading;
            }

            _phase = Pulsing;
            return NodeOutcome.None;
        }

        private int SetAgain()
        {
            const int tries = 5;
            if (_pulses >= tries)
            {
                return NodeOutcome.GaveUp;
            }

            // What is wrong with the part is added to what it is set to.
            _moved = _pulses == 0 ? Node.Target : _moved + Node.Target - _reading;
            Bank.Set(Number, _moved);
            Changed = true;
            Node.Pulses++;
            _pulses++;
            return NodeOutcome.None;
        }

        private void Write(long now)
        {
            if (Request.Rule == NodeRule.Incremental)
            {
                _rule.Incremental(_reading, Node.Target, _moved);
            }
            else
            {
                _rule.Proportional(Node, _reading, Node.Target);
            }

            int after = Pulse(_rule.Millivolts, _rule.Microseconds, 1, now);
            _pulses++;
            _rule.Learn(Node, _reading, after);
            _moved = after - _reading;
            _reading = after;
            CountFull(_rule.Millivolts > 0 ? 1 : -1);
            if (Size(Node.Target - after) <= Request.Tolerance || _fullPulses >= Suspicious)
            {
                _phase = Checking;
            }
        }

        private void CountFull(int sign)
        {
            if (!_rule.IsFull)
            {
                _fullPulses = 0;
                return;
            }

            if (_fullPulses == 0 || sign != _fullSign)
            {
                _fullPulses = 0;
                _fullStart = _reading - _moved;
                _fullSign = sign;
            }

            _fullPulses++;
        }

        private int Test(long now)
        {
            if (_fullPulses < Suspicious)
            {
                Pulse(-_fullSign * Limits.PulseMillivolts, Limits.PulseMicroseconds, 1, now);
                _fullPulses++;
                _pulses++;
                return NodeOutcome.None;
            }

            return Size(Measure(now) - _fullStart) < StuckBelow ? NodeOutcome.Stuck : NodeOutcome.Beyond;
        }
    }
}
