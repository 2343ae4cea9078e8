// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Units;

/// <summary>Physical dimension of a quantity in a network file or a board profile.</summary>
public enum Dimension
{
    /// <summary>A pure number.</summary>
    None,

    /// <summary>Time; base unit µs.</summary>
    Time,

    /// <summary>Frequency; base unit Hz.</summary>
    Frequency,

    /// <summary>Voltage; base unit mV.</summary>
    Voltage,

    /// <summary>Electric current; base unit µA, so that µA · kΩ = mV.</summary>
    Current,

    /// <summary>Resistance; base unit kΩ.</summary>
    Resistance,

    /// <summary>Conductance; base unit mS, the inverse of kΩ.</summary>
    Conductance,

    /// <summary>Capacitance; base unit µF, so that kΩ · µF = ms and µF · mV = nC.</summary>
    Capacitance,

    /// <summary>Electric charge; base unit nC.</summary>
    Charge,

    /// <summary>Angle; base unit degree.</summary>
    Angle,

    /// <summary>Length; base unit mm.</summary>
    Length,
}
