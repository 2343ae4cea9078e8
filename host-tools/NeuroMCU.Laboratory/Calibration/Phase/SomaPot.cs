// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Phase;

/// <summary>The digital potentiometer that is the soma's resistor; resistances are nominal.</summary>
/// <param name="Output">Number of the output.</param>
/// <param name="Low">Code at level 0.</param>
/// <param name="High">Code at full level.</param>
public sealed record SomaPot(int Output, int Low, int High)
{
    /// <summary>Finds the potentiometer of a board.</summary>
    /// <param name="board">The board's profile.</param>
    /// <returns>The first one; null when the board has none.</returns>
    public static SomaPot? Of(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        BoardOutput[] outputs = board.Profile.Outputs;
        int number = Array.FindIndex(outputs, o => o.Kind == OutputKind.Pot);
        return number < 0 ? null : new SomaPot(number, outputs[number].Low, outputs[number].High);
    }

    /// <summary>Gets the code nearest to a resistance.</summary>
    /// <param name="resistance">Resistance in Ω.</param>
    /// <returns>A code within the output's range.</returns>
    public int CodeOf(double resistance) => (int)Math.Clamp(Math.Round((resistance - Potentiometer.Wiper) / Potentiometer.Step),
        Math.Min(Low, High), Math.Max(Low, High));

    /// <summary>Gets the level that writes a code.</summary>
    /// <param name="code">Code within the output's range.</param>
    /// <returns>0 to 65536.</returns>
    public int LevelOf(int code) => OutputLevel.Map(code, Low, High);

    /// <summary>Tells whether a resistance can be set to within half a step, or 1 %.</summary>
    /// <param name="resistance">Resistance in Ω.</param>
    /// <returns>False where the potentiometer does not reach.</returns>
    public bool Reaches(double resistance)
        => Math.Abs(Potentiometer.Resistance(CodeOf(resistance)) - resistance) <= Math.Max(Potentiometer.Step / 2, 0.01 * resistance);
}
