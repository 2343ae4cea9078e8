// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The twenty behaviours of Izhikevich's simple model: what each fires when it is given the input of the paper.</summary>
internal static class IzhikevichRows
{
    private const string Source = "Izhikevich, IEEE Trans. Neural Netw. 15, 1063 (2004), figure 1, parameters and inputs; "
        + "forward Euler at 2 us by a program of its own";

    private static readonly (string Preset, string[] Inputs, int Milliseconds, int Count, double First, int Tolerance)[] s_behaviours =
    [
        ("tonic-spiking", ["step: {amplitude: 14 mV, start: 10 ms}"], 100, 5, 12.63, 1),
        ("phasic-spiking", ["step: {amplitude: 0.5 mV, start: 20 ms}"], 200, 1, 42.75, 0),
        ("tonic-bursting", ["step: {amplitude: 15 mV, start: 22 ms}"], 220, 29, 24.5, 1),
        ("phasic-bursting", ["step: {amplitude: 0.6 mV, start: 20 ms}"], 200, 8, 38.25, 1),
        ("mixed-mode", ["step: {amplitude: 10 mV, start: 16 ms}"], 160, 7, 19.46, 0),
        ("spike-frequency-adaptation", ["step: {amplitude: 30 mV, start: 8.5 ms}"], 85, 6, 9.99, 0),
        ("class-1", ["ramp: {amplitude: 20.25 mV, start: 30 ms, stop: 300 ms}"], 300, 10, 83.95, 0),
        ("class-2", ["ramp: {amplitude: 4.05 mV, start: 30 ms, stop: 300 ms}"], 300, 17, 104.35, 1),
        ("spike-latency", ["step: {amplitude: 7.04 mV, start: 10 ms, stop: 13 ms}"], 100, 1, 16.6, 0),
        ("subthreshold-oscillations", ["step: {amplitude: 2 mV, start: 20 ms, stop: 25 ms}"], 200, 1, 25.64, 0),
        ("frequency-preference", ["pulses: {amplitude: 0.65 mV, width: 4 ms, period: 20 ms, count: 2, start: 40 ms}",
            "pulses: {amplitude: 0.65 mV, width: 4 ms, period: 40 ms, count: 2, start: 280 ms}"], 400, 1, 336.74, 0),
        ("integrator", ["pulses: {amplitude: 9 mV, width: 2 ms, period: 5 ms, count: 2, start: 9.1 ms}",
            "pulses: {amplitude: 9 mV, width: 2 ms, period: 10 ms, count: 2, start: 70 ms}"], 100, 1, 19.49, 0),
        ("rebound-spike", ["step: {amplitude: -15 mV, start: 20 ms, stop: 25 ms}"], 200, 1, 57.63, 0),
        ("rebound-burst", ["step: {amplitude: -15 mV, start: 20 ms, stop: 25 ms}"], 200, 14, 57.63, 2),
        ("threshold-variability", ["step: {amplitude: 1 mV, start: 10 ms, stop: 15 ms}",
            "step: {amplitude: -6 mV, start: 70 ms, stop: 75 ms}", "step: {amplitude: 1 mV, start: 80 ms, stop: 85 ms}"], 100, 1, 91.89, 0),
        ("bistability", ["step: {amplitude: 1 mV, start: 37.5 ms, stop: 42.5 ms}", "step: {amplitude: 1 mV, start: 208 ms, stop: 213 ms}"],
            300, 5, 44.17, 0),
        ("depolarizing-afterpotential", ["step: {amplitude: 20 mV, start: 9 ms, stop: 11 ms}"], 50, 1, 11.1, 0),
        ("accommodation", ["ramp: {amplitude: 8 mV, stop: 200 ms}", "step: {amplitude: -8 mV, start: 200 ms}",
            "ramp: {amplitude: 4 mV, start: 300 ms, stop: 312.5 ms}", "step: {amplitude: -4 mV, start: 312.5 ms}"], 400, 1, 310.5, 0),
        ("inhibition-induced-spiking", ["step: {amplitude: -5 mV, start: 50 ms, stop: 250 ms}"], 350, 4, 93.22, 0),
        ("inhibition-induced-bursting", ["step: {amplitude: -5 mV, start: 50 ms, stop: 250 ms}"], 350, 32, 85.16, 6),
    ];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach ((string preset, string[] inputs, int milliseconds, int count, double first, int tolerance) in s_behaviours)
        {
            yield return Row("izhikevich-" + preset, "spikes", count, tolerance, string.Empty,
                (lab, c) => Spikes(lab, c, preset, inputs, milliseconds).Length);
            yield return Row("izhikevich-" + preset + "-first", "first spike", first, Math.Max(0.6, 0.02 * first), "ms",
                (lab, c) => Spikes(lab, c, preset, inputs, milliseconds) is [double time, ..] ? time : double.NaN);
        }
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, Func<CircuitLaboratory,
        Column, double> measure)
    {
        return new ReproductionRow
        {
            Name = name,
            System = "texts",
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Unit = unit,
            Source = Source,
            Provenance = Provenance.Computed,
            Columns = [Column.Engine, Column.Reference],
            Measure = measure,
        };
    }

    private static double[] Spikes(CircuitLaboratory lab, Column column, string preset, string[] inputs, int milliseconds)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step: 100 us\nduration: {milliseconds} ms\npopulations:\n  cell: {{model: izhikevich, size: 1, preset: "
            + $"{preset}}}\ninputs:\n");
        return [.. Trains.Of(lab.RunText(text + string.Concat(inputs.Select(i => "  - {to: cell, " + i + "}\n")), column), 0)
            .Select(t => t * 1e3)];
    }
}
