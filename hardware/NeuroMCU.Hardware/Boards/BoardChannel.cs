// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>One physical neuron in a board profile: what drives it, what reads it, what sees its spikes, what resets it.</summary>
    public sealed class BoardChannel
    {
        /// <summary>Name for people and for network files, for example 'n1'.</summary>
        public string Name;

        /// <summary>What drives the neuron, one of <see cref="Converters.ConverterKind" />.</summary>
        public int DriveKind;

        /// <summary>Number of the SPI chip that drives; -1 for another kind.</summary>
        public int DriveDevice = -1;

        /// <summary>GPIO, or channel of the SPI chip, that drives.</summary>
        public int DriveInput = -1;

        /// <summary>Largest code that may be written: the one that keeps the current within <see cref="DriveLimit" />.</summary>
        public int DriveMax;

        /// <summary>Code that is safe at any time, 0 to <see cref="DriveMax" />.</summary>
        public int DriveSafe;

        /// <summary>Largest current in nA.</summary>
        public int DriveLimit;

        /// <summary>Hold current of the neuron's thyristor in nA, from which on it stays latched; 0 when unknown.</summary>
        public int DriveHold;

        /// <summary>True when the profile's author has put in writing why the limit may exceed the hold current.</summary>
        public bool DriveOverride;

        /// <summary>Voltage of the converter's full scale in mV.</summary>
        public int DriveReference;

        /// <summary>Voltage in mV up to which no current flows: I = (V − offset)/resistance above it.</summary>
        public int DriveOffset;

        /// <summary>Resistance in Ω that makes the voltage a current.</summary>
        public int DriveResistance;

        /// <summary>Frequency of the pulses in Hz, for a drive by PWM.</summary>
        public int DriveFrequency;

        /// <summary>What reads the neuron, one of <see cref="Converters.ConverterKind" />.</summary>
        public int SenseKind;

        /// <summary>Number of the SPI chip that reads; -1 for another kind.</summary>
        public int SenseDevice = -1;

        /// <summary>GPIO, or channel of the SPI chip, that reads.</summary>
        public int SenseInput = -1;

        /// <summary>How spikes are seen, one of <see cref="Spikes.SpikeInputKind" />.</summary>
        public int SpikeKind;

        /// <summary>GPIO of a polled, counted or streamed input; -1 when the sense converter is sampled.</summary>
        public int SpikePin = -1;

        /// <summary>Dead time in µs: another spike within it is ignored.</summary>
        public int SpikeDeadTime;

        /// <summary>Code at which a spike begins, on a sampled or streamed input.</summary>
        public int SpikeThreshold;

        /// <summary>So many codes below the threshold a spike ends.</summary>
        public int SpikeHysteresis;

        /// <summary>Samples per second that the input is read with at least.</summary>
        public int SpikeRate;

        /// <summary>Width of the board's spike at half its height, in µs; of the digital pulse where a comparator stands between.</summary>
        public int SpikeWidth;

        /// <summary>Number of the output whose pulses reach the neuron beside its drive; -1 when there is none.</summary>
        public int PulseOutput = -1;

        /// <summary>GPIO of the reset; -1 when there is none. Channels may share one, and are then reset together.</summary>
        public int ResetPin = -1;
    }
}
