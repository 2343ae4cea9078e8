// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>How rows name their sources.</summary>
internal static class Sources
{
    private const string Wu23 = "Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023)";
    private const string Wu25 = "Wu et al., Phys. Rev. Applied 23, 034030 (2025)";
    private const string Serb20 = "Serb et al., Sci. Rep. 10, 2590 (2020)";
    private const string Brain2Simulator = "github.com/haoran215/Brain2Simulator";

    /// <summary>What stands for a source in a table, and the source.</summary>
    public static IReadOnlyList<(string Key, string Source)> Keys { get; } = [("[W23]", Wu23), ("[W25]", Wu25), ("[B2S]", Brain2Simulator),
        ("[S20]", Serb20)];

    /// <summary>Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023).</summary>
    /// <returns>The citation.</returns>
    public static string W23(string place) => Wu23 + ", " + place;

    /// <summary>Wu et al., Phys. Rev. Applied 23, 034030 (2025).</summary>
    /// <returns>The citation.</returns>
    public static string W25(string place) => Wu25 + ", " + place;

    /// <summary>Measurements of the Brain2Simulator project.</summary>
    /// <returns>The citation.</returns>
    public static string Bench(string place) => Brain2Simulator + ", " + place;

    /// <summary>A place in Serb et al. 2020.</summary>
    /// <returns>The citation.</returns>
    public static string S20(string place) => Serb20 + ", " + place;

    /// <summary>A citation in short, for tables that list the keys.</summary>
    /// <returns>The same with the keys of <see cref="Keys" />.</returns>
    public static string Short(string citation) => Keys.Aggregate(citation,
        (text, k) => text.Replace(k.Source, k.Key, StringComparison.Ordinal));

    /// <summary>A number as part of a row's name: 92.4 becomes 92.4.</summary>
    /// <returns>Its text.</returns>
    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
