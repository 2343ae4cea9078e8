// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Peripherals;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which function sits on which pin.</summary>
public class Configuration
{
    /// <summary>Gives a function to a pin.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="value">The function.</param>
    /// <exception cref="ArgumentException">There is no such pin or no such function.</exception>
    public static void SetPinFunction(int pin, DeviceFunction value)
    {
        if (!Esp32Pins.Exists(pin) || !Enum.IsDefined(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"GPIO{pin} cannot take {value}"));
        }

        Bench.Current.Pins.SetFunction(pin, (int)value);
    }

    /// <summary>Gets the pin of a function.</summary>
    /// <param name="function">The function.</param>
    /// <returns>GPIO number; -1 when none was given.</returns>
    public static int GetFunctionPin(DeviceFunction function) => Bench.Current.Pins.FunctionPin((int)function);
}
