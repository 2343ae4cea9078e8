// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>One neuron channel: what drives it, what it showed, and what the guard does with it. Made once, when the device
    /// starts.</summary>
    internal sealed class ChannelState
    {
        internal readonly int Number;

        /// <summary>What its spike input saw.</summary>
        internal readonly SpikeWatch Spikes;

        /// <summary>What the voltage over its load shows.</summary>
        internal readonly SenseWatch Sense = new SenseWatch();

        /// <summary>How fast it fired at which drive.</summary>
        internal readonly RateTally Rates = new RateTally();

        /// <summary>What the last measurement found.</summary>
        internal readonly MeasuredChannel Measured = new MeasuredChannel();

        /// <summary>Code that its converter has; −1 when the next one is written in any case.</summary>
        internal int Code = -1;

        /// <summary>Clock time in µs at which its reset is let go; 0 when it is not pressed.</summary>
        internal long ResetEnd;

        /// <summary>What it was last found to be, one of <see cref="ChannelCondition" />.</summary>
        internal int Condition;

        /// <summary>Times that it was found latched since the device started, at most 65535.</summary>
        internal int TotalLatches;

        /// <summary>Its place among the channels of the loaded network; −1 when the network does not use it.</summary>
        internal int Place = -1;

        /// <summary>Code up to which its silence has been accepted; int.MaxValue when it has not.</summary>
        internal int QuietUpTo;

        /// <summary>Time in µs of the look that saw its last spike.</summary>
        internal long Seen;

        /// <summary>True while nothing at all shows on its sense, although a spike is overdue.</summary>
        internal bool ShowsNothing;

        /// <summary>Times in this run that it was found latched, and when last in µs. They are forgiven after a while.</summary>
        internal int Latches;
        internal long LastLatch;

        /// <summary>Spikes in a row that came only after a release, where a sound neuron may be as late.</summary>
        internal int LateSpikes;

        /// <summary>Of the release and the retry after it: time in µs at which the present part is over, and how often it was
        /// prolonged.</summary>
        internal long Until;
        internal int Waits;

        /// <summary>Code at which the expected spike was overdue, and whether any sound channel fires there.</summary>
        internal int RetriedAt;
        internal bool HadToFire;

        /// <summary>Time in µs at which the retry began.</summary>
        internal long RetriedFrom;

        /// <summary>Current right after it was driven again, in codes of its sense.</summary>
        internal int FirstCurrent;

        private int _state;

        /// <summary>Initializes a new instance of the <see cref="ChannelState" /> class that is not driven.</summary>
        /// <param name="limit">Largest code of its drive; 0 when it has none.</param>
        internal ChannelState(int number, int limit, LoopSlack slack)
        {
            Number = number;
            Spikes = new SpikeWatch(new FiringRange(limit), slack);
        }

        /// <summary>Gets where it has to be silent, and where it has to fire.</summary>
        internal FiringRange Range => Spikes.Range;

        /// <summary>Gets the code that the network asks for.</summary>
        internal int Wanted => Spikes.Code;

        /// <summary>Gets what the guard does with it, one of <see cref="GuardState" />.</summary>
        internal int State => _state;

        /// <summary>Gets a value indicating whether it has the drive that the network asks for.</summary>
        internal bool IsDriven => _state <= GuardState.Retried;

        /// <summary>Gets a value indicating whether it is without drive for a moment, to be driven again.</summary>
        internal bool IsReleased => _state == GuardState.Released || _state == GuardState.Emptied;

        /// <summary>Gets a value indicating whether it was released, or driven again after that, and has not shown yet what is
        /// wrong.</summary>
        internal bool IsOnTrial => _state >= GuardState.Retried && _state != GuardState.Off;

        /// <summary>Gets a value indicating whether spikes are expected of it that have not come: it may have a fault that others show
        /// as well.</summary>
        internal bool IsExpected => _state != GuardState.Off && Spikes.MostSilence() != 0;

        /// <summary>Goes to the state that follows an event.</summary>
        /// <param name="guardEvent">One of <see cref="GuardEvent" />.</param>
        internal void Enter(int guardEvent)
        {
            _state = GuardTable.Next(_state, guardEvent);
        }

        /// <summary>Prepares for a run: watched, not driven, nothing known.</summary>
        /// <param name="lastLatch">Time in µs before which a latch is forgiven.</param>
        internal void Start(long now, long lastLatch)
        {
            Enter(GuardEvent.Start);
            Spikes.Start(now);
            Rates.Start(now);
            Sense.Start(0);
            Condition = ChannelCondition.Good;
            QuietUpTo = int.MaxValue;
            Seen = now;
            ShowsNothing = false;
            Latches = 0;
            LastLatch = lastLatch;
            LateSpikes = 0;
        }
    }
}
