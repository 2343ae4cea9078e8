// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Logic;

/// <summary>Working point of the gates and how far nodes differ.</summary>
public sealed record LogicSettings
{
    /// <summary>Gets the spread from node to node as a share: of charges by all of it, of conductances by half.</summary>
    public double DeviceSpread { get; init; } = 0.1;

    /// <summary>Gets the spread of a pulse's effect from one time to the next.</summary>
    public double CycleSpread { get; init; } = 0.05;

    /// <summary>Gets the voltage in V on the target.</summary>
    public double SetVolts { get; init; } = 1;

    /// <summary>Gets the voltage on the condition over that on the target.</summary>
    public double Condition { get; init; } = 0.5;

    /// <summary>Gets the common resistor over the resistance of a node that is on. A larger one takes more voltage from the target where
    /// the condition is on, which leaves a pulse more room, and drives a condition backwards when both are on.</summary>
    public double Load { get; init; } = 2;

    /// <summary>Gets the pulse over the time in which the target alone would switch: in the middle between 1.07, below which a target does
    /// not switch, and 1.49, from which on it does in spite of the condition.</summary>
    public double Pulse { get; init; } = 1.2;

    /// <summary>Gets the conductance in S of a node that is off.</summary>
    public double OffConductance { get; init; } = 1e-9;

    /// <summary>Gets how many times more it conducts when on, 9 to 60.</summary>
    public double Ratio { get; init; } = 30;
}
