// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>How a variable is kept on the device.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Least">Lower end of its range in SI units.</param>
/// <param name="Most">Upper end.</param>
/// <param name="Exponent">Resolution as a power of 2, in SI units.</param>
/// <param name="Unit">Unit in which it is shown.</param>
/// <param name="Method">How it is stepped; `input` or `output` for what is not a state.</param>
public sealed record VariableFormat(string Name, double Least, double Most, int Exponent, DisplayUnit Unit, string Method)
{
    /// <summary>Value of one unit of the device in SI units.</summary>
    public double Resolution => Math.ScaleB(1, Exponent);
}

/// <summary>A table on the device.</summary>
/// <param name="Of">What it is a function of.</param>
/// <param name="For">What it is for.</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="LargestError">Largest error of the straight lines, in parts of what the table adds in a step, or of its largest
/// value.</param>
public sealed record TableReport(string Of, string For, int Entries, double LargestError);

/// <summary>The program of a population with what is to be known of it.</summary>
public sealed class EquationProgram
{
    /// <summary>What the device runs.</summary>
    public required VectorProgram Program { get; init; }

    /// <summary>States, then inputs, then outputs.</summary>
    public required IReadOnlyList<VariableFormat> Variables { get; init; }

    /// <summary>Number of the states among the variables.</summary>
    public required int States { get; init; }

    /// <summary>States that synapses add to, by receptor.</summary>
    public required IReadOnlyList<int> Inlets { get; init; }

    /// <summary>Tables in order.</summary>
    public required IReadOnlyList<TableReport> Tables { get; init; }

    /// <summary>Instructions of a step, one line each.</summary>
    public required IReadOnlyList<string> Listing { get; init; }

    /// <summary>IL instructions per neuron and step on the device, about.</summary>
    public required int Work { get; init; }

    /// <summary>Variables by the number of their trace: first state, first input, further states, further inputs.</summary>
    public required IReadOnlyList<int> Visible { get; init; }
}
