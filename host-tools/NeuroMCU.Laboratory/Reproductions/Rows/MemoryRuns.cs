// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>One memory channel under waveforms.</summary>
internal static class MemoryRuns
{
    /// <summary>A network of one channel with what is recorded.</summary>
    /// <returns>YAML without its first line.</returns>
    public static string Text(string cell, string step, string milliseconds, string every, string quantities, params string[] inputs)
    {
        return $"step: {step}\nduration: {milliseconds} ms\npopulations:\n  cell: {{{cell}, size: 1}}\ninputs:\n"
            + string.Concat(inputs.Select(i => $"  - {{to: cell, {i}}}\n"))
            + "record:\n  traces:\n" + string.Concat(quantities.Split(' ').Select(q => $"    - {{population: cell, every: {every}, quantity: {q}}}\n"));
    }

    /// <summary>A number as networks have it.</summary>
    /// <returns>Its text.</returns>
    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>One of the traces.</summary>
    /// <returns>Its values.</returns>
    public static double[] Trace(CircuitLaboratory lab, Column column, string text, int trace) =>
        [.. lab.RunText(text, column).Traces[trace].Values];
}
