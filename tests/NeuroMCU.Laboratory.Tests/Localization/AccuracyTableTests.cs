// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Accuracy;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The table of the guide, its list of recordings, and what the device hears.</summary>
public sealed class AccuracyTableTests
{
    // Goes through sounds and directions from condition to condition.
    private const int Stride = 17;

    private static readonly Lazy<AccuracySounds> s_sounds = new(() => new AccuracySounds(SofaHead.Kemar()));
    private static readonly Lazy<DelayMap> s_delays = new(() => DelayMap.Of(SofaHead.Kemar()));

    private const string Renew = "renew both by './neuromcu accuracy --out TABLE.md --trials docs/guides/sound-localization-accuracy.csv'";

    public static TheoryData<string> Conditions => [.. ListeningCondition.All.Select(c => c.Name)];

    /// <summary>Two recordings of each condition, made and heard again: the list of all recordings says the same of them.</summary>
    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task The_list_of_recordings_is_what_the_device_hears(string name)
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "libmysofa1 with KEMAR's responses is not installed");
        int row = ListeningCondition.All.Select(c => c.Name).ToList().IndexOf(name);
        ListeningCondition condition = ListeningCondition.All[row];
        IReadOnlyList<TrialSound> sounds = s_sounds.Value.Of(condition);
        int first = ((row * Stride) + 2) % sounds.Count;
        TrialSound[] chosen = [sounds[first], sounds[(first + (sounds.Count / 2)) % sounds.Count]];

        IReadOnlyList<LocalizationTrial> trials = await LocalizationTrials.RunAsync(
            Listening.Network, chosen, null, s_delays.Value, null, TestContext.Current.CancellationToken);

        Assert.Equal(chosen.Length, trials.Count);
        foreach (LocalizationTrial trial in trials)
        {
            Assert.True(trial.Heard.Losses.IsComplete);
            string made = AccuracyTable.TrialLine(condition, trial);
            string[] cells = made.Split(',');
            string[] listed = Assert.Single(List(), line => line.Take(3).SequenceEqual(cells.Take(3), StringComparer.Ordinal));
            string both = $"the list says {string.Join(',', listed)}, the device {made}; {Renew}";
            Assert.True(string.Equals(cells[4], listed[4], StringComparison.Ordinal), both);
            Assert.Equal(cells[3].Length == 0, listed[3].Length == 0);
            foreach (int cell in new[] { 3, 5, 6 }.Where(cell => cells[cell].Length > 0))
            {
                Assert.True(Math.Abs(Number(cells[cell]) - Number(listed[cell])) < 0.1, both);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_row_of_the_guide_is_the_sum_of_its_recordings(string name)
    {
        int row = ListeningCondition.All.Select(c => c.Name).ToList().IndexOf(name);
        ListeningCondition condition = ListeningCondition.All[row];
        LocalizationTrial[] trials =
        [
            .. from line in List()
               where string.Equals(line[0], name, StringComparison.Ordinal)
               let recording = new IndexedRecording("x.wav", line[1], line[1], name, Number(line[2]))
               select new LocalizationTrial(recording, Heard(line[4], line[3]), Number(line[5]), Number(line[6])),
        ];

        TrialSummary summary = new(name, trials);
        string[] made = [.. AccuracyTable.Cells(condition.Title, summary)];
        string[] guide = [.. Guide()[2 + row].Split('|')[1..^1].Select(cell => cell.Trim())];

        Assert.Equal(56, trials.Length);
        string both = $"the guide says {string.Join(" | ", guide)}, its list {string.Join(" | ", made)}; {Renew}";
        Assert.True(made.Length == guide.Length, both);
        double[] degrees = [summary.MeanError, summary.MaxError, summary.PlainError, summary.PhaseTransformError];
        foreach ((int cell, double value) in new[] { 2, 3, 7, 8 }.Zip(degrees))
        {
            // The guide has tenths of a degree, the list thousandths.
            Assert.True(Math.Abs(Number(guide[cell].TrimEnd('°')) - value) <= 0.051, both);
            made[cell] = guide[cell];
        }

        Assert.True(made.SequenceEqual(guide), both);
    }

    [Fact]
    public void The_table_of_the_guide_has_the_columns_of_its_command()
    {
        Assert.Equal(AccuracyTable.Columns.Select(c => c.TrimStart('#')), Guide()[0].Split('|')[1..^1].Select(cell => cell.Trim()));
    }

    [Fact]
    public void The_table_of_the_guide_has_every_condition_in_order()
    {
        Assert.Equal(ListeningCondition.All.Select(c => c.Title), Guide()[2..].Select(row => row.Split('|')[1].Trim()));
    }

    [Fact]
    public void An_answer_counts_as_wrong_from_15_degrees_on_and_as_marked_when_it_is_unsure()
    {
        LocalizationTrial Trial(double found, bool sure) =>
            new(new("x.wav", "click", "click", "clean", 0), Heard(sure ? "1" : "0", found.ToString(CultureInfo.InvariantCulture)), 0, 0);
        TrialSummary summary = new("x", [Trial(14, true), Trial(16, true), Trial(-16, false), Trial(4, false)]);

        Assert.Equal((2, 1, 2), (summary.Wrong, summary.WrongUnsure, summary.Unsure));
        Assert.Equal("| x | 4 | 12.5° | 16.0° | 50 % | 2 | 50 % | 0.0° | 0.0° |", "| " + string.Join(" | ", AccuracyTable.Cells("x", summary)) + " |");
    }

    private static LocatedRecording Heard(string sure, string azimuth) => new()
    {
        Sounds = azimuth.Length == 0
            ? []
            : [new LocatedSound(string.Equals(sure, "1", StringComparison.Ordinal), Number(azimuth), 0, 0.5, 10, 0, 0)],
        Others = [],
        Spikes = 10,
        Losses = LossAccount.OfBoard(0),
    };

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> List()
    {
        string[] lines = File.ReadAllLines(InGuides("sound-localization-accuracy.csv"));
        Assert.Equal(AccuracyTable.TrialsHeader, lines[0]);
        return lines[1..].Select(line => line.Split(','));
    }

    private static string InGuides(string file) => Path.Combine(ShippedExample.Folder(), "..", "..", "docs", "guides", file);

    private static string[] Guide()
    {
        string[] lines = File.ReadAllLines(InGuides("sound-localization.md"));
        int begin = Array.IndexOf(lines, "<!-- accuracy -->");
        int end = Array.IndexOf(lines, "<!-- end -->", begin);
        return lines[(begin + 1)..end];
    }
}
