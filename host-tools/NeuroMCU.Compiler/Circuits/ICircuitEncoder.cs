// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Turns the component values of one circuit model into the parameters of the device's tables.</summary>
internal interface ICircuitEncoder
{
    /// <summary>Number of parameters of the model's layout.</summary>
    int Count { get; }

    /// <summary>Encodes one neuron.</summary>
    /// <param name="cell">The neuron: its values, and where roundings and findings go.</param>
    /// <returns>The parameters in the order of the layout.</returns>
    long[] Encode(CircuitNeuron cell);
}
