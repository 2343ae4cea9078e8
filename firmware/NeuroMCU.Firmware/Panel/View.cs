// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>
    /// What the display shows between its title and its last row, on the rows 1 to 6 of eight dots. Drawn in parts of some thousand
    /// instructions, one for each turn of the loop, so that no turn is held for long.
    /// </summary>
    internal abstract class View
    {
        /// <summary>Draws the next part.</summary>
        /// <param name="part">Its number, from 0.</param>
        /// <returns>True when there is another part.</returns>
        internal abstract bool Draw(Canvas canvas, int part);
    }
}
