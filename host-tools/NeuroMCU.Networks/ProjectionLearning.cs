// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Networks;

/// <summary>How a projection learns.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Limit">Weight at the upper end, in the unit of the projection's weights, with their sign.</param>
/// <param name="Modulator">Population whose spikes modulate; null for none.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ProjectionLearning(string Rule, double Limit, Population? Modulator, SourceLocation Location)
{
    /// <summary>The rule with its values.</summary>
    internal LearningRule Text { get; init; } = null!;

    /// <summary>Values of its parameters.</summary>
    internal ModelNeurons Values { get; init; } = null!;

    /// <summary>Interval between blocks of time in µs; 0 for none.</summary>
    internal int Interval { get; init; }

    /// <summary>Gets the value of a parameter of the rule, in SI units.</summary>
    /// <param name="parameter">Its name in the rule's text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The rule has no such parameter.</exception>
    public double Value(string parameter) => Values.Value(Known(parameter), 0);

    /// <summary>The same rule with other values, as they were measured.</summary>
    /// <param name="values">Values in SI units by the names of the parameters.</param>
    /// <returns>How the projection learns then.</returns>
    /// <exception cref="ArgumentException">The rule has no such parameter.</exception>
    public ProjectionLearning With(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Dictionary<string, double[]> all = Text.Model.Parameters.ToDictionary(p => p.Name, p => Values.Values(p.Name),
            StringComparer.Ordinal);
        foreach ((string name, double value) in values)
        {
            all[Known(name)] = [value];
        }

        return this with { Values = new ModelNeurons(Text.Model, 1, all) };
    }

    private string Known(string parameter) => Text.Model.Parameters.Any(p => p.Name == parameter) ? parameter
        : throw new ArgumentException($"the rule `{Rule}` has no parameter `{parameter}`", nameof(parameter));
}
