// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Pulses and readings of the work, until the host has fetched them. Work waits while it is full, so that none is
    /// lost.</summary>
    internal sealed class StepRing
    {
        private const int Capacity = 256;

        private readonly int[] _nodes = new int[Capacity];
        private readonly int[] _millivolts = new int[Capacity];
        private readonly int[] _microseconds = new int[Capacity];
        private readonly int[] _readings = new int[Capacity];
        private readonly int[] _times = new int[Capacity];
        private int _first;

        /// <summary>Gets the number of steps since the work began.</summary>
        internal int Count { get; private set; }

        /// <summary>Gets a value indicating whether another step finds no place.</summary>
        internal bool IsFull => Count - _first >= Capacity;

        /// <summary>Forgets everything: new work begins.</summary>
        internal void Clear()
        {
            Count = 0;
            _first = 0;
        }

        /// <summary>Notes a step; there is a place for it.</summary>
        internal void Add(int node, int millivolts, int microseconds, int reading, int time)
        {
            int at = Count % Capacity;
            _nodes[at] = node;
            _millivolts[at] = millivolts;
            _microseconds[at] = microseconds;
            _readings[at] = reading;
            _times[at] = time;
            Count++;
        }

        /// <summary>Copies steps from one on, and forgets those before it.</summary>
        /// <returns>False when that one was forgotten or has not been made.</returns>
        internal bool Fill(NodeSteps steps, int from)
        {
            if (from < _first || from > Count)
            {
                return false;
            }

            _first = from;
            steps.From = from;
            steps.Count = Count - from < NodeSteps.MaxSteps ? Count - from : NodeSteps.MaxSteps;
            for (int k = 0; k < steps.Count; k++)
            {
                int at = (from + k) % Capacity;
                steps.Nodes[k] = _nodes[at];
                steps.Millivolts[k] = _millivolts[at];
                steps.Microseconds[k] = _microseconds[at];
                steps.Readings[k] = _readings[at];
                steps.Times[k] = _times[at];
            }

            return true;
        }
    }
}
