// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler;

/// <summary>A number of a loaded network that a device can change while it runs.</summary>
/// <param name="Kind">One of the protocol's kinds of change: 0 the mean interval of a Poisson source, 1 the amplitude of a step of drive,
/// 2 a parameter of a population.</param>
/// <param name="Table">Index of the table in the image.</param>
/// <param name="Parameter">Of a population: which parameter, or which register of a program; otherwise 0.</param>
/// <param name="Place">Of a population: index of the value within the parameter; otherwise 0.</param>
/// <param name="Value">The new value, as in the image.</param>
public readonly record struct LiveChange(int Kind, int Table, int Parameter, int Place, long Value);
