// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>A parameter of a model.</summary>
/// <param name="Default">Value in SI units.</param>
internal sealed record ModelParameter(string Name, PhysicalDimension Dimension, DisplayUnit Unit, double Default, double Least, double Most,
    string About);

/// <summary>An input of a model.</summary>
/// <param name="Default">Constant value when nothing is said, in SI units.</param>
internal sealed record ModelInput(string Name, PhysicalDimension Dimension, DisplayUnit Unit, Expr Default, Expr Least, Expr Most,
    string About)
{
    /// <summary>Where its range stands.</summary>
    public required SourceLocation RangeLocation { get; init; }
}

/// <summary>A state variable of a model.</summary>
internal sealed record ModelState(
    string Name, PhysicalDimension Dimension, DisplayUnit Unit, Expr Start, Expr Least, Expr Most, Expr Rate, StepMethod Method,
    string About, SourceLocation Location)
{
    /// <summary>Where its range stands.</summary>
    public SourceLocation RangeLocation { get; init; } = Location;

    /// <summary>The text of its start; null where it is not at hand.</summary>
    public SourcePiece? StartText { get; init; }
}

/// <summary>What follows from states and inputs and can be recorded, such as the conductance of a memory channel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit for reports.</param>
/// <param name="Value">The expression, with definitions put in.</param>
/// <param name="About">What it is.</param>
internal sealed record ModelOutput(string Name, DisplayUnit Unit, Expr Value, string About);

/// <summary>What is done where a condition holds.</summary>
internal sealed record ModelEvent(Expr When, IReadOnlyList<(string State, Expr Value)> Then)
{
    /// <summary>The text of the condition; null where it is not at hand.</summary>
    public SourcePiece? Condition { get; init; }
}

/// <summary>How an equation is stepped.</summary>
internal enum StepMethod
{
    /// <summary>Exponential where the equation is linear in its own variable with a coefficient of one variable at most, else
    /// Euler.</summary>
    Auto,

    /// <summary>y + h·f.</summary>
    Euler,

    /// <summary>y + h·exprel(h·A)·f for f = A·y + B.</summary>
    Exponential,

    /// <summary>All states by the midpoint method: y + h·f(y + h/2·f(y)).</summary>
    Midpoint,

    /// <summary>All states by the classical method of Runge and Kutta of fourth order.</summary>
    Rk4,
}

/// <summary>A model as its text says, with names, units and places checked.</summary>
internal sealed class ModelText
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>File that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The whole text.</summary>
    public required string Text { get; init; }

    /// <summary>One line about it.</summary>
    public required string Title { get; init; }

    /// <summary>Where its equations come from.</summary>
    public required string Source { get; init; }

    /// <summary>How the states are stepped that say nothing themselves; midpoint and rk4 are for all of them.</summary>
    public required StepMethod Method { get; init; }

    /// <summary>Steps of the equations within one of the network, 1 or more.</summary>
    public required int Substeps { get; init; }

    /// <summary>Bytes that tables which are finer than they need be may take together; null for what the compiler allows.</summary>
    public int? TableBytes { get; init; }

    /// <summary>Definitions in order, with what each measures.</summary>
    public required IReadOnlyList<(string Name, PhysicalDimension Dimension, Expr Value)> Definitions { get; init; }

    /// <summary>True where rates are evaluated more than once in a step.</summary>
    public bool HasStages => Method is StepMethod.Midpoint or StepMethod.Rk4;

    /// <summary>Name of the time since the start at the beginning of a step.</summary>
    public const string Time = "t";

    /// <summary>Name of the step in seconds, one that no text can write: a variable may be called h, as the step is.</summary>
    public const string StepName = "the step";

    /// <summary>Sources of noise, each with a name that no text can write.</summary>
    public required IReadOnlyList<string> Noises { get; init; }

    /// <summary>True for a value that no text declares: the time, a source of noise.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool IsHidden(string name) => string.Equals(name, Time, StringComparison.Ordinal)
        || name.StartsWith("noise ", StringComparison.Ordinal);

    /// <summary>True where an equation or event has the time in it.</summary>
    public bool UsesTime => States.Select(s => s.Rate).Concat(Outputs.Select(o => o.Value)).Concat(Events.Append(
        Spike).OfType<ModelEvent>().SelectMany(e => e.Then.Select(t => t.Value).Append(e.When))).Any(e => e.Names().Contains(Time));

    /// <summary>Parameters in order.</summary>
    public required IReadOnlyList<ModelParameter> Parameters { get; init; }

    /// <summary>Inputs; the first takes bias and steps of drive.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>States; the first is the membrane, and takes spikes that name no other.</summary>
    public required IReadOnlyList<ModelState> States { get; init; }

    /// <summary>What is computed from the new states at the end of a step, to be recorded.</summary>
    public required IReadOnlyList<ModelOutput> Outputs { get; init; }

    /// <summary>When a neuron fires and what that does; null for models that never do.</summary>
    public required ModelEvent? Spike { get; init; }

    /// <summary>How long the held state stays where a spike has put it; null for not at all.</summary>
    public required Expr? Refractory { get; init; }

    /// <summary>State that is held.</summary>
    public required string Held { get; init; }

    /// <summary>What else happens after a step, in order.</summary>
    public required IReadOnlyList<ModelEvent> Events { get; init; }

    /// <summary>Sets of values of parameters and inputs by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Presets { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The text of the equations; null where it is not at hand.</summary>
    public SourcePiece? Equations { get; init; }

    /// <summary>Step in µs that it is made for; null where it does not say.</summary>
    public int? Step { get; init; }

    /// <summary>Lines of its file.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Unit in which a variable is shown.</summary>
    /// <param name="variable">States, then inputs, then outputs.</param>
    /// <returns>The unit.</returns>
    public DisplayUnit UnitOf(int variable)
    {
        int input = variable - States.Count;
        return input < 0 ? States[variable].Unit : input < Inputs.Count ? Inputs[input].Unit : Outputs[input - Inputs.Count].Unit;
    }

    /// <summary>Finds a state.</summary>
    /// <returns>Its position; −1 when there is none.</returns>
    public int StateIndex(string name)
    {
        return States.Select((s, i) => (s, i)).Where(p => string.Equals(p.s.Name, name, StringComparison.Ordinal)).Select(p => p.i)
            .DefaultIfEmpty(-1).First();
    }
}
