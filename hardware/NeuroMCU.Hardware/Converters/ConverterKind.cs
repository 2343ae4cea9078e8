// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>What turns codes into voltages, or voltages into codes.</summary>
    public static class ConverterKind
    {
        /// <summary>Nothing.</summary>
        public const int None = 0;

        /// <summary>On the ESP32: a DAC of 8 bits (GPIO25, GPIO26), or the ADC of 12 bits.</summary>
        public const int Internal = 1;

        /// <summary>A channel of a chip on an SPI bus.</summary>
        public const int Spi = 2;

        /// <summary>Pulses of a pin, whose mean is the voltage; codes are duty cycles in steps of 1/10 000. Drives only.</summary>
        public const int Pwm = 3;
    }
}
