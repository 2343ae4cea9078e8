// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler;

/// <summary>Name and unit of a read-out.</summary>
/// <param name="Index">Position among the read-outs.</param>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit of its value, <c>1</c> for pure numbers.</param>
public sealed record ReadoutSymbol(int Index, string Name, string Unit);
