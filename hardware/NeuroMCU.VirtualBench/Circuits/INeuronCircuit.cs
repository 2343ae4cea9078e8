// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// A neuron made of parts. Nothing is computed until somebody looks: the state is a closed form that holds until the next event of the
/// circuit. Times are seconds since power-on.
/// </summary>
public interface INeuronCircuit
{
    /// <summary>
    /// Gets or sets what is called when the output crosses the <see cref="DetectLevel" />: with the time and true for upwards. May be null.
    /// </summary>
    Action<double, bool>? Crossed { get; set; }

    /// <summary>Gets or sets what is called with the time of each firing; may be null.</summary>
    Action<double>? Fired { get; set; }

    /// <summary>Gets the output voltage in V at which <see cref="Crossed" /> is called.</summary>
    double DetectLevel { get; }

    /// <summary>Gets the number of spikes since power-on.</summary>
    long Spikes { get; }

    /// <summary>Lets the circuit run up to a time; one that has passed changes nothing.</summary>
    /// <param name="time">Time in s.</param>
    void Advance(double time);

    /// <summary>Changes the drive from a time on.</summary>
    /// <param name="time">Time in s; not before that of an earlier change.</param>
    /// <param name="current">Current in A into the membrane; what a board's mirror gives is never negative.</param>
    void Drive(double time, double current);

    /// <summary>Closes or opens the transistor across the membrane capacitor.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="pressed">True to close.</param>
    void Reset(double time, bool pressed);

    /// <summary>Gets the membrane voltage.</summary>
    /// <param name="time">Time in s; may lie a little in the past, as the samples of a DMA buffer do (the last 4096 segments are
    /// kept).</param>
    /// <returns>Volts.</returns>
    double Membrane(double time);

    /// <summary>Gets the output voltage, across the load.</summary>
    /// <param name="time">Time in s, as for <see cref="Membrane" />.</param>
    /// <returns>Volts.</returns>
    double Output(double time);
}
