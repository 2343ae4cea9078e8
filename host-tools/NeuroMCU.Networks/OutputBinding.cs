// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>Binds a read-out or a neuron to an output of the board.</summary>
public sealed class OutputBinding
{
    /// <summary>Read-out that drives the output, or null when a neuron does.</summary>
    public Readout? Readout { get; init; }

    /// <summary>Population of the neuron that drives the output, or null when a read-out does.</summary>
    public Population? Population { get; init; }

    /// <summary>Neuron within the population.</summary>
    public int Neuron { get; init; }

    /// <summary>Output number in the board profile.</summary>
    public required int Output { get; init; }

    /// <summary>Read-out value at the output's low end, in the read-out's unit.</summary>
    public double From { get; init; }

    /// <summary>Read-out value at the output's high end, in the read-out's unit.</summary>
    public double To { get; init; }

    /// <summary>Width of a neuron's pulse in µs.</summary>
    public int PulseWidth { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }
}
