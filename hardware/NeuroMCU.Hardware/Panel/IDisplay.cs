// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Panel
{
    /// <summary>A display of 128 x 64 dots that keeps what it was sent.</summary>
    public interface IDisplay
    {
        /// <summary>Sets the display up; what it showed before is of no meaning.</summary>
        /// <returns>False when it does not answer.</returns>
        bool Begin();

        /// <summary>Sends one stripe of a canvas.</summary>
        /// <param name="canvas">The dots.</param>
        /// <param name="stripe">Number of the stripe, 0 to <see cref="Canvas.Stripes" /> − 1.</param>
        /// <returns>False when the display did not take it.</returns>
        bool Show(Canvas canvas, int stripe);

        /// <summary>Lights the display: it stays dark until its first picture is whole.</summary>
        /// <returns>False when it does not answer.</returns>
        bool Light();
    }
}
