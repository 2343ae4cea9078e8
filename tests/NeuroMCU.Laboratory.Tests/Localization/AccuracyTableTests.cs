// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Accuracy;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class AccuracyTableTests
{
    [Fact]
    public async Task The_table_of_the_guide_is_what_its_command_measures()
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "libmysofa1 with KEMAR's responses is not installed");
        ListeningCondition[] one = [.. ListeningCondition.All.Where(c => string.Equals(c.Name, "rate8", StringComparison.Ordinal))];

        AccuracyTable table = await AccuracyTable.MeasureAsync(
            Listening.Network, SofaHead.Kemar(), one, null, null, TestContext.Current.CancellationToken);

        string[] guide = Guide();
        string[] made = table.Markdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(made[..2], guide[..2]);
        Assert.Contains(made[2], guide);
        Assert.True(table.Rows[0].Trials.Losses.IsComplete);
    }

    [Fact]
    public void The_table_of_the_guide_has_every_condition_in_order()
    {
        Assert.Equal(ListeningCondition.All.Select(c => c.Title), Guide()[2..].Select(row => row.Split('|')[1].Trim()));
    }

    [Fact]
    public void An_answer_counts_as_wrong_from_15_degrees_on_and_as_marked_when_it_is_unsure()
    {
        LocalizationTrial Trial(double found, bool sure) => new(
            new("x.wav", "click", "click", "clean", 0),
            new LocatedRecording
            {
                Sounds = [new LocatedSound(sure, found, 0, 0.5, 10, 0, 0)],
                Others = [],
                Spikes = 10,
                Losses = LossAccount.OfBoard(0),
            },
            0,
            0);
        TrialSummary summary = new("x", [Trial(14, true), Trial(16, true), Trial(-16, false), Trial(4, false)]);

        Assert.Equal((2, 1, 2), (summary.Wrong, summary.WrongUnsure, summary.Unsure));
        Assert.Equal("| x | 4 | 12.5° | 16.0° | 50 % | 2 | 50 % | 0.0° | 0.0° |", "| " + string.Join(" | ", AccuracyTable.Cells("x", summary)) + " |");
    }

    private static string[] Guide()
    {
        string path = Path.Combine(ShippedExample.Folder(), "..", "..", "docs", "guides", "sound-localization.md");
        string[] lines = File.ReadAllLines(path);
        int begin = Array.IndexOf(lines, "<!-- accuracy -->");
        int end = Array.IndexOf(lines, "<!-- end -->", begin);
        return lines[(begin + 1)..end];
    }
}
