// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>The kinds of node that the bench can place.</summary>
public static class NodeLaws
{
    /// <summary>Name of the leaking capacitor at a transistor's gate.</summary>
    public const string Leaky = "leaky-capacitor";

    /// <summary>Name of the digital potentiometer.</summary>
    public const string Potentiometer = "digital-potentiometer";

    /// <summary>Gets the names: those of the texts in models/memory, and two of parts.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "lithium-tiox", "tiox-memristor", "nanofluidic-unipolar", "nanofluidic-bipolar", "asymmetric-channel", Potentiometer, Leaky,
    ];

    /// <summary>Gets the numbers of the two kinds that have no text.</summary>
    /// <param name="law">Name of the kind.</param>
    /// <returns>SI units; empty for a kind whose numbers stand in its text.</returns>
    public static IReadOnlyDictionary<string, double> Parts(string law) => law switch
    {
        // A 10 kOhm MCP4461 of 257 taps as a divider behind 100 kOhm: full scale is 10 uS.
        Potentiometer => new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["G_max"] = 10e-6,
            ["taps"] = 257,
            ["V_t"] = 1,
            ["t_p"] = 100e-6,
        },

        // 1 uF behind 1 kOhm, leaking through 100 kOhm.
        Leaky => new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["G_min"] = 0.1e-6,
            ["G_max"] = 10e-6,
            ["V_full"] = 3.3,
            ["V_t"] = 1,
            ["tau_c"] = 1e-3,
            ["tau"] = 0.1,
        },
        _ => new Dictionary<string, double>(StringComparer.Ordinal),
    };

    /// <summary>Makes a node at rest.</summary>
    internal static MemoryNode Make(string law, NodeParameters p) => law switch
    {
        "lithium-tiox" => new LithiumNode(p),
        "tiox-memristor" => new TiOxNode(p),
        "nanofluidic-unipolar" => new NanofluidicNode(p, false),
        "nanofluidic-bipolar" => new NanofluidicNode(p, true),
        "asymmetric-channel" => new AsymmetricNode(p),
        Potentiometer => new PotentiometerNode(p),
        Leaky => new LeakyNode(p),
        _ => throw new ArgumentException($"no node has the law '{law}'; laws: {string.Join(", ", Names)}", nameof(law)),
    };
}
