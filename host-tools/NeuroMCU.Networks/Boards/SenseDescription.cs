// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Boards;

/// <summary>What reads a channel, in physical units.</summary>
/// <param name="Converter">'adc', or the name of a chip on SPI.</param>
/// <param name="Net">Name of the line on the schematic, for example 'SENSE1'.</param>
/// <param name="FullCode">Largest code.</param>
/// <param name="Reference">Nominal voltage of the largest code at the converter's pin, in mV.</param>
/// <param name="Gain">Voltage at the converter's pin per voltage at the neuron.</param>
public sealed record SenseDescription(string Converter, string Net, int FullCode, double Reference, double Gain)
{
    /// <summary>Gets the voltage at the neuron per code, in mV.</summary>
    public double MillivoltsPerCode => Reference / FullCode / Gain;

    /// <summary>The nominal code of a voltage.</summary>
    /// <param name="millivolts">Voltage at the neuron in mV.</param>
    /// <returns>0 to the full code.</returns>
    public int CodeOf(double millivolts) => (int)Math.Clamp(Math.Round(millivolts / MillivoltsPerCode, MidpointRounding.AwayFromZero), 0,
        FullCode);
}
