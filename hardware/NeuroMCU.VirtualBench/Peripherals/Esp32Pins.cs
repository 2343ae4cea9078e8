// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>Which GPIOs the ESP32 has (technical reference manual, table of IO_MUX pads).</summary>
internal static class Esp32Pins
{
    public const int Count = 40;

    public static bool Exists(int pin) => pin is >= 0 and <= 19 or 21 or 22 or 23 or 25 or 26 or 27 or (>= 32 and <= 39);

    public static bool CanOutput(int pin) => Exists(pin) && pin < 34;

    public static bool HasPulls(int pin) => pin < 34;
}

/// <summary>
/// Numbers of the functions that a pin can have, as the device counts them: kind of device × 65536 + number of the device × 256 + line.
/// </summary>
internal static class PinFunction
{
    /// <summary>Lines of an SPI bus.</summary>
    public const int Mosi = 0, Miso = 1, Clock = 2;

    /// <summary>Lines of an I2C bus.</summary>
    public const int Data = 0, DataClock = 1;

    /// <summary>Lines of a serial port.</summary>
    public const int Transmit = 0, Receive = 1, ReadyToSend = 2, ClearToSend = 3;

    public static int Spi(int bus, int line) => Of(1, bus, line);

    public static int I2c(int bus, int line) => Of(2, bus, line);

    public static int Uart(int port, int line) => Of(3, port, line);

    private static int Of(int kind, int number, int line) => (kind << 16) | (number << 8) | line;
}
