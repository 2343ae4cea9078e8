// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Recordings;

namespace NeuroMCU.Compiler;

/// <summary>What the compiler decided, what rounding cost and what the network needs on the device.</summary>
public sealed class CompileReport
{
    /// <summary>Programs of the populations whose models are texts, by position; null for the others.</summary>
    public IReadOnlyList<Equations.EquationProgram?> Equations { get; init; } = [];

    /// <summary>Spikes of the pilot run in double precision: of all populations where one has a text for a model that others send
    /// to.</summary>
    internal SpikeRecord PilotSpikes { get; init; } = new SpikeRecord([], []);

    /// <summary>Worst rounding error of each parameter.</summary>
    public required IReadOnlyList<QuantisationError> Quantisation { get; init; }

    /// <summary>Resolution and reach of the states, which the compiler chooses population by population.</summary>
    public required IReadOnlyList<StateUnit> Units { get; init; }

    /// <summary>Cost of both update schemes for each population of neurons.</summary>
    public required IReadOnlyList<UpdateAdvice> Updates { get; init; }

    /// <summary>Managed heap on the device, part by part.</summary>
    public required IReadOnlyList<MemoryItem> Memory { get; init; }

    /// <summary>Sum of <see cref="Memory" /> in bytes.</summary>
    public required int HeapBytes { get; init; }

    /// <summary>Board whose limits were checked.</summary>
    public required string Board { get; init; }

    /// <summary>Heap that the network may take in bytes.</summary>
    public required int HeapLimit { get; init; }

    /// <summary>Device time per second of network time at the spike rates of the pilot run, in seconds: above 1 the device falls
    /// behind.</summary>
    public required double DeviceLoad { get; init; }

    /// <summary>Cost profile that <see cref="DeviceLoad" /> is reckoned with.</summary>
    public required string CostProfile { get; init; }

    /// <summary>Step of the clocked populations in µs.</summary>
    public required int Step { get; init; }

    /// <summary>Whether the compiler chose <see cref="Step" />, because the file leaves it open and the network has circuits or
    /// channels.</summary>
    public required bool StepChosen { get; init; }

    /// <summary>Length of the image in bytes.</summary>
    public required int ImageBytes { get; init; }

    /// <summary>Number of neurons, inputs included.</summary>
    public required int Neurons { get; init; }

    /// <summary>Number of synapses.</summary>
    public required int Synapses { get; init; }

    /// <summary>Places of the event queue.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Places of the spike ring.</summary>
    public required int SpikeCapacity { get; init; }

    /// <summary>Findings that do not stop the network from running.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }
}
