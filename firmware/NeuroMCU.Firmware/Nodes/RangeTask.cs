// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Finds the ends of a node's range by full pulses up, then down, eight at a time until eight more change little, and what is wrong
    /// with it. The node is left at its low end. Erasing is the way down alone. The low end of a node that forgets is where it was before.
    /// </summary>
    internal sealed class RangeTask : NodeTask
    {
        private const int Burst = 8;

        // Eight pulses that move less, in millionths of full scale, have found the end.
        private const int EndBelow = 10000;

        // A node whose ends lie closer together is stuck; one that conducts less has no connection.
        private const int StuckBelow = 18000;
        private const int OpenBelow = 5000;

        private readonly bool _up;
        private int _sign;
        private int _start;
        private int _burst;
        private int _pulses;
        private int _first;
        private int _end;
        private bool _begun;

        /// <summary>Initializes a new instance of the <see cref="RangeTask" /> class.</summary>
        /// <param name="survey">True to find both ends; false to go to the low end alone.</param>
        internal RangeTask(NodeBank bank, StepRing steps, bool survey)
            : base(bank, steps)
        {
            _up = survey;
        }

        /// <inheritdoc />
        internal override int Proceed(long now)
        {
            if (!_begun)
            {
                _begun = true;
                _start = Measure(now);
                _end = _start;
                return _up && Limits.FormFromMillivolts != 0 && Node.Mode != NodeMode.Keeping ? NodeOutcome.Unformed : NodeOutcome.None;
            }

            Pulse(_sign * Limits.PulseMillivolts, Limits.PulseMicroseconds, 1, now);
            _burst++;
            _pulses++;
            if (_burst < Burst)
            {
                return NodeOutcome.None;
            }

            _burst = 0;
            int reading = Measure(now);
            int moved = Size(reading - _start);
            _first = _first < 0 ? moved : _first;
            _start = reading;
            if (moved >= EndBelow && _pulses < Request.Most)
            {
                return NodeOutcome.None;
            }

            if (_sign > 0)
            {
                Node.High = reading;
                if (Node.Mode == NodeMode.Volatile)
                {
                    return Judge(_end);
                }

                _sign = -1;
                _pulses = 0;
                _first = -1;
                return NodeOutcome.None;
            }

            return _up ? Judge(reading)
                : Size(_end - reading) < StuckBelow && reading - Node.Low > StuckBelow ? NodeOutcome.Stuck : NodeOutcome.Reached;
        }

        /// <inheritdoc />
        protected override void OnBegin()
        {
            _begun = false;
            _sign = _up ? 1 : -1;
            _burst = 0;
            _pulses = 0;
            _first = -1;
        }

        private int Judge(int low)
        {
            Node.Low = low;
            int range = Node.High - low;
            if (range < StuckBelow)
            {
                return low < OpenBelow ? NodeOutcome.Open : NodeOutcome.Stuck;
            }

            // Of a sound node eight full pulses leave a quarter of the range.
            return _first < range / 2 ? NodeOutcome.Weak : NodeOutcome.Good;
        }
    }
}
