// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>
/// A network as its file describes it, with every distribution drawn and every connector unfolded, before anything is rounded to the
/// device's formats. Compiler and reference simulator start from the same object.
/// </summary>
public sealed record Network
{
    /// <summary>Name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>Path of its file as it was given.</summary>
    public required string File { get; init; }

    /// <summary>Board that it is bound to: a name, or the path of a profile as the program finds it from where it runs; null for
    /// any.</summary>
    public string? Board { get; init; }

    /// <summary>Where the board is named.</summary>
    public required SourceLocation BoardLocation { get; init; }

    /// <summary>Step of clocked populations in µs.</summary>
    public required int Step { get; init; }

    /// <summary>Whether the file states the step; otherwise the compiler chooses it for networks with circuits or channels.</summary>
    public bool StepGiven { get; init; }

    /// <summary>How long a run lasts when nothing else is said, in µs.</summary>
    public required int Duration { get; init; }

    /// <summary>Seed of every draw that has none of its own.</summary>
    public required long Seed { get; init; }

    /// <summary>Places of the event queue that the file asks for; null leaves them to the compiler.</summary>
    public int? QueueCapacity { get; init; }

    /// <summary>Places of the spike record that the file asks for; null leaves them to the compiler.</summary>
    public int? SpikeCapacity { get; init; }

    /// <summary>Populations in file order.</summary>
    public required IReadOnlyList<Population> Populations { get; init; }

    /// <summary>Projections in file order.</summary>
    public required IReadOnlyList<Projection> Projections { get; init; }

    /// <summary>Stored input spikes, ascending in time, file order within one µs.</summary>
    public required IReadOnlyList<StoredSpike> StoredSpikes { get; init; }

    /// <summary>Which inputs the stored spikes belong to, in file order.</summary>
    public IReadOnlyList<SpikeInput> SpikeInputs { get; init; } = [];

    /// <summary>Poisson inputs in file order.</summary>
    public required IReadOnlyList<PoissonInput> PoissonInputs { get; init; }

    /// <summary>Drive steps in file order.</summary>
    public required IReadOnlyList<DriveInput> Drives { get; init; }

    /// <summary>Recording for the virtual microphones, or null.</summary>
    public SoundInput? Sound { get; init; }

    /// <summary>Microphone front end, or null.</summary>
    public MicrophonePair? Hearing { get; init; }

    /// <summary>Membrane traces in file order.</summary>
    public required IReadOnlyList<TraceRequest> Traces { get; init; }

    /// <summary>Read-outs in file order.</summary>
    public required IReadOnlyList<Readout> Readouts { get; init; }

    /// <summary>Output bindings in file order.</summary>
    public required IReadOnlyList<OutputBinding> Outputs { get; init; }

    /// <summary>Boards over which it is spread; null when the file says nothing of them.</summary>
    public NetworkSites? Sites { get; init; }

    /// <summary>Findings that do not stop the network from running.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>Files that the network file names and that were read, such as tables and recordings.</summary>
    public IReadOnlyCollection<string> FilesRead { get; init; } = [];

    /// <summary>Number of neurons, inputs included.</summary>
    public int NeuronCount => Populations.Sum(p => p.Size);

    /// <summary>Number of synapses.</summary>
    public int SynapseCount => Projections.Sum(p => p.Connections.Count);

    /// <summary>Finds the population of a neuron.</summary>
    /// <param name="neuron">Global index.</param>
    /// <returns>The population that holds it, or null when the index is out of range.</returns>
    public Population? PopulationOf(int neuron)
        => Populations.FirstOrDefault(p => neuron >= p.FirstNeuron && neuron < p.FirstNeuron + p.Size);
}
