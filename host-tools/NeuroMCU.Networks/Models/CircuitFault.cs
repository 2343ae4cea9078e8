// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>Values of one neuron that do not go together.</summary>
/// <param name="Parameter">Parameter that is blamed.</param>
/// <param name="Message">What is wrong and what would follow.</param>
/// <param name="Hint">What to change.</param>
public sealed record CircuitFault(string Parameter, string Message, string Hint);
