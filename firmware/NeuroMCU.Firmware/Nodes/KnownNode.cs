// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>What the device knows of one node: mode, target, range, and how far a full pulse moves it.</summary>
    internal sealed class KnownNode
    {
        /// <summary>One of <see cref="NodeMode" />.</summary>
        internal int Mode;

        /// <summary>True when nothing may be done to it.</summary>
        internal bool Masked;

        /// <summary>Target in millionths of full scale; <see cref="NodeTargets.None" /> without one.</summary>
        internal int Target = NodeTargets.None;

        /// <summary>Low end of its range.</summary>
        internal int Low;

        /// <summary>High end of its range; 0 before a survey.</summary>
        internal int High;

        /// <summary>Share of the range that is left which a full positive pulse goes, in millionths; learned.</summary>
        internal int GainUp;

        /// <summary>The same of a full negative pulse.</summary>
        internal int GainDown;

        /// <summary>What the last work came to, one of <see cref="NodeOutcome" />.</summary>
        internal int Outcome;

        /// <summary>Pulses that the last work gave it.</summary>
        internal int Pulses;

        /// <summary>Mean of the last averaged reading.</summary>
        internal int Reading;

        /// <summary>Gets a value indicating whether the last work has shown that pulses do not help it.</summary>
        internal bool IsBeyondHelp => Outcome == NodeOutcome.Stuck || Outcome == NodeOutcome.Beyond;
    }
}
