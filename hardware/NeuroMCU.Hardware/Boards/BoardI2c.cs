// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>One chip on an I2C bus in a board profile.</summary>
    public sealed class BoardI2c
    {
        /// <summary>Name for people, for example 'pots1'.</summary>
        public string Name;

        /// <summary>What the chip is, one of <see cref="Converters.I2cKind" />.</summary>
        public int Chip;

        /// <summary>Bus, 1 or 2.</summary>
        public int Bus;

        /// <summary>GPIO of SDA.</summary>
        public int DataPin = -1;

        /// <summary>GPIO of SCL.</summary>
        public int ClockPin = -1;

        /// <summary>Clock in Hz, 100 000 or 400 000; the same for all chips of a bus.</summary>
        public int Frequency;

        /// <summary>Address of 7 bits.</summary>
        public int Address;

        /// <summary>Number of the bus switch in the list that the chip is behind; -1 when it is on the bus itself.</summary>
        public int Switch = -1;

        /// <summary>Which bus of that switch, 0 to 7.</summary>
        public int Branch;
    }
}
