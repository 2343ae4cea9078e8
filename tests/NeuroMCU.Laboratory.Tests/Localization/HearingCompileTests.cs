// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Hearing;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class HearingCompileTests
{
    // From an independent design of the same resonators: envelope, poles, radius, shift, correction, intervals, level, reserved.
    [Theory]
    [InlineData(0, new[] { 0, 170, 137, 91, 2, -104, 5, 18, 11337, 1 })]
    [InlineData(1, new[] { 0, 81, 43, 80, 1, -294, 3, 8, 10400, 1 })]
    [InlineData(2, new[] { 0, 136, 110, 86, 2, -159, 4, 10, 26291, 0 })]
    [InlineData(3, new[] { 0, 68, 26, 80, 1, -336, 3, 7, 21564, 0 })]
    [InlineData(4, new[] { 0, -44, -98, 68, 1, -841, 2, 4, 33006, 0 })]
    [InlineData(5, new[] { 1, 171, 156, 80, 2, -69, 6, 16, 23432, 1 })]
    public void Bands_are_designed_as_published(int band, int[] expected)
    {
        HearingBand b = HearingBand.Standard[band];

        Assert.Equal(expected, new BandDesign(8000, b.Low, b.High, b.Width, 0.6, b.LongestPeriod, b.IsEnvelope).Record(3));
    }

    [Fact]
    public void The_shipped_network_compiles_and_comes_back_from_its_image()
    {
        CompiledNetwork network = Listening.Network;

        NetworkTables read = ImageReader.Read(network.Image, 0, network.Image.Length, ModelList.All);

        Assert.Equal(102, network.Network.NeuronCount);
        Assert.Equal(180, network.Network.SynapseCount);
        Assert.Equal(network.Tables.Hearing[0].Parameters, read.Hearing[0].Parameters);
        Assert.Equal(network.Tables.Readouts[0].Parameters, read.Readouts[0].Parameters);
        Assert.Equal(network.Tables.Readouts[0].Populations, read.Readouts[0].Populations);
        Assert.Equal(network.Image, ImageWriter.Write(read));
    }

    /// <summary>Front end, buffer and read-out stand beside the engine: a board that has room for the engine alone is too small.</summary>
    [Fact]
    public void What_hears_is_counted_and_refused_where_it_does_not_fit()
    {
        CompileReport report = Listening.Network.Report;
        int hearing = report.Memory.Single(part => part.Name == "front end, sound and read-outs").Bytes;

        Assert.Equal(report.HeapBytes, report.Memory.Sum(part => part.Bytes));
        Assert.Equal(HearingMemory.Estimate(Listening.Network.Tables, psram: false), hearing);
        Assert.InRange(HearingMemory.Estimate(Listening.Network.Tables, psram: true) - hearing, 4 * 1677, 4 * 1683);
        var refused = Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(
            NetworkFile.Load(Path.Combine(ShippedExample.Folder(), "network.yaml")),
            new CompilerOptions { HeapLimit = report.HeapBytes - (hearing / 2) }));
        Assert.Contains("has room: write `board: ears-wrover", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("block: 50 ms", "block: 50", "parameters.block")]
    [InlineData("block: 50 ms", "block: 300 ms", "parameters.block")]
    [InlineData("heard_every: 5", "heard_every: 0", "parameters.heard_every")]
    [InlineData("lead: 5 ms", "lead: 5 s", "parameters.lead")]
    [InlineData("silence: 4 ", "silents: 4 ", "did you mean `silence`")]
    [InlineData("envelope: [0, 0, 0, 0, 0, 1]", "envelope: [0, 0, 1]", "has 3 values, expected 6")]
    [InlineData("sample_rate: 8 kHz", "sample_rate: 11025 Hz", "cannot filter at 11025 Hz")]
    [InlineData("levels: levels.csv", "levels: azimuth.csv", "`place` and `band_490`")]
    [InlineData("map: azimuth.csv", "map: levels.csv", "`position_us`")]
    [InlineData("rivals: rivals.csv", "rivals: levels.csv", "`rival`")]
    [InlineData("rivals: rivals.csv", "rivals: nowhere.csv", "nowhere.csv")]
    [InlineData("step: 54 us", "step: 54", "needs a unit")]
    [InlineData("rough: [envelope]", "rough: [envelop]", "did you mean `envelope`")]
    [InlineData("min_confidence: 0.1", "window: 3 ms", "`window` has no effect here")]
    [InlineData("populations: [band_490, band_800, band_1200, band_1700, band_2500, envelope]", "populations: [band_490, left_ear]",
        "29 and 15 fit together")]
    public void Mistakes_are_named_with_their_place(string right, string wrong, string message)
    {
        string text = File.ReadAllText(ShippedExample.Network);
        Assert.Contains(right, text, StringComparison.Ordinal);

        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkFile.Parse(text.Replace(right, wrong, StringComparison.Ordinal), ShippedExample.Network)));

        Assert.Contains(error.Diagnostics, d => d.ToString().Contains(message, StringComparison.Ordinal));
        Assert.All(error.Diagnostics, d => Assert.True(d.Line > 0));
    }

    [Theory]
    [InlineData(0, "2", "expected the number of the rival")]
    [InlineData(0, "0", "from 1 to 8")]
    [InlineData(1, "26", "from 0 to 25")]
    [InlineData(3, "-1", "from 0 to 25")]
    [InlineData(5, "1.5", "whole number")]
    [InlineData(2, "32768", "from -32768 to 32767")]
    [InlineData(8, "-32769", "from -32768 to 32767")]
    [InlineData(9, "1.99", "expected -2 to 1.98")]
    [InlineData(24, "-2.01", "expected -2 to 1.98")]
    public void A_cell_of_the_rivals_that_is_out_of_range_is_named(int column, string cell, string message)
    {
        Assert.Empty(Faults(Row(_ => { })));
        Diagnostic fault = Assert.Single(Faults(Row(cells => cells[column] = cell)));
        Assert.Contains(message, fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("rivals.csv", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rivals_have_one_to_128_tables_each()
    {
        string first = Row(_ => { });
        Assert.Empty(Faults(string.Concat(Enumerable.Repeat(first, 128)) + Row(cells => cells[0] = "2")));
        Assert.Contains("too many rows", Assert.Single(Faults(string.Concat(Enumerable.Repeat(first, 129)))).ToString(),
            StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Single(Faults(string.Empty)).ToString(), StringComparison.Ordinal);
        Assert.Contains("expected the number", Assert.Single(Faults(first + Row(cells => cells[0] = "3"))).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_and_odds_are_packed_as_the_image_page_says()
    {
        string row = "1,0,-6,24,1810,5,0,23,32767," + string.Join(',', Enumerable.Range(0, 16).Select(i => (i - 8) / 64.0)) + "\n";

        int[] parameters = WithRivals(row).Tables.Readouts[0].Parameters;

        Assert.Equal([1, 1, (0 << 16) + 65530, (24 << 16) + 1810, 5 << 16, (23 << 16) + 32767], parameters[^10..^4]);
        Assert.Equal([unchecked((int)0xFBFAF9F8), unchecked((int)0xFFFEFDFC), 0x03020100, 0x07060504], parameters[^4..]);
    }

    // Without the field the image is what it was before there were rivals.
    [Fact]
    public void A_network_without_rivals_compiles()
    {
        string text = File.ReadAllText(ShippedExample.Network);
        string without = string.Join('\n', text.Split('\n').Where(line => !line.Contains("rivals:", StringComparison.Ordinal)));

        int[] with = Listening.Network.Tables.Readouts[0].Parameters;
        int[] parameters = NetworkCompiler.Compile(NetworkFile.Parse(without, ShippedExample.Network)).Tables.Readouts[0].Parameters;

        Assert.Equal(9 + (2 * 37) + (6 * 31), parameters.Length);
        Assert.Equal(with[..parameters.Length], parameters);
    }

    private static string Row(Action<string[]> change)
    {
        string[] cells = ["1", .. Enumerable.Repeat("0", 24)];
        change(cells);
        return string.Join(',', cells) + "\n";
    }

    private static IReadOnlyList<Diagnostic> Faults(string rows)
    {
        try
        {
            _ = WithRivals(rows);
            return [];
        }
        catch (NetworkFileException e)
        {
            return [.. e.Diagnostics];
        }
    }

    private static CompiledNetwork WithRivals(string rows)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "rivals.csv");
        File.WriteAllText(path, File.ReadLines(Path.Combine(ShippedExample.Folder(), "rivals.csv")).ElementAt(1) + "\n" + rows);
        string text = File.ReadAllText(ShippedExample.Network).Replace("rivals: rivals.csv", $"rivals: {path}", StringComparison.Ordinal);
        return NetworkCompiler.Compile(NetworkFile.Parse(text, ShippedExample.Network));
    }

    [Fact]
    public void A_direction_needs_one_population_per_band()
    {
        string text = File.ReadAllText(ShippedExample.Network).ReplaceLineEndings("\n");
        int start = text.IndexOf("hearing:\n", StringComparison.Ordinal);
        int end = text.IndexOf("readouts:\n", StringComparison.Ordinal);

        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkFile.Parse(text.Remove(start, end - start), ShippedExample.Network)));

        Assert.Contains("reads 6 bands; the network hears 0", error.Diagnostics.Single().Message, StringComparison.Ordinal);
    }
}
