// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>What a row is measured on.</summary>
public enum Column
{
    /// <summary>The fixed-point engine of the firmware.</summary>
    Engine,

    /// <summary>The double-precision reference, or a closed form.</summary>
    Reference,

    /// <summary>The circuits of the virtual boards, with synapses in software.</summary>
    Board,

    /// <summary>ngspice on the netlist of the schematic.</summary>
    Spice,
}
