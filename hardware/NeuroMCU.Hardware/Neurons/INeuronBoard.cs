// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Neurons
{
    /// <summary>
    /// The physical neurons of a board: what drives each of them, what their membranes read, and when they fired. Channels are counted from
    /// 0 in the order of the board profile.
    /// </summary>
    /// <remarks>
    /// Opening puts every drive at its safe level before anything else. A peripheral that fails throws what the platform throws; the caller
    /// then calls <see cref="MakeSafe" />, which may be called at any time. Nothing is allocated after opening. One thread uses a board.
    /// <para>
    /// Spikes are taken so: <c>board.Poll(clock.Now); while (board.Take()) { ... board.SpikeChannel, board.SpikeTime ... }</c>.
    /// </para>
    /// </remarks>
    public interface INeuronBoard
    {
        /// <summary>Gets the number of channels.</summary>
        int Count { get; }

        /// <summary>Gets the stated resolution of spike times in µs: that of the coarsest input that is looked at, measured where it
        /// depends on the loop.</summary>
        int Resolution { get; }

        /// <summary>Gets the number of spikes that wait to be taken.</summary>
        int SpikeCount { get; }

        /// <summary>Gets the time in µs before which all spikes have been queued by <see cref="Poll" />: that of the poll, unless
        /// inputs keep spikes back that find no place.</summary>
        long KeptFrom { get; }

        /// <summary>Gets the number of spikes that were lost since opening because the queue was full.</summary>
        int Missed { get; }

        /// <summary>Gets the number of samples of a stream that were searched for spikes since opening.</summary>
        long SearchedSamples { get; }

        /// <summary>Gets the number of samples of a stream that were overwritten since opening because the loop came round too late;
        /// spikes in them were not seen.</summary>
        long DroppedSamples { get; }

        /// <summary>Gets the channel of the spike that was taken last.</summary>
        int SpikeChannel { get; }

        /// <summary>Gets the time in µs of the spike that was taken last, on the clock that <see cref="Poll" /> is called with.</summary>
        long SpikeTime { get; }

        /// <summary>Gets the largest code that a channel may be driven with: the profile's limit, not the converter's full scale.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>0 when the channel has no drive.</returns>
        int MaxCode(int channel);

        /// <summary>Gets the output of the board whose pulses reach a channel.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Number of the output; -1 when there is none.</returns>
        int PulseOutput(int channel);

        /// <summary>Drives a channel. The same code twice costs nothing.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter; one beyond 0 to <see cref="MaxCode" /> is taken as the nearer end.</param>
        void Drive(int channel, int code);

        /// <summary>Reads what a channel senses.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Code of its converter; -1 when the channel senses nothing.</returns>
        int Sense(int channel);

        /// <summary>Chooses whether <see cref="Poll" /> looks at the spike input of a channel. After opening all are looked at. What an
        /// input saw while it was not looked at is forgotten.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="watched">True to look at it.</param>
        void Watch(int channel, bool watched);

        /// <summary>Lays the threshold of an analog spike input above the middle of the trace that the spikes stand upon. Nothing
        /// happens at other inputs.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="middle">Code in the middle of the trace; 0 for the profile's threshold alone.</param>
        void Follow(int channel, int middle);

        /// <summary>Gets the longest time since <see cref="Follow" /> for which the trace of an analog spike input stayed up after a
        /// spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Time in µs; 0 at other inputs.</returns>
        int LongestHigh(int channel);

        /// <summary>Looks at the spike inputs and queues what they saw. To be called once in each turn of the loop.</summary>
        /// <param name="now">Time of the turn in µs.</param>
        void Poll(long now);

        /// <summary>Takes the oldest spike from the queue into <see cref="SpikeChannel" /> and <see cref="SpikeTime" />.</summary>
        /// <returns>False when there is none; both are then unchanged.</returns>
        bool Take();

        /// <summary>Presses or releases the reset of a channel; a pressed reset empties its membrane. Nothing happens where there is
        /// none; where channels share a line, all of them are reset while any is pressed.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="pressed">True to press.</param>
        void Reset(int channel, bool pressed);

        /// <summary>Takes every drive to its safe level and releases every reset. A channel that fails does not keep the others from
        /// it.</summary>
        /// <returns>Number of the first channel that failed; −1 when all are safe.</returns>
        int MakeSafe();

        /// <summary>Makes everything safe and gives the pins back.</summary>
        void Close();
    }
}
