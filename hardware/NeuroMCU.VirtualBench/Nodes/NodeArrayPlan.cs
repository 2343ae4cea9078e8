// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>An array as it is drawn, and how far its specimens differ.</summary>
public sealed record NodeArrayPlan
{
    /// <summary>Gets the number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the number of columns.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets the kind of node, one of <see cref="NodeLaws.Names" />.</summary>
    public required string Law { get; init; }

    /// <summary>Gets the numbers of the law by name, in SI units.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>Gets the conductance in S at which the converter of the readings ends.</summary>
    public double MostConductance { get; init; } = double.PositiveInfinity;

    /// <summary>Gets the voltage of a reading in V.</summary>
    public double ReadVolts { get; init; } = 0.1;

    /// <summary>Gets the time for which a reading holds it, in s.</summary>
    public double ReadSeconds { get; init; } = 50e-6;

    /// <summary>Gets a value indicating whether a positive voltage lowers the conductance, as with the TiOx memristor.</summary>
    public bool Reversed { get; init; }

    /// <summary>Gets a value indicating whether rows and columns are wires that nodes share, so that a pulse reaches half-selected nodes
    /// with half its voltage.</summary>
    public bool Crossbar { get; init; }

    /// <summary>Gets the resistance in Ω of a wire from one node to the next.</summary>
    public double SegmentOhms { get; init; }

    /// <summary>Gets the resistance in Ω of the switch at the end of each wire.</summary>
    public double SwitchOhms { get; init; }

    /// <summary>Gets the current in A that destroys a node.</summary>
    public double DamageCurrent { get; init; } = double.PositiveInfinity;

    /// <summary>Gets the spread from device to device; 0.2 is 20 %.</summary>
    public double DeviceSpread { get; init; } = 0.2;

    /// <summary>Gets the spread of one pulse's effect from cycle to cycle.</summary>
    public double CycleSpread { get; init; } = 0.05;

    /// <summary>Gets the standard deviation of a reading relative to it.</summary>
    public double ReadNoise { get; init; } = 0.01;

    /// <summary>Gets the time in s in which a node that keeps its value loses 1 − 1/e of it; infinite for none.</summary>
    public double DriftSeconds { get; init; } = double.PositiveInfinity;
}
