// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Logic;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Logic;

/// <summary>A trial of a gate as text, JSON and page.</summary>
internal static class LogicText
{
    /// <summary>The steps in one line: <c>A = 0, P IMP A, A IMP Q</c>.</summary>
    public static string Sequence(LogicGate gate) => string.Create(CultureInfo.InvariantCulture,
        $"{gate.Name}: {gate.Nodes} nodes, {gate.Steps.Count(s => !s.IsFalse)} of IMP: ")
        + string.Join(", ", gate.Steps.Select(s => s.Text(gate.Letters)));

    /// <summary>Heads of the truth table.</summary>
    public static IReadOnlyList<string> Columns(LogicGate gate)
        => [.. gate.Letters.Take(gate.Inputs), .. gate.OutputNames, "nominal", "#margin", "#wrong"];

    /// <summary>One line of the truth table.</summary>
    public static IReadOnlyList<string> Cells(LogicTrial trial, int number)
    {
        LogicCase line = trial.Table[number];
        string[] inputs = trial.Gate.Inputs == 1 ? [Bit(line.P)] : [Bit(line.P), Bit(line.Q)];
        return [.. inputs, .. line.Wanted.Select(Bit), line.IsRight ? "right" : "wrong: " + string.Join(' ', line.Got.Select(Bit)),
            Percent(line.Margin), string.Create(CultureInfo.InvariantCulture, $"{trial.WrongByCase[number]} of {trial.Specimens}")];
    }

    /// <summary>Margin, yield and working point in two lines.</summary>
    public static string Summary(LogicTrial trial) => string.Create(CultureInfo.InvariantCulture,
        $"yield {Percent(trial.Yield)}: {trial.Right} of {trial.Specimens} specimens with {Percent(trial.Settings.DeviceSpread)} spread "
        + $"from node to node and {Percent(trial.Settings.CycleSpread)} from pulse to pulse\n")
        + string.Create(CultureInfo.InvariantCulture,
            $"margin {Percent(trial.Margin)} on nominal nodes: condition at {trial.Settings.Condition:0.##} of the target's voltage, "
            + $"resistor {trial.Settings.Load:0.##} of R_on, pulse {trial.Settings.Pulse:0.##} of each node's own time, "
            + $"ratio {trial.Settings.Ratio:0.#}");

    /// <summary>What <c>--json</c> writes.</summary>
    public static object Document(LogicTrial trial, string? missing) => new
    {
        Schema = "neuromcu.logic/1",
        Gate = trial.Gate.Name,
        trial.Gate.Nodes,
        Steps = trial.Gate.Steps.Select(s => s.Text(trial.Gate.Letters)),
        Complete = missing is null,
        Incomplete = missing,
        trial.Specimens,
        trial.Right,
        Yield = Finite(trial.Yield),
        trial.Margin,
        Spread = trial.Settings.DeviceSpread,
        trial.Settings.CycleSpread,
        trial.Settings.Condition,
        trial.Settings.Load,
        trial.Settings.Pulse,
        trial.Settings.Ratio,
        Table = trial.Table.Select((c, k) => new
        {
            c.P,
            Q = trial.Gate.Inputs == 1 ? (bool?)null : c.Q,
            c.Wanted,
            c.Got,
            c.Margin,
            Wrong = trial.WrongByCase[k],
        }),
    };

    /// <summary>The page: table, and the voltages and states of the last case over time.</summary>
    public static HtmlReport Report(LogicTrial trial, string? missing)
    {
        HtmlReport report = new HtmlReport("Logic: " + trial.Gate.Name, Sequence(trial.Gate))
            .Figure("yield", Percent(trial.Yield), trial.Yield >= 0.9 ? FigureTone.Good : FigureTone.Bad)
            .Figure("margin", Percent(trial.Margin))
            .Figure("specimens", trial.Specimens.ToString(CultureInfo.InvariantCulture))
            .Incomplete(missing);
        IReadOnlyList<string>[] rows = [.. Enumerable.Range(0, trial.Table.Count).Select(k => Cells(trial, k))];
        report.Add(new TableSection("Truth table", Columns(trial.Gate), rows));
        LogicCase last = trial.Table[^1];
        string inputs = "P = " + Bit(last.P) + (trial.Gate.Inputs == 1 ? string.Empty : ", Q = " + Bit(last.Q));
        double start = trial.Samples.Count > 0 ? trial.Samples[0].Time : 0;
        double[] times = [.. trial.Samples.Select(s => s.Time - start)];
        report.Add(new LinesSection("Voltages on nominal nodes, " + inputs, "time (s)", "voltage (V)",
            [
                .. Nodes(trial, times, (s, n) => s.Volts[n]),
                new LineSeries("common point", times, [.. trial.Samples.Select(s => s.Common)], "V"),
            ]));
        report.Add(new LinesSection("States, each node above the other", "time (s)", "off or on",
            [.. Nodes(trial, times, (s, n) => (1.5 * n) + (s.On[n] ? 1 : 0))]));
        return report;
    }

    private static IEnumerable<LineSeries> Nodes(LogicTrial trial, double[] times, Func<LogicSample, int, double> value)
        => Enumerable.Range(0, trial.Gate.Nodes)
            .Select(n => new LineSeries(trial.Gate.Letters[n], times, [.. trial.Samples.Select(s => value(s, n))]));

    private static string Bit(bool value) => value ? "1" : "0";

    private static string Percent(double share)
        => double.IsFinite(share) ? (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %" : "none";

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
