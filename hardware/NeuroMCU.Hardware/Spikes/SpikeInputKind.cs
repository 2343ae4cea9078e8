// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>How spikes of a channel are seen.</summary>
    public static class SpikeInputKind
    {
        /// <summary>They are not.</summary>
        public const int None = 0;

        /// <summary>A digital pin, read once in each turn of the loop; for pulses longer than two turns.</summary>
        public const int Polled = 1;

        /// <summary>A digital pin on a pulse counter of the chip: no spike is lost, its time is known to one turn of the loop.</summary>
        public const int Counter = 2;

        /// <summary>The channel's sense converter, read once in each turn of the loop; for spikes longer than three turns.</summary>
        public const int Sampled = 3;

        /// <summary>One pin of ADC1, sampled by DMA through I2S: times to one sample. One channel of a board can have it.</summary>
        public const int Stream = 4;
    }
}
