// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>Chips on I2C that the firmware has drivers for.</summary>
    public static class I2cKind
    {
        /// <summary>Microchip MCP4461: four potentiometers of 257 taps with memory. Addresses 0x2c to 0x2f.</summary>
        public const int Mcp4461 = 1;

        /// <summary>Texas Instruments TCA9548A: eight buses behind one. Addresses 0x70 to 0x77.</summary>
        public const int Tca9548A = 2;

        /// <summary>Texas Instruments ADS1115: four inputs of 16 bits. Addresses 0x48 to 0x4b.</summary>
        public const int Ads1115 = 3;

        /// <summary>Analog Devices ADG715: eight switches. Addresses 0x48 to 0x4b.</summary>
        public const int Adg715 = 4;

        /// <summary>Solomon Systech SSD1306: a display of 128 x 64 dots. Addresses 0x3c and 0x3d; one for a board.</summary>
        public const int Ssd1306 = 5;
    }
}
