// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>Command lines and files that make no sense are refused before anything is done, and the message names what to change.</summary>
public sealed class NonsenseTests
{
    private const string Net = """
        neuromcu: 1
        duration: 10 ms
        populations:
          a: {model: lif, size: 3, tau: 20 ms, threshold: 1}
        """;

    [Theory]
    [InlineData("compare net.yaml --require 2", "--require is '2', expected a fraction from 0 to 1")]
    [InlineData("compare net.yaml --require -0.1", "--require is '-0.1'")]
    [InlineData("calibrate --check --tolerance -3", "--tolerance is '-3', expected a change in per cent")]
    [InlineData("calibrate --check --tolerance 0", "--tolerance is '0'")]
    [InlineData("virtual --port 99999", "--port is '99999', expected a TCP port from 0 to 65535")]
    [InlineData("virtual --port -1", "--port is '-1'")]
    [InlineData("render a.wav --signal-to-noise 1000 -o b.wav", "--signal-to-noise is '1000'")]
    [InlineData("run net.yaml --report x.svg", "but a page is written there: name it x.html")]
    [InlineData("compare net.yaml --report x.pdf", "name it x.html")]
    [InlineData("calibrate --out x.svg", "name it x.html")]
    [InlineData("bringup --out x.json", "name it x.html")]
    [InlineData("reproduce bump --out x.pdf", "a page, or a figure is written there")]
    [InlineData("sweep --out x.png", "a page, or a figure is written there")]
    [InlineData("sweep --csv x.html", "name it x.csv")]
    [InlineData("doctor --report x.txt", "name it x.zip")]
    [InlineData("sweep --currents 1000..5000:1000uA", "no value of --currents is in range")]
    [InlineData("sweep --resistances 1..5:1MOhm", "no value of --resistances is in range")]
    public async Task A_value_that_cannot_be_meant_is_refused(string command, string expected)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string[] words = Array.ConvertAll(command.Split(' '), w => w == "net.yaml" ? folder.File(w, Net) : w);
        CliRun run = await CliRun.Of(words);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, run.Out);
    }

    [Theory]
    [InlineData("--require", "1")]
    [InlineData("--require", "0")]
    public async Task The_ends_of_a_range_belong_to_it(params string[] option)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Ok, (await CliRun.Of(["compare", folder.File("net.yaml", Net), .. option])).Code);
    }

    [Theory]
    [InlineData("compile --jsno net.yaml")]
    [InlineData("compile --jsno")]
    [InlineData("compile net.yaml --output --jsno")]
    [InlineData("run --jsno net.yaml")]
    [InlineData("locate --jsno")]
    public async Task A_misspelt_option_is_blamed_and_no_file(string command)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of(Array.ConvertAll(command.Split(' '), w => w == "net.yaml" ? folder.File(w, Net) : w));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'--jsno'", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean '--json'?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_two_hyphens_a_file_may_be_called_like_an_option()
    {
        CliRun run = await CliRun.Of("compile", "--", "--jsno");

        Assert.Equal(ExitCode.FileAccess, run.Code);
    }

    [Theory]
    [InlineData("duration: 20 ms\n" + Net, "`duration` stands twice in one map")]
    [InlineData(Net + "\n  a: {model: input, size: 1}", "`a` stands twice in one map")]
    [InlineData("neuromcu: 1\npopulations:\n  a: {model: lif, size: 3, tau: 20 ms, tau: 30 ms}", "`tau` stands twice in one map")]
    public async Task A_key_that_stands_twice_is_named(string text, string expected)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("compile", folder.File("net.yaml", text));

        Assert.Equal(ExitCode.NetworkSyntax, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("keep one of the two", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 ns", "0.5 us")]
    [InlineData("2000 ns", "2 us")]
    public async Task A_unit_below_the_clock_is_turned_into_one_that_is_known(string time, string proposed)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("compile", folder.File("net.yaml", Net.Replace("10 ms", time, StringComparison.Ordinal)));

        Assert.Equal(ExitCode.NetworkUnit, run.Code);
        Assert.Contains(proposed, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("locate")]
    [InlineData("run")]
    [InlineData("compile")]
    public async Task A_folder_in_place_of_a_file_is_called_one(string verb)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of(verb, folder.Path);

        Assert.Equal(ExitCode.FileAccess, run.Code);
        Assert.Contains("is a folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_of_a_sweep_that_are_out_of_reach_are_counted()
    {
        CliRun run = await CliRun.Of("sweep", "--currents", "50, 500 uA", "--resistances", "2000 Ohm", "--settle", "10 ms", "--window",
            "10 ms");

        Assert.Contains("note: 1 value of --currents left out: the drive reaches", run.Error, StringComparison.Ordinal);
    }
}
