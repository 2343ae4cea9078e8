// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Models;
using NeuroMCU.Parts;

namespace NeuroMCU.Networks;

/// <summary>
/// A population of neurons with the parameters of the file, unrounded. Which model it has, the one of <see cref="Lif" />,
/// <see cref="Circuit" /> and <see cref="Equations" /> says that is not null.
/// </summary>
public sealed class Population
{
    /// <summary>Name, unique in the network.</summary>
    public required string Name { get; init; }

    /// <summary>Position among the populations.</summary>
    public required int Index { get; init; }

    /// <summary>Global index of the first neuron.</summary>
    public required int FirstNeuron { get; init; }

    /// <summary>Number of neurons.</summary>
    public required int Size { get; init; }

    /// <summary>Unit of the membrane: <c>mV</c>, <c>1</c> for pure numbers, <c>V</c> for circuits.</summary>
    public required string MembraneUnit { get; init; }

    /// <summary>Update scheme asked for.</summary>
    public UpdateScheme Update { get; init; }

    /// <summary>Parameters of leaky integrate-and-fire neurons; null for other models.</summary>
    public LifNeurons? Lif { get; init; }

    /// <summary>True for a population without a model, which fires when told to: stored spikes, Poisson trains, injected spikes, a
    /// microphone front end.</summary>
    public bool IsSource => Lif == null && Circuit == null && Equations == null;

    /// <summary>True for neurons with exponential synapses, whose currents decay.</summary>
    public bool HasExponentialSynapses => Lif is { Synapse: SynapseShape.Exponential };

    /// <summary>True for neurons whose law has both a closed form between events and one in steps, so that one of them is
    /// chosen.</summary>
    public bool ChoosesUpdate => Lif is { Synapse: SynapseShape.Delta };

    /// <summary>True when a spike sets the membrane to a value, and does not leave what was above the threshold.</summary>
    internal bool ResetsToValue => Lif is { ResetBy: ResetRule.Value };

    /// <summary>Time constants of the currents of exponential synapses in µs; empty without such.</summary>
    internal IReadOnlyList<double> CurrentTaus => Lif?.CurrentTaus ?? [];

    /// <summary>Shortest refractory time of a neuron in µs; 0 for models that have none.</summary>
    internal double LeastRefractory => Lif?.Refractory.Values.Min() ?? 0;

    /// <summary>Distance from rest to threshold, the measure of membranes that are relative; 1 for models in volts or with formats of
    /// their own.</summary>
    internal double Distance => Lif?.Distance ?? 1;

    /// <summary>Where the device's membrane is 0, in the unit of the membrane.</summary>
    internal double MembraneOrigin => Lif?.Rest ?? 0;

    /// <summary>Constant current into a neuron.</summary>
    /// <param name="neuron">Index within the population, which has no text for a model.</param>
    /// <returns>The current, in <see cref="DriveUnit" />.</returns>
    internal double BiasOf(int neuron) => Lif?.Bias.At(neuron) ?? Value("bias", neuron);

    /// <summary>True when some neuron has its equilibrium above its threshold: only then are there crossings to compute; others fire on
    /// arrivals alone.</summary>
    /// <param name="drive">Constant drive in <see cref="DriveUnit" />.</param>
    /// <returns>Whether there is one; false for models without such an equilibrium.</returns>
    internal bool FiresAlone(double drive) => Lif?.FiresAlone(drive) == true;

    /// <summary>Component values of a circuit model by name, in base units; empty for other models.</summary>
    public IReadOnlyDictionary<string, NeuronParameter> Parameters { get; init; } = new Dictionary<string,
        NeuronParameter>(StringComparer.Ordinal);

    /// <summary>Synapse block of a circuit model: the currents that projections may feed.</summary>
    public IReadOnlyList<ReceptorSpec> Receptors { get; init; } = [];

    /// <summary>Channels of the board that stand for the neurons, one each, by name or number; empty when the neurons are
    /// software.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Where the channels are named; the population when there are none.</summary>
    public SourceLocation? ChannelsLocation { get; init; }

