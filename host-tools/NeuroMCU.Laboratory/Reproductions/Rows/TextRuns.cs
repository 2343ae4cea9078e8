// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>One cell whose model is a text, and what rows measure of it.</summary>
internal static class TextRuns
{
    /// <summary>A row that the engine and the reference measure.</summary>
    /// <returns>The row.</returns>
    public static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure, string system = "texts")
    {
        return new ReproductionRow
        {
            Name = name,
            System = system,
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Unit = unit,
            Source = source,
            Provenance = Provenance.Computed,
            Columns = [Column.Engine, Column.Reference],
            Measure = measure,
        };
    }

    /// <summary>Spikes of a cell.</summary>
    /// <param name="neuron">Fields of its population, from <c>model:</c> on.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>Times in ms.</returns>
    public static double[] Spikes(CircuitLaboratory lab, Column column, string neuron, int milliseconds, int step = 100)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step: {step} us\nduration: {milliseconds} ms\npopulations:\n  cell: {{{neuron}, size: 1}}\n");
        return [.. Trains.Of(lab.RunText(text, column), 0).Select(t => t * 1e3)];
    }

    /// <summary>A variable of a cell at each step.</summary>
    /// <param name="neuron">Fields of its population, from <c>model:</c> on.</param>
    /// <param name="step">Step in µs.</param>
    /// <param name="from">Time from which it counts, in ms.</param>
    /// <returns>Values in the unit of traces.</returns>
    public static double[] Trace(CircuitLaboratory lab, Column column, string neuron, string quantity, int milliseconds, int step,
        int from = 0)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step: {step} us\nduration: {milliseconds} ms\npopulations:\n  cell: {{{neuron}, size: 1}}\n"
            + $"record: {{traces: [{{population: cell, every: {step} us, quantity: {quantity}}}]}}\n");
        TraceRecord trace = lab.RunText(text, column).Traces[0];
        return [.. trace.Values.Where((_, i) => trace.Times[i] >= from * 1000L)];
    }

    /// <summary>Distances of neighbours.</summary>
    /// <returns>The distances; NaN alone where there are none.</returns>
    public static double[] Intervals(double[] spikes) => spikes.Length < 2 ? [double.NaN]
        : [.. spikes.Zip(spikes.Skip(1), (a, b) => b - a)];

    /// <summary>The first spike.</summary>
    /// <returns>Its time; NaN without one.</returns>
    public static double First(double[] spikes) => spikes.Length == 0 ? double.NaN : spikes[0];

    /// <summary>Largest difference from published values.</summary>
    /// <returns>The difference; NaN where fewer were measured.</returns>
    public static double Farthest(double[] measured, double[] published)
        => measured.Length < published.Length ? double.NaN : published.Zip(measured, (p, m) => Math.Abs(m - p)).Max();
}
