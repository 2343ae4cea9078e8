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
