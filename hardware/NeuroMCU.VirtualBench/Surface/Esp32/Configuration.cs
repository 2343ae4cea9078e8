// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which function sits on which pin.</summary>
public class Configuration
{
    /// <summary>Gives a function to a pin.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="value">The function.</param>
    /// <exception cref="System.ArgumentException">There is no such pin.</exception>
    public static void SetPinFunction(int pin, DeviceFunction value) => Bench.Current.Pins.SetFunction(pin, value);

    /// <summary>Gets the pin of a function.</summary>
    /// <param name="function">The function.</param>
    /// <returns>GPIO number; -1 when none was given.</returns>
    public static int GetFunctionPin(DeviceFunction function) => Bench.Current.Pins.FunctionPin(function);
}
