// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Hardware.Microphones;

namespace NeuroMCU.Firmware.Running
{
    /// <summary>Feeds the sound of the microphones to the front ends of the network, block by block, and tells how far network time may go.</summary>
    public sealed class HearingFeed
    {
        private readonly IMicrophonePair _microphones;

        /// <summary>Initializes a new instance of the <see cref="HearingFeed" /> class.</summary>
        /// <param name="microphones">The microphones; null when the board has none.</param>
        public HearingFeed(IMicrophonePair microphones)
        {
            _microphones = microphones;
        }

        /// <summary>Gets the network time in µs up to which all sound has been heard; long.MaxValue when the network does not listen.</summary>
        public long HeardUntil { get; private set; } = long.MaxValue;

        /// <summary>Gets the clock time in µs at which the next block of sound is complete; long.MaxValue when there is none.</summary>
        public long NextBlockTime { get; private set; } = long.MaxValue;

        /// <summary>Gets the number of sample pairs that went through the front ends since start.</summary>
        public long Frames { get; private set; }

        /// <summary>Gets the number of sample pairs that were lost in this run because they were read too late.</summary>
        public long Lost
        {
            get { return _microphones == null ? 0 : _microphones.Lost; }
        }

        /// <summary>Prepares for a network.</summary>
        /// <param name="engine">Its engine; null for none.</param>
        public void Bind(NetworkEngine engine)
        {
        }

        /// <summary>Starts the microphones when the network listens.</summary>
        /// <param name="time">Network time in µs of the first sample.</param>
        /// <returns>False when the board cannot deliver what the network wants to hear.</returns>
        public bool Start(long time)
        {
            return true;
        }

        /// <summary>Stops the microphones.</summary>
        public void Stop()
        {
        }

        /// <summary>Takes a block of sound when one is complete.</summary>
        /// <returns>True when there was one.</returns>
        public bool Listen()
        {
            return false;
        }
    }
}
