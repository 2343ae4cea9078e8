// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>The nominal MCP41010, a digital potentiometer: 10 kΩ ± 20 % in 256 steps and a wiper of some 100 Ω (data sheet
/// DS11195).</summary>
public static class Potentiometer
{
    /// <summary>Resistance of the wiper in Ω.</summary>
    public const double Wiper = 100;

    /// <summary>Resistance of one step in Ω.</summary>
    public const double Step = 10_000.0 / 256;

    /// <summary>Gets the resistance between the wiper and the end that code 0 leads to.</summary>
    /// <param name="code">Code, 0 to 255.</param>
    /// <returns>Resistance in Ω.</returns>
    public static double Resistance(int code) => Wiper + (Step * code);
}
