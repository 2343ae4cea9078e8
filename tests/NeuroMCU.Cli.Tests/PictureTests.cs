// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using System.Xml.Linq;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>Figures of reports as pictures: whole files that show what was recorded.</summary>
public sealed class PictureTests
{
    private const string Train = """
        neuromcu: 1
        name: train
        duration: 100 ms
        populations:
          a: {model: input, size: 3}
          b: {model: input, size: 2}
        inputs:
          - {to: a, spikes: [[0, 10 ms], [1, 20 ms], [2, 30 ms], [2, 40 ms]]}
          - {to: b, spikes: [[0, 15 ms], [1, 25 ms]]}
        record: {spikes: [a, b]}
        """;

    [Fact]
    public async Task A_raster_has_a_stroke_for_each_spike_in_its_place()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        XElement svg = await SvgOf(folder, "train.yaml", Train);

        // Six strokes of one row's height each, at the times of the spikes: moves of one path.
        (float X, float Y)[] strokes = Strokes(svg);
        Assert.Equal(6, strokes.Length);
        float[] x = [.. strokes.Select(s => s.X).Order()];
        Assert.All(x.Zip(x.Skip(1)), pair => Assert.Equal((x[^1] - x[0]) * (pair.First == x[^2] ? 10 : 5) / 30, pair.Second - pair.First,
            0.5f));
        Assert.Equal(5, strokes.Select(s => MathF.Round(s.Y)).Distinct().Count());
        string text = string.Concat(svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value + "\n"));
        Assert.Contains("time (s)", text, StringComparison.Ordinal);
        Assert.Contains("a (0-2)", text, StringComparison.Ordinal);
        Assert.Contains("b (0-1)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_spikes_make_another_picture()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        XElement one = await SvgOf(folder, "one.yaml", Train);
        XElement other = await SvgOf(folder, "other.yaml", Train.Replace(", [2, 40 ms]", string.Empty, StringComparison.Ordinal));
        Assert.Equal(6, Strokes(one).Length);
        Assert.Equal(5, Strokes(other).Length);
    }

    [Theory]
    [InlineData("run EXAMPLES/first-network.yaml", 3)]
    [InlineData("compare EXAMPLES/first-network.yaml", 2)]
    [InlineData("run EXAMPLES/first-network.yaml --sweep projections.1.delay=1,2ms", 1)]
    [InlineData("calibrate --csv EXAMPLES/calibration/bench-device.csv", 2)]
    [InlineData("sweep --published --window 100ms --settle 100ms", 1)]
    [InlineData("reproduce memory-bump --on engine", 1)]
    public async Task Every_figure_of_a_report_comes_in_every_format(string command, int figures)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string[] words = [.. command.Replace("EXAMPLES", Path.Combine(Repository.Root(), "examples"), StringComparison.Ordinal).Split(' '),
            "--figure"];
        foreach (string ending in (string[])["png", "svg", "pdf"])
        {
            Directory.CreateDirectory(folder.File(ending));
            CliRun run = await CliRun.Of([.. words, folder.File(ending + "/figure." + ending)]);
            Assert.True(run.Code is ExitCode.Ok || (words[0] == "reproduce" && run.Code == ExitCode.CheckFailed), run.Error);
            string[] files = Directory.GetFiles(folder.File(ending));
            Assert.Equal(ending == "pdf" ? 1 : figures, files.Length);
            Assert.All(files, file => Assert.Contains("wrote " + file, run.Error, StringComparison.Ordinal));
            foreach (byte[] bytes in files.Select(File.ReadAllBytes))
            {
                switch (ending)
                {
                    case "png":
                        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
                        Assert.Equal("IEND", Encoding.ASCII.GetString(bytes[^8..^4]));
                        break;
                    case "svg":
                        Assert.Contains(XElement.Parse(Encoding.UTF8.GetString(bytes)).Descendants(),
                            e => e.Name.LocalName is "path" or "ellipse" or "circle");
                        break;
                    default:
                        string pdf = Encoding.Latin1.GetString(bytes);
                        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
                        Assert.EndsWith("%%EOF", pdf.TrimEnd(), StringComparison.Ordinal);
                        Assert.Contains($"/Count {figures}", pdf, StringComparison.Ordinal);
                        break;
                }
            }
        }
    }

    [Fact]
    public async Task A_picture_of_another_kind_or_of_nothing_is_refused()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun kind = await CliRun.Of("run", folder.File("train.yaml", Train), "--figure", folder.File("x.gif"));
        Assert.Equal(ExitCode.Usage, kind.Code);
        Assert.Contains(".png", kind.Error, StringComparison.Ordinal);
        CliRun source = await CliRun.Of("run", folder.File("train.svg", Train), "--figure", folder.File("train.svg"));
        Assert.Equal(ExitCode.Usage, source.Code);
        Assert.Equal(Train, await File.ReadAllTextAsync(folder.File("train.svg"), TestContext.Current.CancellationToken));
    }

    private static async Task<XElement> SvgOf(TemporaryFolder folder, string name, string network)
    {
        string picture = folder.File(Path.ChangeExtension(name, ".svg"));
        CliRun run = await CliRun.Of("run", folder.File(name, network), "--figure", picture);
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        return XElement.Load(picture);
    }

    // The path of the spikes is the one with the colour of the first record.
    private static (float X, float Y)[] Strokes(XElement svg) =>
    [
        .. svg.Descendants().Where(e => e.Name.LocalName == "path" && e.Attribute("stroke")?.Value.ToUpperInvariant() is "#0072B2")
            .SelectMany(e => e.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
            .Select(part => part.Split('L')[0].Split(' ', ',')
                .Select(n => float.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Select(p => (p[0], p[1])),
    ];
}