    /// <summary>Model and values of a population whose model is a text; null for others.</summary>
    internal ModelNeurons? Equations { get; init; }

    /// <summary>Name of the text that is its model; null for others.</summary>
    public string? ModelName => Equations?.Model.Name;

    /// <summary>Names of the variables that a trace may show besides membrane and current; empty but for models that are texts.</summary>
    public IReadOnlyList<string> VariableNames => Equations == null ? [] :
        [.. Equations.Model.States.Select(s => s.Name), .. Equations.Model.Inputs.Select(i =>
            i.Name), .. Equations.Model.Outputs.Select(o => o.Name)];

    /// <summary>Unit in which a variable of a text is shown.</summary>
    /// <param name="variable">Its number among <see cref="VariableNames" />.</param>
    /// <returns>The unit; 1 for pure numbers.</returns>
    public string VariableUnit(int variable)
    {
        return Equations!.Model.UnitOf(variable).Symbol.Replace(' ', '*');
    }

    /// <summary>Declaration of a hand-written model with currents and voltages; null for others.</summary>
    public CircuitModel? Circuit { get; init; }

    /// <summary>True for a hand-written model with currents and voltages.</summary>
    public bool IsCircuit => Circuit != null;

    /// <summary>What weights onto the population measure: charge for circuits, else what the membrane measures.</summary>
    public Dimension WeightDimension => IsCircuit ? Dimension.Charge : Equations != null ? Equations.Model.States[0].Dimension.Kind
        ?? Dimension.None : MembraneDimension;

    /// <summary>What a constant drive measures: current for circuits, else what the membrane measures.</summary>
    public Dimension DriveDimension => IsCircuit ? Dimension.Current
        : Equations == null ? MembraneDimension
        : Equations.Model.Inputs.Count == 0 ? Dimension.None : Equations.Model.Inputs[0].Dimension.Kind ?? Dimension.None;

    /// <summary>Unit of weights in <see cref="Connection" />.</summary>
    public string WeightUnit => IsCircuit ? "nC" : Equations != null ? BaseUnit(WeightDimension) : MembraneUnit;

    /// <summary>Unit of <see cref="DriveInput.Amplitude" />.</summary>
    public string DriveUnit => IsCircuit ? "uA" : Equations != null ? BaseUnit(DriveDimension) : MembraneUnit;

    /// <summary>What the weights of a projection measure: for texts that of the state that it adds to.</summary>
    /// <returns>The dimension; null where network files know no quantity of its kind.</returns>
    internal Dimension? WeightDimensionOf(int state) => Equations!.Model.States[state].Dimension.Kind;

    /// <summary>Base unit of a dimension.</summary>
    /// <returns>Its symbol; 1 for pure numbers.</returns>
    internal static string BaseUnit(Dimension dimension)
    {
        Unit? unit = Unit.All.FirstOrDefault(u => u.Dimension == dimension && u.Scale.Equals(1));
        return unit?.Symbol ?? "1";
    }

    private Dimension MembraneDimension => string.Equals(MembraneUnit, "1", StringComparison.Ordinal) ? Dimension.None : Dimension.Voltage;

    /// <summary>A component value of a circuit model.</summary>
    /// <param name="parameter">Name.</param>
    /// <param name="neuron">Index within the population.</param>
    /// <returns>The value in the base unit of its dimension.</returns>
    public double Value(string parameter, int neuron) => Parameters[parameter].At(neuron);

    /// <summary>Coordinates of the neurons for distance-dependent delays; empty when none were given.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Positions { get; init; } = [];

    /// <summary>True when its spikes are recorded.</summary>
    public bool Recorded { get; set; }

    /// <summary>Name of the site that its neurons are on; null leaves that to the compiler.</summary>
    public string? Site { get; internal set; }

    /// <summary>Where the site is named; null where none is.</summary>
    public SourceLocation? SiteLocation { get; internal set; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>Components of one neuron.</summary>
    /// <param name="neuron">Index within the population.</param>
    /// <returns>The components in SI units; null for a population of a model that is no circuit.</returns>
    public NeuronPart? PartOf(int neuron) => Circuit?.PartOf(name => Value(name, neuron));
}
