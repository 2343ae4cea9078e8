// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>
/// One programmable conductance in double precision, by the equations of its text in models/memory; brought forward in closed form under
/// a voltage that stays.
/// </summary>
internal abstract class MemoryNode
{
    /// <summary>Gets the conductance at small voltage in S.</summary>
    public abstract double Conductance { get; }

    /// <summary>Gets a value indicating whether the node keeps what a pulse gives it.</summary>
    public abstract bool Keeps { get; }

    /// <summary>Gets the state variables in the order of the text.</summary>
    public abstract double[] State { get; set; }

    /// <summary>Holds a voltage for a while.</summary>
    /// <param name="volts">Voltage in V.</param>
    /// <param name="seconds">How long, in s.</param>
    public abstract void Hold(double volts, double seconds);

    /// <summary>Loses a share of what it has stored, as aging does.</summary>
    /// <param name="share">0 to 1.</param>
    public abstract void Lose(double share);
}
