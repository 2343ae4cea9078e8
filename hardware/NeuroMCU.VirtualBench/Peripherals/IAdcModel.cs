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

/// <summary>A converter without errors but quantisation: 0 V is code 0, 3.1 V (the fixed attenuation of 12 dB) is code 4095.</summary>
public sealed class LinearAdc : IAdcModel
{
    /// <summary>Voltage of the largest code.</summary>
    public const double FullScale = 3.1;

    /// <inheritdoc />
    public int Convert(int pin, double volts) => (int)Math.Clamp(Math.Round(volts / FullScale * 4095), 0, 4095);
}
