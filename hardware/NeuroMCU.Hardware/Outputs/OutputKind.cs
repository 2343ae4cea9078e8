// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>What an output of the board is made of.</summary>
    public static class OutputKind
    {
        /// <summary>Hobby servo: pulses of 500 to 2500 µs at 50 Hz; range and safe level in µs.</summary>
        public const int Servo = 0;

        /// <summary>On-chip converter of 8 bits (GPIO25, GPIO26 on the ESP32); range and safe level in codes, 0 to 255.</summary>
        public const int Dac = 1;

        /// <summary>Pin that is low or high: high from half of the range upwards; range 0 to 1.</summary>
        public const int Digital = 2;

        /// <summary>Digital potentiometer on SPI (MCP41010); range and safe level in codes, 0 to 255. Its pin is the number of the
        /// chip.</summary>
        public const int Pot = 3;
    }
}
