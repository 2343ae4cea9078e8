// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>How the chip's converter turns a voltage into a code, with its errors.</summary>
public interface IAdcModel
{
    /// <summary>Converts.</summary>
    /// <param name="pin">GPIO that is converted.</param>
    /// <param name="volts">Voltage at the pin; may lie outside the range.</param>
    /// <returns>0 to 4095.</returns>
    int Convert(int pin, double volts);
}
