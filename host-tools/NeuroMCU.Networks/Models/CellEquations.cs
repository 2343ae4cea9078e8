// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>
/// The law of one neuron as the literature writes it: differential equations between switchings, in SI units. A generic integrator runs
/// it as a witness that shares no line with the twin or the device.
/// </summary>
internal abstract class CellEquations
{
    /// <summary>State at time 0.</summary>
    public abstract double[] Start();

    /// <summary>Right-hand sides.</summary>
    public abstract void Slope(double time, double[] state, double amperes, double[] slope);

    /// <summary>How far the next switching is away: it comes when this rises through 0.</summary>
    /// <returns>A number, 0 or more when the switching is due.</returns>
    public abstract double Switching(double time, double[] state);

    /// <summary>Switches, at the moment that <see cref="Switching" /> gave.</summary>
    /// <returns>True when the switching is a spike.</returns>
    public abstract bool Switch(double time, double[] state);
}
