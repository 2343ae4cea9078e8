// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Work on one node after the other, a pulse and a reading in each turn, so that the wire is served meanwhile.</summary>
    internal abstract class NodeTask
    {
        /// <summary>Readings of an averaged check.</summary>
        protected const int Check = 16;

        private readonly StepRing _steps;
        private long _start;

        /// <summary>Initializes a new instance of the <see cref="NodeTask" /> class.</summary>
        protected NodeTask(NodeBank bank, StepRing steps)
        {
            Bank = bank;
            _steps = steps;
        }

        /// <summary>Gets the array.</summary>
        protected NodeBank Bank { get; }

        /// <summary>Gets the limits of the profile.</summary>
        protected BoardNodes Limits => Bank.Limits;

        /// <summary>Gets the number of the node.</summary>
        protected int Number { get; private set; }

        /// <summary>Gets what is known of the node.</summary>
        protected KnownNode Node { get; private set; }

        /// <summary>Gets the request.</summary>
        protected NodeStart Request { get; private set; }

        /// <summary>Gets a value indicating whether the last node was changed: the pass is then not the last one.</summary>
        internal bool Changed { get; private protected set; }

        /// <summary>Gets the time in µs before which there is nothing to do.</summary>
        internal long WaitUntil { get; private protected set; }

        /// <summary>Begins with a node.</summary>
        internal void Begin(NodeStart request, int node, long start)
        {
            Request = request;
            Number = node;
            Node = Bank.Nodes[node];
            Changed = false;
            WaitUntil = 0;
            _start = start;
            OnBegin();
        }

        /// <summary>Goes on with the node.</summary>
        /// <returns>What came out, one of <see cref="NodeOutcome" />; none while there is more to do.</returns>
        internal abstract int Proceed(long now);

        /// <summary>Sets the task's own numbers up for a node.</summary>
        protected abstract void OnBegin();

        /// <summary>Gives the node a pulse, reads it, and notes both.</summary>
        protected int Pulse(int millivolts, int microseconds, int samples, long now)
        {
            Bank.Pulse(Number, millivolts, microseconds, 0, 1);
            Node.Pulses++;
            Changed = true;
            int reading = Bank.Read(Number, samples);
            _steps.Add(Number, millivolts, microseconds, reading, (int)(now - _start));
            return reading;
        }

        /// <summary>Reads the node several times, and notes the mean.</summary>
        protected int Measure(long now)
        {
            Node.Reading = Bank.Read(Number, Check);
            _steps.Add(Number, 0, 0, Node.Reading, (int)(now - _start));
            return Node.Reading;
        }

        /// <summary>Magnitude of a number.</summary>
        protected static int Size(int value) => value < 0 ? -value : value;
    }
}
