// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;

namespace NeuroMCU.Cli.Results;

/// <summary>Weights as an edge list that network files can read.</summary>
internal static class EdgeList
{
    /// <summary>Writes one.</summary>
    /// <param name="unit">Unit of the weights; 1 for pure numbers.</param>
    /// <returns>The text, with a head.</returns>
    public static string Of(IEnumerable<(SynapseSite Site, double Weight)> weights, string unit)
    {
        string head = unit == "1" ? "pre,post,weight,delay_us\n" : $"pre,post,weight_{unit},delay_us\n";
        return head + string.Concat(weights.Select(w =>
            string.Create(CultureInfo.InvariantCulture, $"{w.Site.Pre},{w.Site.Post},{w.Weight:R},{w.Site.Delay}\n")));
    }
}
