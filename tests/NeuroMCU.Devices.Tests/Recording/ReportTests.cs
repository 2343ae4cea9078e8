// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Recording;

public sealed class ReportTests
{
    private const string Hostile = "</script><img src=x onerror=\"document.title='broken'\">&";

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        string page = Page(RecordingReport.Of(Busy()));
        string markup = Regex.Replace(page, "<script[^>]*>.*?</script>", string.Empty, RegexOptions.Singleline);
        Assert.DoesNotMatch("(?i)\\b(src|href|action)\\s*=", markup);
        Assert.DoesNotMatch("(?i)@import|url\\(", markup);
        Assert.Contains("default-src 'none'", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_account_stands_at_the_top()
    {
        string page = Page(RecordingReport.Of(Busy()));
        Assert.Matches("figure bad\"><b>3 lost of 403<", page);
        RunRecording whole = Busy(lost: 0);
        Assert.Matches("figure good\"><b>0 lost of 400<", Page(RecordingReport.Of(whole)));
    }

    public static TheoryData<string> Causes => [.. LossCause.All.Select(cause => cause.Name)];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_cause_of_loss_makes_the_page_red(string name)
    {
        LossCause cause = LossCause.All.Single(c => c.Name == name);
        string page = Page(RecordingReport.Of(Busy(lost: 0) with { Losses = LossAccount.OfNames([new(name, 7)], 90_000) }));
        Assert.Matches("^<div class=\"figure bad\"><b>1 thing</b><span>went wrong", FirstFigure(page));
        Assert.Contains($"<div class=\"figure bad\"><b>7 {cause.Noun}s</b><span>{WebUtility.HtmlEncode(cause.What)}</span>", page,
            StringComparison.Ordinal);
        Assert.StartsWith("What went wrong", FirstHeading(page), StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(cause.Advice), page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_which_nothing_went_wrong_says_so_first()
    {
        string page = Page(RecordingReport.Of(Busy(lost: 0)));
        Assert.StartsWith("<div class=\"figure good\"><b>nothing</b><span>went wrong", FirstFigure(page), StringComparison.Ordinal);
        Assert.DoesNotContain("What went wrong", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_serious_stands_in_red_above_what_is_worth_a_look()
    {
        string page = Page(RecordingReport.Of(Busy(lost: 0) with
        {
            LateEvents = 3,
            MaxLateness = 4200,
            Step = 1000,
            LengthenedStep = 2000,
            Reported = [new RunTrouble(false, 100_000, "n1 latched", "less drive"),
                new RunTrouble(true, 385_004, "n1 disabled", "another thyristor")],
        }));
        string[] rows = [.. Regex.Matches(page, "<tr class=\"(bad|warn)\">.*?</tr>")
            .Select(row => Regex.Replace(row.Value, "<td[^>]*>|</td>|</tr>", "|"))];
        Assert.Equal(
            [
                "<tr class=\"bad\">|0.385&#160;s||n1 disabled||another thyristor||",
                "<tr class=\"warn\">|0.100&#160;s||n1 latched||less drive||",
                "<tr class=\"warn\">|||the device could not keep the step of 1 ms and lengthened it to 2 ms||run fewer software neurons "
                    + "beside the channels||",
                "<tr class=\"warn\">|||3 events were served late, by up to 4.2 ms||the recorded times are the network&#39;s own and not "
                    + "affected; --fast gives the device the time that it needs||",
            ],
            rows);
        Assert.Contains("figure bad\"><b>1 thing</b>", page, StringComparison.Ordinal);
        Assert.Contains("figure warn\"><b>3 things</b><span>worth a look", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Late_events_alone_are_amber_and_nothing_is_red()
    {
        string page = Page(RecordingReport.Of(Busy(lost: 0) with { LateEvents = 1, MaxLateness = 900 }));
        Assert.StartsWith("<div class=\"figure warn\">", FirstFigure(page), StringComparison.Ordinal);
        Assert.Contains("1 event was served late, by up to 0.9 ms", page, StringComparison.Ordinal);
        Assert.DoesNotContain("figure bad", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Currents_stand_apart_from_membranes_with_threshold_and_spikes()
    {
        RunRecording run = Busy(lost: 0) with
        {
            Spikes = new SpikeRecord([50, 150, 400_000], [2, 3, 2]),
            Traces =
            [
                new TraceRecord("cells[0]", 2, "mV", [0, 100], [-70, -60]) { Threshold = -50 },
                new TraceRecord("cells[0].current", 2, "uA", [0, 100], [1, 2]) { IsCurrent = true },
            ],
        };
        JsonElement[] plots = [.. Regex.Matches(Page(RecordingReport.Of(run)), "<script type=\"application/json\">(.*?)</script>")
            .Select(m => JsonDocument.Parse(m.Groups[1].Value).RootElement)];
        JsonElement membrane = plots.Single(p => p.GetProperty("kind").GetString() == "lines" && p.GetProperty("y_label")
            .GetString() == "membrane (mV)").GetProperty("series")[0];
        Assert.Equal(-50, membrane.GetProperty("level").GetDouble());
        Assert.Equal(HtmlWriter.Pack([50e-6, 0.4]), membrane.GetProperty("marks").GetString());
        JsonElement current = plots.Single(p => p.GetProperty("kind").GetString() == "lines" && p.GetProperty("y_label")
            .GetString() == "current (µA)").GetProperty("series")[0];
        Assert.False(current.TryGetProperty("level", out _));
        Assert.False(current.TryGetProperty("marks", out _));
    }

    [Fact]
    public void Read_outs_are_part_of_the_page()
    {
        ReadoutRecord azimuth = new("azimuth", "deg", [new ReadoutValue(0, true, 100_000, -30.5, 0.97, 12, 0),
            new ReadoutValue(0, false, 200_000, 0, 0, 1, 1)]);
        string page =
            WebUtility.HtmlDecode(
                Page(RecordingReport.Of(Busy(lost: 0) with
                {
                    Readouts = [azimuth,
                    new("speed", "Hz", [new ReadoutValue(1, false, 5, 0, 0, 0, 1)])]
                })));
        Assert.Contains(
            "<td>azimuth</td><td>-30.5°</td><td class=\"number\">0.1</td><td class=\"number\">97 %</td><td class=\"number\">1</td><td "
            + "class=\"number\">1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>speed</td><td>none</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_a_kind_is_not_told_as_many()
    {
        RunRecording run = Busy(lost: 0) with { Populations = [new RecordedPopulation("one", 0, 1)], Spikes = SpikeRecord.Empty };
        Assert.Contains("1 neuron in 1 population ·", WebUtility.HtmlDecode(Page(RecordingReport.Of(run))), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_files_cannot_become_markup()
    {
        string page = Page(new HtmlReport(Hostile, Hostile)
            .Figure(Hostile, Hostile)
            .Add(new TableSection(Hostile, [Hostile], [[Hostile]]) { Note = Hostile })
            .Add(new PreformattedSection(Hostile, Hostile))
            .Add(new LinesSection(Hostile, Hostile, Hostile, [new LineSeries(Hostile, [0, 1], [0, 1], Hostile)])));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_the_wrong_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TableSection("t", ["a", "b"], [["1"]]));
    }

    [Fact]
    public void A_saved_page_replaces_the_old_one_whole()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("neuromcu").FullName, "report.html");
        File.WriteAllText(path, "old");
        RecordingReport.Of(Busy()).Save(path);
        Assert.EndsWith("</html>\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(["report.html"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_browser_draws_every_plot_without_an_error()
    {
        string? browser = new[] { "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "no Chromium on this machine: sudo apt-get install chromium");
        string folder = Directory.CreateTempSubdirectory("neuromcu").FullName;
        string path = Path.Combine(folder, "report.html");
        RunRecording run = Busy();
        HtmlReport report = RecordingReport.Of(run)
            .Add(new RasterSection(Hostile, run.Populations, run.Duration, [new("reference", run.Spikes), new(Hostile, SpikeRecord.Empty)]))
            .Add(new LinesSection("gap", "x", "y", [new LineSeries("one", [0, 1, 2], [0, double.NaN, 1]),
                new LineSeries("two", [0.5, 1.5], [1, 2])]));
        report.Save(path);

        ProcessStartInfo start = new ProcessStartInfo(browser!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=5000",
                "--user-data-dir=" + Path.Combine(folder, "profile"), "--dump-dom", "file://" + path,
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string page = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;

        Match root = Regex.Match(page, "<html[^>]*>");
        Assert.DoesNotContain("data-error", root.Value, StringComparison.Ordinal);
        Assert.Contains("data-ready=\"5\"", root.Value, StringComparison.Ordinal);   // raster, rates, traces, raster, lines
        Assert.Equal(5, Regex.Count(page, "<canvas "));
        Assert.DoesNotContain("<title>broken", page, StringComparison.Ordinal);
    }

    private static RunRecording Busy(long lost = 3)
    {
        Random random = new Random(7);
        long[] times = Enumerable.Range(0, 400).Select(_ => random.NextInt64(1_000_000)).ToArray();
        int[] neurons = Enumerable.Range(0, 400).Select(_ => random.Next(5)).ToArray();
        RunRecording sample = Samples.Run(SpikeRecord.Sorted(times, neurons));
        return sample with { Produced = 400 + lost, Lost = lost };
    }

    private static string FirstFigure(string page) => page[page.IndexOf("<div class=\"figure ", StringComparison.Ordinal)..];

    private static string FirstHeading(string page) => page[(page.IndexOf("<h2>", StringComparison.Ordinal) + 4)..];

    private static string Page(HtmlReport report)
    {
        StringWriter writer = new StringWriter();
        report.Write(writer);
        return writer.ToString();
    }
}
