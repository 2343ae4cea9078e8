// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// Sees the spikes of one neuron. Looked at once in each turn of the loop; nothing is allocated but what the platform's reading needs.
    /// </summary>
    /// <remarks>
    /// Two ways that the platform has are not among them. Pin events reach managed code 0 to 20 ms late, without a time, through a queue of
    /// 128 that drops the oldest, and a pulse shorter than the interrupt's entry is lost. RMT capture blocks the whole runtime until
    /// it is done and allocates an object for each pulse. (Read in nf-interpreter: GPIO interrupt and event queue, ESP32 RMT driver.)
    /// </remarks>
    internal interface ISpikeInput
    {
        /// <summary>Gets how exact the times are, in µs.</summary>
        int Resolution { get; }

        /// <summary>Looks, and queues the spikes that came since the last look.</summary>
        /// <param name="now">Time of the turn in µs.</param>
        void Poll(long now, SpikeBuffer queue, int channel);

        /// <summary>Gives the pin back.</summary>
        void Close();
    }
}
