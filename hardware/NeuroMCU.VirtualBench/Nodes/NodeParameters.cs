// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>Numbers of one node by the names of its text, in SI units, as this specimen has them.</summary>
internal sealed class NodeParameters(IReadOnlyDictionary<string, double> nominal)
{
    private readonly Dictionary<string, double> _values = new(nominal, StringComparer.Ordinal);

    /// <summary>Gets a number.</summary>
    /// <param name="name">Its name in the text.</param>
    /// <exception cref="KeyNotFoundException">The law has no number of this name.</exception>
    public double this[string name] => _values[name];

    /// <summary>Draws a specimen: what says how fast a node moves varies by the whole spread, conductances by half, voltages by a
    /// quarter of it; counts and exponents belong to the kind of node.</summary>
    public static NodeParameters Draw(IReadOnlyDictionary<string, double> nominal, double spread, BoardRandom random)
    {
        NodeParameters drawn = new(nominal);
        double pace = Math.Max(0.2, random.Sorted(1, spread));
        double range = Math.Max(0.5, random.Sorted(1, spread / 2));
        double volts = Math.Max(0.7, random.Sorted(1, spread / 4));
        foreach ((string name, double value) in nominal)
        {
            drawn._values[name] = name switch
            {
                "V_p" => value,
                _ when IsShare(name) => 1 - Math.Pow(1 - value, pace),
                _ when name.StartsWith("G_", StringComparison.Ordinal) || name.StartsWith("R_", StringComparison.Ordinal) => value * range,
                _ when name.StartsWith("V_", StringComparison.Ordinal) => value * volts,
                "r_0" => value * pace,
                _ when name.StartsWith("tau", StringComparison.Ordinal) || name.StartsWith("Q_", StringComparison.Ordinal) => value / pace,
                _ => value,
            };
        }

        return drawn;
    }

    /// <summary>Makes the node move at another pace.</summary>
    public void Slow(double pace)
    {
        foreach (string name in _values.Keys.Where(n => IsShare(n) || n is "r_0").ToArray())
        {
            _values[name] = name is "r_0" ? _values[name] * pace : 1 - Math.Pow(1 - _values[name], pace);
        }
    }

    /// <summary>Makes forming fail at any voltage.</summary>
    public void NeverForm()
    {
        if (_values.ContainsKey("V_form"))
        {
            _values["V_form"] = double.PositiveInfinity;
        }
    }

    private static bool IsShare(string name) => name is "share" or "up" or "down";
}
