// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NeuroMCU.Host.Recording;
using NeuroMCU.Host.Recording.Report;

namespace NeuroMCU.Host.Tests.Recording
{
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
                .Add(new LinesSection("gap", "x", "y", [new LineSeries("one", [0, 1, 2], [0, double.NaN, 1]), new LineSeries("two", [0.5, 1.5], [1, 2])]));
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
            return new RunRecording
            {
                Network = sample.Network,
                RanOn = sample.RanOn,
                Duration = sample.Duration,
                Populations = sample.Populations,
                Spikes = sample.Spikes,
                Traces = sample.Traces,
                Counters = sample.Counters,
                Produced = 400 + lost,
                Lost = lost,
            };
        }

        private static string Page(HtmlReport report)
        {
            StringWriter writer = new StringWriter();
            report.Write(writer);
            return writer.ToString();
        }
    }
}
