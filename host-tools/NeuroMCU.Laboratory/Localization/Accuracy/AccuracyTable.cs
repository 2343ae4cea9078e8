// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization.Accuracy;

/// <summary>How well a network hears where sounds come from, condition by condition, with cross-correlation beside it.</summary>
/// <param name="Rows">A condition and its trials, in the order of the table.</param>
public sealed record AccuracyTable(IReadOnlyList<(ListeningCondition Condition, TrialSummary Trials)> Rows)
{
    /// <summary>Names of the columns; one with # holds numbers.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["condition", "#n", "#mean", "#largest", "#sure", "#wrong", "#of these unsure", "#GCC", "#GCC-PHAT"];

    /// <summary>First line of <see cref="Trials()" />.</summary>
    public const string TrialsHeader = "condition,sound,azimuth_deg,found_deg,sure,gcc_deg,gcc_phat_deg";

    /// <summary>Measures the table.</summary>
    /// <param name="network">The network that listens.</param>
    /// <param name="head">The head that it was made for.</param>
    /// <param name="conditions">The conditions.</param>
    /// <param name="profile">Cost profile of the devices; null as for <see cref="LocalizationTrials" />.</param>
    /// <param name="progress">Receives how many recordings of how many were played; may be null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The table; when it was cancelled, with the conditions that were through.</returns>
    public static async Task<AccuracyTable> MeasureAsync(
        CompiledNetwork network,
        IHead head,
        IReadOnlyList<ListeningCondition> conditions,
        string? profile,
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        AccuracySounds sounds = new(head);
        IReadOnlyList<TrialSound>[] recordings = [.. conditions.Select(sounds.Of)];
        TrialSound[] all = [.. recordings.SelectMany(r => r)];
        IReadOnlyList<LocalizationTrial> trials = await LocalizationTrials.RunAsync(
            network, all, profile, DelayMap.Of(head), progress is null ? null : new Count(done => progress(done, all.Length)), cancellation)
            .ConfigureAwait(false);
        ILookup<string, LocalizationTrial> byCondition = trials.ToLookup(t => t.Recording.Condition);
        return new AccuracyTable(
        [
            .. conditions.Where((c, i) => byCondition[c.Name].Count() == recordings[i].Count)
                .Select(c => (c, new TrialSummary(c.Title, [.. byCondition[c.Name]]))),
        ]);
    }

    /// <summary>The cells of a row.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="row">Its trials.</param>
    public static IReadOnlyList<string> Cells(string title, TrialSummary row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return
        [
            title,
            row.Count.ToString(CultureInfo.InvariantCulture),
            Degrees(row.MeanError),
            Degrees(row.MaxError),
            Share(row.Count - row.Unsure, row.Count),
            row.Wrong.ToString(CultureInfo.InvariantCulture),
            row.Wrong == 0 ? string.Empty : Share(row.WrongUnsure, row.Wrong),
            Degrees(row.PlainError),
            Degrees(row.PhaseTransformError),
        ];
    }

    /// <summary>The table as Markdown.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        text.Append("| ").AppendJoin(" | ", Columns.Select(c => c.TrimStart('#'))).Append(" |\n|")
            .Insert(text.Length, "---|", Columns.Count).Append('\n');
        foreach ((ListeningCondition condition, TrialSummary trials) in Rows)
        {
            text.Append("| ").AppendJoin(" | ", Cells(condition.Title, trials)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>Every recording by itself as CSV: what was heard of it, whether it was sure, and what cross-correlation makes of
    /// it.</summary>
    public string Trials()
    {
        StringBuilder text = new(TrialsHeader + "\n");
        foreach ((ListeningCondition condition, TrialSummary row) in Rows)
        {
            foreach (LocalizationTrial trial in row.Trials)
            {
                text.Append(TrialLine(condition, trial)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The line of a recording in <see cref="Trials()" />.</summary>
    /// <param name="condition">Its condition.</param>
    /// <param name="trial">What was heard of it; nothing leaves the cell empty.</param>
    public static string TrialLine(ListeningCondition condition, LocalizationTrial trial)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(trial);
        string sure = trial.Heard.Main is { Sure: true } ? "1" : "0";
        IndexedRecording played = trial.Recording;
        return FormattableString.Invariant(
            $"{condition.Name},{played.Sound},{played.Azimuth},{trial.Found:0.##},{sure},{trial.Plain:0.###},{trial.PhaseTransform:0.###}");
    }

    private static string Degrees(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + "°";

    private static string Share(int part, int of) => (100.0 * part / of).ToString("0", CultureInfo.InvariantCulture) + " %";

    private sealed class Count(Action<int> report) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => report(value);
    }
}
