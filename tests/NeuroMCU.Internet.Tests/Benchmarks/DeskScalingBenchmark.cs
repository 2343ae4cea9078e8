// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>The ring of eight on one to eight boards: the rows and the picture of the guide. Rows and no test.</summary>
public sealed partial class DeskScalingBenchmark(ITestOutputHelper output)
{
    private const int MostBoards = 8;

    [Fact(Explicit = true)]
    public void Ring_of_eight_on_one_to_eight_boards()
    {
        string root = Root();
        string text = File.ReadAllText(Path.Combine(root, "examples", "desk", "ring-of-eight.yaml"));
        Network network = NetworkFile.Parse(Sites().Replace(text, "board: ears-wrover-16m"), "ring-of-eight.yaml");
        double[] boards = [.. Enumerable.Range(1, MostBoards).Select(n => (double)n)];
        double[] fullest = new double[MostBoards];
        for (int n = 1; n <= MostBoards; n++)
        {
            SiteImages images = SiteCompiler.Compile(network,
                [.. Enumerable.Range(0, n).Select(k => new NetworkSite("s" + k, null, network.BoardLocation))], new CompilerOptions());
            CompiledNetwork[] used = [.. images.Boards.OfType<CompiledNetwork>()];
            fullest[n - 1] = used.Max(b => b.Report.DeviceLoad);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"desk_{n}_boards,{used.Max(b => b.Report.Synapses)} synapses,{used.Max(b => b.Report.HeapBytes) / 1024} KB,{fullest[n - 1]:0.00} s,{images.Placement.Traffic:0} spikes/s,{images.Placement.Local:P0}"));
        }

        File.WriteAllText(Path.Combine(root, "docs", "guides", "images", "desk-scaling.svg"), SvgPlot.Stack(
            new SvgPlot("boards", "device time per second of network time (s)").Line("fullest board", boards, fullest)
                .Line("equal shares", boards, [.. boards.Select(n => fullest[0] / n)], dashed: true)));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("^sites: .*$", RegexOptions.Multiline)]
    private static partial Regex Sites();
}
