// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>One output of a converter as it came out of the factory: V = offset + gain·V_nominal, plus steps that are not equal.</summary>
public sealed record DacSpecimen
{
    /// <summary>Gets the output in V at code 0.</summary>
    public double Offset { get; init; }

    /// <summary>Gets the output's slope; 1 is nominal.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Gets the largest deviation in V from the straight line, in the middle of the range.</summary>
    public double Bow { get; init; }

    /// <summary>Gets the full scale in V.</summary>
    public double Reference { get; init; } = PinMap.Supply;

    /// <summary>Draws one.</summary>
    /// <remarks>
    /// ESP32: 8 bits, data sheet class of ±10 % at the ends, so taken as offset 20 to 80 mV and slope 0.95 to 1; AD5328: offset error
    /// ±5 mV, gain error ±0.3 % of full scale, integral non-linearity ±4 of 4096 codes (typical values of its data sheet).
    /// </remarks>
    internal static DacSpecimen Draw(ConverterPart part, double reference, BoardRandom random) => part switch
    {
        ConverterPart.Esp32 => new DacSpecimen
        {
            Reference = reference,
            Offset = random.Between(0.02, 0.08),
            Gain = random.Between(0.95, 1),
            Bow = random.Normal(0, 0.5 * reference / 255),
        },
        ConverterPart.Spi => new DacSpecimen
        {
            Reference = reference,
            Offset = random.Normal(0, 2e-3),
            Gain = 1 + random.Normal(0, 1e-3),
            Bow = random.Normal(0, 2 * reference / 4095),
        },
        _ => new DacSpecimen { Reference = reference },
    };

    /// <summary>Gets what the output really is.</summary>
    /// <param name="nominal">What its code stands for, in V.</param>
    /// <returns>Volts, between ground and supply.</returns>
    public double Volts(double nominal)
    {
        double x = nominal / Reference;
        return Math.Clamp(Offset + (Gain * nominal) + (4 * Bow * x * (1 - x)), 0, Math.Max(Reference, PinMap.Supply));
    }
}
