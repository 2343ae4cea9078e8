// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>Chips on SPI that the firmware has drivers for.</summary>
    public static class ChipKind
    {
        /// <summary>Analog Devices AD5328: eight outputs of 12 bits. SPI mode 1 or 2, up to 30 MHz.</summary>
        public const int Ad5328 = 1;

        /// <summary>Microchip MCP3208: eight inputs of 12 bits. SPI mode 0 or 3, up to 1 MHz at 3.3 V.</summary>
        public const int Mcp3208 = 2;

        /// <summary>Microchip MCP41010: a potentiometer of 256 steps. SPI mode 0 or 3, up to 10 MHz, write only.</summary>
        public const int Mcp41010 = 3;
    }
}
