// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks.Models;

/// <summary>One parameter that a circuit model declares: the reader, the compiler and the reference page all follow it.</summary>
/// <param name="Name">Name in network files.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Least">Least value in the base unit of the dimension.</param>
/// <param name="Most">Largest value in the base unit of the dimension.</param>
/// <param name="Meaning">What it is, for people, with its symbol.</param>
public sealed record CircuitParameter(string Name, Dimension Dimension, double Least, double Most, string Meaning);
