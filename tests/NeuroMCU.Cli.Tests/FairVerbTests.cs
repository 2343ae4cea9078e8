// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using SkiaSharp;

namespace NeuroMCU.Cli.Tests;

/// <summary>A device without a host: what its display shows, as text, as JSON and as a picture.</summary>
public sealed class FairVerbTests
{
    private static string Example(string name) => Path.Combine(Repository.Root(), "examples", name);

    [Fact]
    public async Task Text_JSON_and_picture_show_the_same_dots_and_a_press_changes_the_network()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string picture = folder.File("display.png");
        CliRun run = await CliRun.Of("fair", Example("first-network.yaml"), Example("synfire-ring.yaml"), "--press", "500 ms", "--for", "2 s",
            "--json", "-o", picture);
        Assert.Equal(ExitCode.Ok, run.Code);
        using JsonDocument document = JsonDocument.Parse(run.Out);
        Assert.Equal("neuromcu.fair/1", document.RootElement.GetProperty("schema").GetString());
        string?[] console = [.. document.RootElement.GetProperty("console").EnumerateArray().Select(e => e.GetString())];
        Assert.Contains("network first network: running", console);
        Assert.Contains("button: network synfire ring", console);
        string[] rows = [.. document.RootElement.GetProperty("display").EnumerateArray().Select(e => e.GetString()!)];
        Assert.Equal(64, rows.Length);
        Assert.All(rows, row => Assert.Equal(128, row.Length));
        Assert.InRange(rows.Sum(row => row.Count(c => c == '#')), 200, 3000);

        // A dot of the glass is 8 dots of the picture, inside a margin of 32.
        using SKBitmap bitmap = SKBitmap.Decode(picture);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 128; x++)
            {
                Assert.Equal(rows[y][x] == '#', bitmap.GetPixel(32 + (8 * x) + 3, 32 + (8 * y) + 3).Green > 128);
            }
        }
    }

    [Theory]
    [InlineData("it would not come up", "--press", "1900 ms")]
    [InlineData("still down", "--press", "100 ms", "--press", "250 ms")]
    [InlineData("--press", "--press", "soon")]
    [InlineData("no display", "--board", "ears-wrover")]
    public async Task What_cannot_be_done_is_said_before_anything_runs(string word, params string[] options)
    {
        CliRun run = await CliRun.Of(["fair", Example("first-network.yaml"), "--for", "2 s", .. options]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_too_large_is_refused_with_the_name_of_a_roomier_board()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("large.yaml");
        await File.WriteAllTextAsync(file, """
            neuromcu: 1
            name: large
            duration: 1 s
            populations:
              cells: {model: lif, size: 900, tau: 20 ms, rest: 0 mV, threshold: 10 mV, reset: 0 mV}
            projections:
              - {from: cells, to: cells, connect: {probability: 0.02, seed: 1}, weight: 1 mV, delay: 1 ms}
            """);
        CliRun run = await CliRun.Of("fair", file);
        Assert.Equal(ExitCode.TooBig, run.Code);
        Assert.Contains("`ears-fair` leaves 53248", run.Error, StringComparison.Ordinal);
        Assert.Contains("--board ears-wrover", run.Error, StringComparison.Ordinal);
    }
}
