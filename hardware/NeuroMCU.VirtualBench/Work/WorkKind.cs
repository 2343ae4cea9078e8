// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Work;

/// <summary>Kinds of work in the firmware that the cost profile prices, in executed IL instructions each.</summary>
public enum WorkKind
{
    /// <summary>One turn of the firmware's loop with nothing to do.</summary>
    LoopTurn,

    /// <summary>One step of one clocked population, its neurons not counted.</summary>
    ClockedStep,

    /// <summary>One neuron in one clocked step.</summary>
    ClockedUpdate,

    /// <summary>One IL instruction of a law or rule that counts its own.</summary>
    LawOperation,

    /// <summary>One neuron brought forward at an event.</summary>
    NeuronUpdate,

    /// <summary>One receptor of one neuron of a synapse block in one step; the step itself is a clocked update.</summary>
    ReceptorUpdate,

    /// <summary>One synaptic event, event queue included.</summary>
    SynapticEvent,

    /// <summary>One spike: recorded and sent on its way.</summary>
    Spike,

    /// <summary>One byte of a frame, encoded or decoded (COBS and CRC-32).</summary>
    FrameByte,

    /// <summary>One frame sent, with two spikes or as many fields: what it takes besides its bytes.</summary>
    Frame,

    /// <summary>One pair of samples taken from the microphones and looked at; what its filters cost not counted.</summary>
    AudioFrame,

    /// <summary>One sample of one ear through one band of the audio front end. Silence is not filtered.</summary>
    BandSample,

    /// <summary>One sample of a streamed converter, searched for spikes.</summary>
    StreamedSample,
}

/// <summary>
/// Counts what the firmware has worked. The bench reads it whenever the firmware looks at the clock or calls a peripheral, and
/// charges the difference to the clock.
/// </summary>
public interface IWorkMeter
{
    /// <summary>Gets how often work of a kind has been done since start-up or since a reset.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <returns>A count. One that is smaller than the last one was set back to 0 in between, and counts from there.</returns>
    long Count(WorkKind kind);
}
