// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary>A board's calibration on the terminal.</summary>
internal static class BoardText
{
    private const int CurveColumns = 18;

    /// <summary>Writes it.</summary>
    public static void Write(VerbContext context, BoardCalibration made)
    {
        double right = Math.Max(1e-9, made.Channels.SelectMany(c => c.Currents).DefaultIfEmpty(0).Max()) * 1.0001;
        double top = Math.Max(1, made.Channels.SelectMany(c => c.Readings).Select(r => r.Rate).DefaultIfEmpty(0).Max());
        Grid table = Tables.Plain("channel", "verdict", $"0 to {Text($"{right * 1e6:0}")} uA", "#I_min", "#I_hold", "#V_th", "#R_hi",
            "#rates", "#RMSE");
        foreach (ChannelCalibration channel in made.Channels)
        {
            string curve = Sparkline.Of(channel.Currents, [.. channel.Readings.Select(r => r.Rate)], CurveColumns, right, top);
            Tables.Add(table, [channel.Name, BoardReport.Word(channel.Verdict), curve, .. Parameters(channel)]);
        }

        Tables.Add(table, string.Empty, string.Empty, string.Empty, "uA", "uA", "V", "kOhm", "Hz", "Hz");
        context.Out.Write(table);
        context.WriteLine(
            "It fires from I_min to I_hold, its block. rates: what it can be set to well by a network's command. RMSE: of the closed "
            + "form.");
        foreach (IGrouping<string, ChannelCalibration> failed in made.Failed().GroupBy(c => c.Verdict.Reason))
        {
            context.WriteLine($"{string.Join(", ", failed.Select(c => c.Name))} {BoardReport.Word(failed.First().Verdict)}: {failed.Key}");
            context.WriteLine($"  check: {failed.First().Verdict.Advice}");
        }

        if (made.Channels.Count > 1 && made.Incomplete is null && made.Failed().Select(c => c.Verdict.Fault).Distinct().Count() == 1
            && !made.Good().Any())
        {
            context.WriteLine(
                "  all channels have the same fault: look first at what they share, the supplies, the converter's reference, the "
                + "ground, and the board's profile");
        }

        foreach (CommandedRate command in made.Spread?.Commands ?? [])
        {
            context.WriteLine(
                Text($"at a command of {command.Rate:0.0} Hz ({command.Current * 1e6:0.0} uA): spread of the rates {Spread(command.Before)} without drive tables, {Spread(command.After)} with them"));
        }

        context.WriteLine(
            Text($"{made.Good().Count()} of {made.Channels.Count} channels may be used; {made.BenchSeconds:0.0} s of bench time"));
    }

    private static string[] Parameters(ChannelCalibration channel) => channel.Fit is not { } fit
        ? ["-", "-", "-", "-", "-", "-"]
        :
        [
            Text($"{fit.Cell.Onset * 1e6:0.0}"), Text($"{(fit.BlockSeen ? string.Empty : ">= ")}{fit.Cell.Hold * 1e6:0.0}"),
                Text($"{fit.Cell.Threshold:0.00}"), fit.Cell.Leak > 0 ? Text($"{1e-3 / fit.Cell.Leak:0.0}") : "-",
            channel.Table is null ? "-" : Text($"{channel.LowestRate:0}..{channel.HighestRate:0}"), Text($"{fit.Rmse:0.0}"),
        ];

    private static string Spread(IReadOnlyList<double> rates)
    {
        int silent = rates.Count(r => r == 0);
        return silent == rates.Count ? "unknown (all are silent)"
            : Text($"{100 * RateSpread.Variation(rates):0.0} %")
            + (silent == 0 ? string.Empty : Text($" ({silent} of {rates.Count} silent)"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
