// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Nodes.Procedures;

/// <summary>Procedures of a memristor laboratory on one node. Each leaves the node as its last step does, with no voltage on it.</summary>
public static class NodeProcedures
{
    private const double Micro = 1e6;

    private static readonly Dictionary<string, (string About, Func<NodeBench, CancellationToken, Task<NodeTrace>> Run)> s_all =
        new(StringComparer.Ordinal)
        {
            ["loop"] = ("current and conductance over a swept voltage", LoopAsync),
            ["forming"] = ("staircase that forms the node, once and for good", FormingAsync),
            ["switching"] = ("smallest pulses that move the node either way", SwitchingAsync),
            ["convergence"] = ("write-verify to five targets by both rules", ConvergenceAsync),
            ["retention"] = ("what is left of a written state after a time", RetentionAsync),
            ["volatility"] = ("relaxation after a pulse, fitted", VolatilityAsync),
            ["endurance"] = ("ends of the range over cycles of writing and erasing", EnduranceAsync),
            ["ppf"] = ("paired-pulse facilitation over the interval", PairedAsync),
            ["ptp"] = ("potentiation by a train, and how it fades", TrainAsync),
            ["rate"] = ("conductance after a train over its rate", RateAsync),
            ["stdp"] = ("change over the time between two spikes", WindowAsync),
            ["levels"] = ("separation of eight written levels", LevelsAsync),
        };

