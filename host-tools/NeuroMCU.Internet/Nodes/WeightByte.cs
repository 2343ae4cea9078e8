// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Nodes;

/// <summary>The weight that goes over the wire: it grows with the resistance.</summary>
internal static class WeightByte
{
    /// <summary>The weight of a resistance: round(clip(255 (R − Rmin)/(Rmax − Rmin), 0, 255)), halves to the even number.</summary>
    /// <param name="resistance">Resistance in Ω.</param>
    /// <param name="least">Resistance in Ω that stands for 0.</param>
    /// <param name="most">Resistance in Ω that stands for 255.</param>
    /// <returns>The weight.</returns>
    public static byte Of(double resistance, double least, double most) =>
        (byte)Math.Round(Math.Clamp(255 * (resistance - least) / (most - least), 0, 255), MidpointRounding.ToEven);
}
