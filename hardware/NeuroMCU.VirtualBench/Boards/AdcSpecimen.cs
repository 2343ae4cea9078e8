// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>
/// One input of a converter as it came out of the factory. It turns the voltage at the pin into that which an ideal converter would have
/// to see to give the same code; the bench's converters are ideal.
/// </summary>
public sealed record AdcSpecimen
{
    // Above this the ESP32's input at 12 dB bends upwards and ends early; below the useful range it reads nothing.
    private const double BendFrom = 2.45;

    /// <summary>Gets the slope; 1 is nominal. ESP32: within 6 % from chip to chip.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Gets the voltage in V at the pin below which the converter reads 0.</summary>
    public double Dead { get; init; }

    /// <summary>Gets the amplitude in V of the integral non-linearity: two periods over the range.</summary>
    public double Bow { get; init; }

    /// <summary>Gets the phase of the non-linearity.</summary>
    public double Phase { get; init; }

    /// <summary>Gets the standard deviation of the steps' inequality in V, the same each time at the same voltage.</summary>
    public double StepError { get; init; }

    /// <summary>Gets how much it bends above 2.45 V, in 1/V.</summary>
    public double Bend { get; init; }

    /// <summary>Gets the standard deviation of the noise in V.</summary>
    public double Noise { get; init; }

    /// <summary>Gets one code in V.</summary>
    public double Step { get; init; } = LinearAdc.FullScale / 4095;

    /// <summary>Gets the seed of its step errors.</summary>
    public long Seed { get; init; }

    /// <summary>Draws one.</summary>
    /// <remarks>
    /// ESP32 at 12 dB: useful from 150 to 2450 mV, integral and differential non-linearity within 12 and 7 codes, 6 % from part to part
    /// (data sheet, uncalibrated). MCP3208: within 1 code (B grade), noise of half a code.
    /// </remarks>
    internal static AdcSpecimen Draw(ConverterPart part, double reference, BoardRandom random, long seed) => part switch
    {
        ConverterPart.Esp32 => new AdcSpecimen
        {
            Gain = 1 + Math.Clamp(random.Normal(0, 0.025), -0.06, 0.06),
            Dead = random.Between(0.06, 0.1),
            Bow = random.Between(3, 9) * LinearAdc.FullScale / 4095,
            Phase = random.Between(0, 2 * Math.PI),
            StepError = 2 * LinearAdc.FullScale / 4095,
            Bend = random.Between(0.1, 0.25),
            Noise = random.Between(2, 5) * LinearAdc.FullScale / 4095,
            Seed = seed,
        },
        ConverterPart.Spi => new AdcSpecimen
        {
            Gain = 1 + random.Normal(0, 5e-4),
            Bow = random.Between(0.2, 0.7) * reference / 4095,
            Phase = random.Between(0, 2 * Math.PI),
            StepError = 0.2 * reference / 4095,
            Noise = 0.4 * reference / 4095,
            Step = reference / 4095,
            Seed = seed,
        },
        _ => new AdcSpecimen(),
    };

    /// <summary>Gets what an ideal converter would have to see.</summary>
    /// <param name="volts">Voltage at the pin in V.</param>
    /// <param name="noise">Standard normal number of this sample.</param>
    /// <returns>Volts, not below 0.</returns>
    public double Seen(double volts, double noise)
    {
        double pin = Math.Clamp(volts, 0, 3.6) + (Noise * noise);
        double seen = Gain * (pin - Dead);
        if (pin > BendFrom)
        {
            seen += Bend * (pin - BendFrom) * (pin - BendFrom);
        }

        seen += Bow * Math.Sin((2 * Math.PI * pin / 1.55) + Phase);
        if (StepError > 0)
        {
            seen += StepError * BoardRandom.NoiseAt(Seed, 0, (long)Math.Floor(pin / Step));
        }

        return Math.Max(0, seen);
    }
}
