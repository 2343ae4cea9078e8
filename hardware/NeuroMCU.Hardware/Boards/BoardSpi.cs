// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>One chip on an SPI bus in a board profile.</summary>
    public sealed class BoardSpi
    {
        /// <summary>Name for people, for example 'dac'.</summary>
        public string Name;

        /// <summary>What the chip is, one of <see cref="Converters.ChipKind" />.</summary>
        public int Chip;

        /// <summary>Bus, 1 or 2. All chips of a bus run with the mode and the clock of the one that is opened first.</summary>
        public int Bus;

        /// <summary>GPIO of the clock.</summary>
        public int ClockPin = -1;

        /// <summary>GPIO of the data to the chip.</summary>
        public int MosiPin = -1;

        /// <summary>GPIO of the data from the chips of the bus; -1 when none of them answers.</summary>
        public int MisoPin = -1;

        /// <summary>GPIO that selects the chip, low when active.</summary>
        public int SelectPin = -1;

        /// <summary>SPI mode, 0 to 3.</summary>
        public int Mode;

        /// <summary>Clock in Hz.</summary>
        public int Frequency;

        /// <summary>Reference of the converter in mV: the voltage of its largest code.</summary>
        public int Reference;
    }
}
