// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Microphones
{
    /// <summary>
    /// Two microphones sampled at the same instants. The index of a frame (one sample of each) is the time base: frame k was taken at
    /// <see cref="StartTime" /> + k / <see cref="SampleRate" />, whenever it is read.
    /// </summary>
    public interface IMicrophonePair
    {
        /// <summary>Gets the rate in Hz; 0 while stopped.</summary>
        int SampleRate { get; }

        /// <summary>Gets the time of frame 0 on the clock in µs; exact to the block in which frame 0 arrived.</summary>
        long StartTime { get; }

        /// <summary>Gets the index of the next frame that <see cref="Read" /> gives: frames read and frames lost since start.</summary>
        long Position { get; }

        /// <summary>Gets the number of frames lost since start because they were read too late.</summary>
        long Lost { get; }

        /// <summary>Gets the time in µs at which <see cref="Read" /> has its next block; long.MaxValue while stopped.</summary>
        long NextBlockTime { get; }

        /// <summary>Gets the number of frames in a full block, the most that one <see cref="Read" /> gives.</summary>
        int BlockFrames { get; }

        /// <summary>Starts capture; frame 0 is the first one after this call. Capture that already runs is started anew.</summary>
        /// <param name="sampleRate">Rate in Hz, within the limits of the board profile.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">The board cannot sample at that rate.</exception>
        void Start(int sampleRate);

        /// <summary>Stops capture.</summary>
        void Stop();

        /// <summary>
        /// Reads the next block if it is complete; does not wait for one that is not. Frames before <see cref="Position" /> minus the
        /// returned count may have been lost: see <see cref="Lost" />.
        /// </summary>
        /// <param name="left">Receives the samples of the left microphone, full scale ±32767; at least <see cref="BlockFrames" />
        /// long.</param>
        /// <param name="right">Receives the samples of the right microphone.</param>
        /// <returns>Number of frames; 0 when the next block is not complete.</returns>
        int Read(short[] left, short[] right);
    }
}
