// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Boards;

/// <summary>What drives a channel, in physical units: I = (V − offset)/resistance above the offset, with V = code · reference/full
/// code.</summary>
/// <param name="Converter">'dac', 'pwm', or the name of a chip on SPI.</param>
/// <param name="Net">Name of the line on the schematic, for example 'DRIVE1'.</param>
/// <param name="FullCode">Code that gives the reference voltage.</param>
/// <param name="Reference">Voltage of the full code in mV.</param>
/// <param name="Offset">Voltage in mV up to which no current flows.</param>
/// <param name="Resistance">Resistance in kΩ.</param>
/// <param name="Limit">Largest current in µA.</param>
/// <param name="Hold">Hold current of the thyristor in µA; null when unknown.</param>
/// <param name="Safe">Current in µA that is safe at any time.</param>
/// <param name="Override">Why the limit may exceed the hold current, and who says so; null when it does not.</param>
public sealed record DriveDescription(
    string Converter, string Net, int FullCode, double Reference, double Offset, double Resistance, double Limit, double? Hold, double Safe,
    string? Override)
{
    /// <summary>Gets the largest code whose nominal current is within the limit.</summary>
    public int MaxCode => CodeOf(Limit);

    /// <summary>Nominal current of a code.</summary>
    /// <param name="code">Code of the converter.</param>
    /// <returns>Current in µA.</returns>
    public double CurrentOf(int code) => Math.Max(0, (((double)code * Reference / FullCode) - Offset) / Resistance);

    /// <summary>The largest code whose nominal current does not exceed a current; 0 for no current.</summary>
    /// <param name="microamps">Current in µA.</param>
    /// <returns>0 to the full code.</returns>
    public int CodeOf(double microamps)
    {
        if (!(microamps > 0))
        {
            return 0;
        }

        // A code whose current is the asked one but for the last bit of the arithmetic is that code.
        double exact = ((microamps * Resistance) + Offset) * FullCode / Reference;
        return (int)Math.Clamp(Math.Floor(exact + 1e-9), 0, FullCode);
    }
}
