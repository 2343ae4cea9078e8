// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A converter without errors but quantisation: 0 V is code 0, 3.1 V (the fixed attenuation of 12 dB) is code 4095.</summary>
public sealed class LinearAdc : IAdcModel
{
    /// <summary>Voltage of the largest code.</summary>
    public const double FullScale = 3.1;

    /// <inheritdoc />
    public int Convert(int pin, double volts) => (int)Math.Clamp(Math.Round(volts / FullScale * 4095), 0, 4095);
}
