// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// A hand-written neuron model whose membrane is in volts and whose input are currents and charges. A model is one class: reader, compiler,
/// reference and reports take from it what they need, and no other place names it but the line in <see cref="CircuitModels" />.
/// </summary>
public abstract class CircuitModel
{
    /// <summary>Name in network files.</summary>
    public abstract string Name { get; }

    /// <summary>The law on the device.</summary>
    public abstract Model Device { get; }

    /// <summary>True for a law that is integrated in steps; false for a closed form between events.</summary>
    public virtual bool IsStepped => false;

    /// <summary>Parameters in the order of the device's tables.</summary>
    public abstract IReadOnlyList<CircuitParameter> Parameters { get; }

    /// <summary>Names of the component sets that a file may start from; the first is the default.</summary>
    public abstract IReadOnlyList<string> Presets { get; }

    /// <summary>True when a population of a board's channels can stand for this model.</summary>
    public virtual bool TakesChannels => false;

    /// <summary>Values of a component set.</summary>
    /// <param name="preset">One of <see cref="Presets" />.</param>
    /// <returns>A value for each parameter, in base units.</returns>
    public abstract IReadOnlyDictionary<string, double> ValuesOf(string preset);

    /// <summary>Draws the part of one neuron from the measured population.</summary>
    /// <param name="random">Source of chance.</param>
    /// <returns>Values of the parameters that vary from part to part; null when no population was measured.</returns>
    public virtual IReadOnlyDictionary<string, double>? DrawPart(Random random) => null;

    /// <summary>The components of one neuron, for boards and for the virtual bench.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>The components in SI units; null for a model that is no circuit.</returns>
    public virtual NeuronPart? PartOf(Func<string, double> value) => null;

    /// <summary>Checks that the values of one neuron go together.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public abstract IEnumerable<CircuitFault> Check(Func<string, double> value);

    /// <summary>A constant current at which a neuron of a component set fires again and again: what the proofs of all models run it
    /// with.</summary>
    /// <param name="preset">One of <see cref="Presets" />.</param>
    /// <returns>Current in µA.</returns>
    public abstract double TypicalCurrent(string preset);

    /// <summary>Where the membrane of a trace fires, as far as it decides alone.</summary>
    /// <param name="parameters">Parameters of the population on the device.</param>
    /// <param name="neuron">Index within the population.</param>
    /// <returns>The threshold in mV; null where there is none to draw.</returns>
    public virtual double? TraceThreshold(long[][] parameters, int neuron) => null;

    /// <summary>Encodes one neuron for the device.</summary>
    /// <param name="cell">The neuron: its values, and where roundings and findings go.</param>
    /// <returns>The parameters at the places that the device's model names.</returns>
    internal abstract long[] Encode(ICellEncoder cell);

    /// <summary>The same law in double precision, for the reference.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>A neuron at its start.</returns>
    internal abstract ICircuitState State(Func<string, double> value);

    /// <summary>The law as equations, for the witness.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <returns>The equations of one neuron.</returns>
    internal abstract CellEquations Equations(Func<string, double> value);

    /// <summary>What the neurons of a population cost the device besides steps, spikes and receptors.</summary>
    /// <param name="steps">Steps of a neuron, together those of all neurons.</param>
    /// <param name="step">Length of one in µs.</param>
    /// <returns>How far <see cref="EngineCounters.LawOperations" /> moves on.</returns>
    internal abstract double Work(double spikes, double changes, double steps, int step);

    /// <summary>By how much the slowest state moves in one step, in units of the device; only laws in steps have any.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <param name="step">Step in µs.</param>
    /// <param name="currents">Unit of currents that is tried; the compiler chooses the coarsest in which all states move enough.</param>
    /// <returns>Name of each state, and its smallest change that matters.</returns>
    internal virtual IEnumerable<(string State, double Units)> StepChanges(Func<string, double> value, int step, CurrentFormat currents)
        => [];
}