    /// <summary>Gets the names of the procedures, and what each measures.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = s_all.ToDictionary(p => p.Key, p => p.Value.About,
        StringComparer.Ordinal);

    /// <summary>Runs a procedure.</summary>
    /// <param name="name">One of <see cref="All" />.</param>
    /// <param name="bench">The node.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it measured.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public static Task<NodeTrace> RunAsync(string name, NodeBench bench, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bench);
        return s_all[name].Run(bench, cancellation);
    }

    private static async Task<NodeTrace> LoopAsync(NodeBench bench, CancellationToken cancellation)
    {
        // A whole cycle at the rate at which the loop is widest: 2 pi f tau = 1 for a volatile node, some full pulses for one that keeps.
        const int points = 64;
        double amplitude = bench.PulseVolts;
        double period = bench.Keeps ? 16 * bench.PulseSeconds : 2 * Math.PI * bench.Settle / 5;
        List<double> volts = [];
        List<double> amperes = [];
        List<double> siemens = [];
        for (int k = 0; k < 2 * points; k++)
        {
            double v = amplitude * Math.Sin(2 * Math.PI * (k + 0.5) / points);
            (double g, _) = await bench.PulseAsync(v, period / points, 1, cancellation).ConfigureAwait(false);
            if (k >= points)
            {
                volts.Add(v);
                siemens.Add(g * Micro);
                amperes.Add(g * v * Micro);
            }
        }

        NodeTrace trace = new("pinched loop");
        trace.Pictures.Add(("current", "voltage (V)", "current (uA)", [new LineSeries("cycle", [.. volts], [.. amperes])]));
        trace.Pictures.Add(("conductance", "voltage (V)", "conductance (uS)", [new LineSeries("cycle", [.. volts], [.. siemens])]));
        double up = LobeArea(volts, amperes, 1);
        double down = LobeArea(volts, amperes, -1);
        double atZero = Math.Abs(amperes[0]) / amperes.Max(Math.Abs);
        trace.Figures.Add(("period", period * 1000, "ms"));
        trace.Figures.Add(("area at V > 0", up, "uA V"));
        trace.Figures.Add(("area at V < 0", down, "uA V"));
        trace.Figures.Add(("current next to 0 V, of the largest", atZero, string.Empty));

        // Lobes that are gone round in opposite senses touch; in the same sense through the origin they cross.
        trace.Figures.Add(("crosses (1) or touches (0)", up * down < 0 ? 1 : 0, string.Empty));
        return trace;
    }

    private static double LobeArea(List<double> x, List<double> y, int sign)
    {
        double area = 0;
        for (int k = 0; k + 1 < x.Count; k++)
        {
            if (x[k] * sign > 0 && x[k + 1] * sign > 0)
            {
                area += (x[k] * y[k + 1]) - (x[k + 1] * y[k]);
            }
        }

        return area / 2;
    }

    private static async Task<NodeTrace> FormingAsync(NodeBench bench, CancellationToken cancellation)
    {
        (IReadOnlyList<NodeStep> steps, NodeResult result) = await bench.WorkAsync(NodeWork.Form, cancellation: cancellation)
            .ConfigureAwait(false);
        NodeStep[] pulses = [.. steps.Where(s => s.Volts != 0)];
        NodeStep[] after = [.. steps.Where(s => s.Volts == 0).Skip(1)];
        NodeTrace trace = new("forming");
        double[] volts = [.. pulses.Take(after.Length).Select(p => p.Volts)];
        trace.Pictures.Add(("staircase", "voltage (V)", "conductance (uS)",
        [
            new LineSeries("after the pulse", volts, [.. pulses.Take(after.Length).Select(p => p.Value * bench.Array.FullScale * Micro)]),
            new LineSeries("once it had time to forget", volts, [.. after.Select(p => p.Value * bench.Array.FullScale * Micro)]),
        ]));
        trace.Figures.Add(("formed (1) or not (0)", result.Outcome == NodeOutcome.Formed ? 1 : 0, string.Empty));
        trace.Figures.Add(("last voltage", pulses.Length == 0 ? double.NaN : pulses[^1].Volts, "V"));
        return trace;
    }

    private static async Task<NodeTrace> SwitchingAsync(NodeBench bench, CancellationToken cancellation)
    {
        const int steps = 24;
        const double noticed = 0.01;
        NodeTrace trace = new("switch seeker");
        List<LineSeries> series = [];
        foreach (int sign in (int[])[1, -1])
        {
            List<double> volts = [];
            List<double> moved = [];
            double from = bench.Array.Info.DisturbMillivolts / 1000.0;
            double first = double.NaN;
            (double before, _) = await bench.ReadAsync(16, cancellation).ConfigureAwait(false);
            for (int k = 1; k <= steps; k++)
            {
                double v = sign * (from + ((bench.PulseVolts - from) * k / steps));
                await bench.PulseAsync(v, bench.PulseSeconds, 1, cancellation).ConfigureAwait(false);
                (double after, _) = await bench.ReadAsync(16, cancellation).ConfigureAwait(false);
                volts.Add(v);
                moved.Add((after - before) * Micro);
                first = double.IsNaN(first) && sign * (after - before) > noticed * bench.Array.FullScale ? v : first;
                before = after;
            }

            series.Add(new LineSeries(sign > 0 ? "up" : "down", [.. volts], [.. moved]));
            trace.Figures.Add((sign > 0 ? "first moves up at" : "first moves down at", first, "V"));
        }

        trace.Pictures.Add(("movement by one pulse", "voltage (V)", "change (uS)", series));
        return trace;
    }

    private static async Task<NodeTrace> ConvergenceAsync(NodeBench bench, CancellationToken cancellation)
    {
        NodeTrace trace = new("convergence");
        foreach ((int rule, string name) in new[]
        {
            (NodeRule.Proportional, "proportional-integral"), (NodeRule.Incremental, "incremental"),
        })
        {
            List<LineSeries> series = [];
            foreach (double share in (double[])[0.5, 0.2, 0.7, 0.35, 0.6])
            {
                double target = bench.At(share);
                (IReadOnlyList<NodeStep> steps, NodeResult result) = await bench.WorkAsync(NodeWork.Program, target, rule, cancellation)
                    .ConfigureAwait(false);
                double[] off = [.. steps.Select(s => 100 * (s.Value - (target / bench.Array.FullScale)))];
                series.Add(new LineSeries($"{target * Micro:0.##} uS", [.. Enumerable.Range(0, off.Length).Select(k => (double)k)], off));
                trace.Figures.Add(($"{name}: pulses to {target * Micro:0.##} uS", result.Pulses, string.Empty));
            }

            trace.Pictures.Add((name, "step", "error (% of full scale)", series));
        }

        return trace;
    }

    private static async Task<NodeTrace> RetentionAsync(NodeBench bench, CancellationToken cancellation)
    {
        NodeTrace trace = new("retention");
        double start = await WriteSomethingAsync(bench, cancellation).ConfigureAwait(false);
        List<double> times = [];
        List<double> values = [];
        double passed = 0;
        foreach (double until in (double[])[0.01, 0.1, 1, 3, 10, 30, 100])
        {
            await bench.WaitAsync(until - passed, cancellation).ConfigureAwait(false);
            passed = until;
            (double g, _) = await bench.ReadAsync(64, cancellation).ConfigureAwait(false);
            times.Add(Math.Log10(until));
            values.Add(g * Micro);
        }

        trace.Pictures.Add(("conductance", "log10 of the time in s", "conductance (uS)", [new LineSeries("kept", [.. times],
            [.. values])]));
        trace.Figures.Add(("left after 100 s", values[^1] / (start * Micro) * 100, "%"));
        return trace;
    }

    // A node that keeps is brought to the middle of its range, a volatile one gets a long pulse.
    private static async Task<double> WriteSomethingAsync(NodeBench bench, CancellationToken cancellation)
    {
        if (bench.Keeps)
        {
            (_, NodeResult result) = await bench.WorkAsync(NodeWork.Program, bench.At(0.5), cancellation: cancellation)
                .ConfigureAwait(false);
            return result.Value * bench.Array.FullScale;
        }

        return (await bench.PulseAsync(bench.PulseVolts, LongPulse(bench), 1, cancellation).ConfigureAwait(false)).Siemens;
    }

    private static double LongPulse(NodeBench bench) => Math.Min(bench.Array.Info.MaxMicroseconds / 1e6, 0.02);

    private static async Task<NodeTrace> VolatilityAsync(NodeBench bench, CancellationToken cancellation)
    {
        await bench.WaitAsync(2 * bench.Settle, cancellation).ConfigureAwait(false);
        (double rest, _) = await bench.ReadAsync(64, cancellation).ConfigureAwait(false);
        (double peak, double begin) = await bench.PulseAsync(bench.PulseVolts, LongPulse(bench), 1, cancellation).ConfigureAwait(false);
        List<(double T, double Y)> points = [(0, peak - rest)];
        const int readings = 30;
        for (int k = 0; k < readings; k++)
        {
            await bench.WaitAsync(bench.Settle / readings, cancellation).ConfigureAwait(false);
            (double g, double time) = await bench.ReadAsync(4, cancellation).ConfigureAwait(false);
            points.Add((time - begin, g - rest));
        }

        double tau = LineFit.Decay(points);
        NodeTrace trace = new("volatility");
        List<LineSeries> series = [new LineSeries("measured", [.. points.Select(p => p.T)], [.. points.Select(p => p.Y * Micro)])];
        if (!double.IsNaN(tau))
        {
            double[] fit = [.. points.Select(p => points[0].Y * Math.Exp(-p.T / tau) * Micro)];
            series.Add(new LineSeries("fit", [.. points.Select(p => p.T)], fit, Dashed: true));
        }

        trace.Pictures.Add(("relaxation", "time (s)", "above rest (uS)", series));
        trace.Figures.Add(("relaxation time", tau * 1000, "ms"));
        trace.Figures.Add(("left at the end", points[^1].Y / points[0].Y * 100, "%"));
        return trace;
    }

    private static async Task<NodeTrace> EnduranceAsync(NodeBench bench, CancellationToken cancellation)
    {
        const int cycles = 50;
        const int pulses = 16;
        List<double> high = [];
        List<double> low = [];
        for (int k = 0; k < cycles; k++)
        {
            await bench.PulseAsync(bench.PulseVolts, bench.PulseSeconds, pulses, cancellation).ConfigureAwait(false);
            high.Add((await bench.ReadAsync(16, cancellation).ConfigureAwait(false)).Siemens * Micro);
            await bench.PulseAsync(-bench.PulseVolts, bench.PulseSeconds, pulses, cancellation).ConfigureAwait(false);
            low.Add((await bench.ReadAsync(16, cancellation).ConfigureAwait(false)).Siemens * Micro);
        }

        double[] x = [.. Enumerable.Range(1, cycles).Select(k => (double)k)];
        NodeTrace trace = new("endurance");
        trace.Pictures.Add(("ends of the range", "cycle", "conductance (uS)", [new LineSeries("written", x, [.. high]),
            new LineSeries("erased", x, [.. low])]));
        trace.Figures.Add(("cycles", cycles, string.Empty));
        trace.Figures.Add(("window of the last over that of the first", (high[^1] - low[^1]) / (high[0] - low[0]), string.Empty));
        return trace;
    }

    private static async Task<NodeTrace> PairedAsync(NodeBench bench, CancellationToken cancellation)
    {
        List<(double T, double Y)> points = [];
        double width = LongPulse(bench) / 2;
        foreach (double share in (double[])[0.04, 0.08, 0.16, 0.24, 0.32, 0.48, 0.64])
        {
            double interval = share * bench.Settle;
            await bench.WaitAsync(3 * bench.Settle, cancellation).ConfigureAwait(false);
            (double rest, _) = await bench.ReadAsync(64, cancellation).ConfigureAwait(false);
            (double first, _) = await bench.PulseAsync(bench.PulseVolts, width, 1, cancellation).ConfigureAwait(false);
            await bench.WaitAsync(interval, cancellation).ConfigureAwait(false);
            (double second, _) = await bench.PulseAsync(bench.PulseVolts, width, 1, cancellation).ConfigureAwait(false);
            points.Add((interval * 1000, (second - rest) / (first - rest)));
        }

        NodeTrace trace = new("paired-pulse facilitation");
        trace.Pictures.Add(("index", "interval (ms)", "(G2 - G0)/(G1 - G0)", [new LineSeries("measured", [.. points.Select(p => p.T)],
            [.. points.Select(p => p.Y)])]));
        trace.Figures.Add(("index at the shortest interval", points[0].Y, string.Empty));
        trace.Figures.Add(("time over which it fades", LineFit.Decay([.. points.Select(p => (p.T, p.Y - 1))]), "ms"));
        return trace;
    }

    private static async Task<NodeTrace> TrainAsync(NodeBench bench, CancellationToken cancellation)
    {
        const int pulses = 20;
        double pause = bench.Settle / 25;
        await bench.WaitAsync(3 * bench.Settle, cancellation).ConfigureAwait(false);
        (double rest, double begin) = await bench.ReadAsync(64, cancellation).ConfigureAwait(false);
        List<(double T, double Y)> points = [];
        for (int k = 0; k < pulses; k++)
        {
            (double g, double t) = await bench.PulseAsync(bench.PulseVolts, LongPulse(bench) / 4, 1, cancellation).ConfigureAwait(false);
            points.Add((t - begin, g));
            await bench.WaitAsync(pause, cancellation).ConfigureAwait(false);
        }

        List<(double T, double Y)> fading = [];
        for (int k = 0; k < pulses; k++)
        {
            (double g, double t) = await bench.ReadAsync(4, cancellation).ConfigureAwait(false);
            points.Add((t - begin, g));
            fading.Add((t - begin, g - rest));
            await bench.WaitAsync(bench.Settle / 10, cancellation).ConfigureAwait(false);
        }

        NodeTrace trace = new("post-tetanic potentiation");
        trace.Pictures.Add(("conductance", "time (s)", "conductance (uS)", [new LineSeries("train", [.. points.Select(p => p.T)],
            [.. points.Select(p => p.Y * Micro)])]));
        trace.Figures.Add(("last pulse over the first", (points[pulses - 1].Y - rest) / (points[0].Y - rest), string.Empty));
        trace.Figures.Add(("fades in", LineFit.Decay(fading) * 1000, "ms"));
        return trace;
    }

    private static async Task<NodeTrace> RateAsync(NodeBench bench, CancellationToken cancellation)
    {
        const int pulses = 15;
        List<double> rates = [];
        List<double> ends = [];
        foreach (double share in (double[])[0.5, 0.2, 0.1, 0.05, 0.025])
        {
            double interval = share * bench.Settle;
            await bench.WaitAsync(4 * bench.Settle, cancellation).ConfigureAwait(false);
            double g = 0;
            for (int k = 0; k < pulses; k++)
            {
                (g, _) = await bench.PulseAsync(bench.PulseVolts, LongPulse(bench) / 10, 1, cancellation).ConfigureAwait(false);
                await bench.WaitAsync(interval, cancellation).ConfigureAwait(false);
            }

            rates.Add(1 / interval);
            ends.Add(g * Micro);
        }

        NodeTrace trace = new("rate dependence");
        trace.Pictures.Add(("after 15 pulses", "rate (Hz)", "conductance (uS)", [new LineSeries("measured", [.. rates], [.. ends])]));
        trace.Figures.Add(("fastest over slowest", ends[^1] / ends[0], string.Empty));
        return trace;
    }

    private static async Task<NodeTrace> WindowAsync(NodeBench bench, CancellationToken cancellation)
    {
        // The timing of the spikes sets how long the pulse across the node is; its sign, which of them came first.
        const double window = 20;
        List<(double T, double Y)> points = [];
        foreach (double dt in (double[])[-60, -40, -25, -15, -8, -3, 3, 8, 15, 25, 40, 60])
        {
            double before = await WriteSomethingAsync(bench, cancellation).ConfigureAwait(false);
            double width = Math.Max(1e-6, bench.PulseSeconds * Math.Exp(-Math.Abs(dt) / window));
            await bench.PulseAsync(dt > 0 ? bench.PulseVolts : -bench.PulseVolts, width, 1, cancellation).ConfigureAwait(false);
            (double after, _) = await bench.ReadAsync(64, cancellation).ConfigureAwait(false);
            points.Add((dt, 100 * (after - before) / before));
        }

        NodeTrace trace = new("STDP window");
        trace.Pictures.Add(("change", "post after pre (ms)", "change (%)", [new LineSeries("measured", [.. points.Select(p => p.T)],
            [.. points.Select(p => p.Y)])]));
        trace.Figures.Add(("change at +3 ms", points[6].Y, "%"));
        trace.Figures.Add(("change at -3 ms", points[5].Y, "%"));
        trace.Figures.Add(("fades in", LineFit.Decay([.. points.Skip(6)]), "ms"));
        return trace;
    }

    private static async Task<NodeTrace> LevelsAsync(NodeBench bench, CancellationToken cancellation)
    {
        const int levels = 8;
        const int readings = 32;
        List<LineSeries> series = [];
        List<(double Mean, double Deviation)> found = [];
        for (int k = 0; k < levels; k++)
        {
            double target = bench.At(0.15 + (0.65 * k / (levels - 1)));
            await bench.WorkAsync(NodeWork.Program, target, cancellation: cancellation).ConfigureAwait(false);
            List<double> values = [];
            for (int n = 0; n < readings; n++)
            {
                values.Add((await bench.ReadAsync(4, cancellation).ConfigureAwait(false)).Siemens * Micro);
            }

            double mean = values.Average();
            found.Add((mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean)))));
            series.Add(new LineSeries($"{target * Micro:0.##} uS", [.. Enumerable.Range(0, readings).Select(n => (double)n)], [.. values]));
        }

        double least = Enumerable.Range(1, levels - 1)
            .Min(k => (found[k].Mean - found[k - 1].Mean) / (found[k].Deviation + found[k - 1].Deviation));
        NodeTrace trace = new("levels");
        trace.Pictures.Add(("readings", "reading", "conductance (uS)", series));
        trace.Figures.Add(("least gap over the two deviations", least, string.Empty));
        return trace;
    }
}
