// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Compiler;

/// <summary>Name and membrane unit of a population.</summary>
/// <param name="Index">Position among the populations.</param>
/// <param name="Name">Name.</param>
/// <param name="UnitValue">Membrane unit of the device's tables, in <paramref name="Unit" />: V = Rest + u · UnitValue.</param>
/// <param name="Rest">Resting value in <paramref name="Unit" />.</param>
/// <param name="Unit">Name of the physical unit: <c>mV</c>, or <c>1</c> for pure numbers.</param>
/// <param name="Variables">What its traces can show, by their number; null for models that are no texts.</param>
public sealed record PopulationSymbol(int Index, string Name, double UnitValue, double Rest, string Unit,
    IReadOnlyList<VariableSymbol>? Variables = null)
{
    /// <summary>Gets the fractional bits, in nA, of the unit in which the device counts currents into these neurons.</summary>
    public int CurrentBits { get; init; } = Formats.CurrentBits;
}

/// <summary>Name and unit of a variable of a text.</summary>
/// <param name="Name">Name.</param>
/// <param name="UnitValue">2^24 units of the device, in <paramref name="Unit" />.</param>
/// <param name="Unit">Name of the physical unit; <c>1</c> for pure numbers.</param>
public sealed record VariableSymbol(string Name, double UnitValue, string Unit);
