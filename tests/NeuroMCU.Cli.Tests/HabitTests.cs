// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>What users of a shell expect: standard input, values on the command line, sweeps, tables, completion, examples.</summary>
public sealed class HabitTests
{
    private const string Steady =
        """
        neuromcu: 1
        name: steady
        duration: 1 s
        populations:
          cell: {model: lif, size: 2, tau: 20 ms, threshold: 1.0, bias: 1.5}
        record:
          traces:
            - {population: cell, neurons: 0, every: 100 ms}
        """;

    [Fact]
    public async Task A_network_comes_from_standard_input()
    {
        CliRun run = await CliRun.Piped(Steady, "run", "-", "--json");
        Assert.Equal((ExitCode.Ok, "steady"), (run.Code, run.Json.GetProperty("network").GetString()));
        CliRun wrong = await CliRun.Piped("neuromcu: 1\nname: x\n", "compile", "-");
        Assert.NotEqual(ExitCode.Ok, wrong.Code);
        Assert.StartsWith("error: standard input:", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duration=250 ms", 0.25, 2)]
    [InlineData("populations.cell.size=5", 1.0, 5)]
    [InlineData("record.traces.0.every=10 ms", 1.0, 2)]
    [InlineData("populations.cell={model: lif, size: 3, tau: 20 ms, threshold: 1.0}", 1.0, 3)]
    public async Task A_value_of_the_file_is_replaced_on_the_command_line(string setting, double seconds, int neurons)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        JsonElement run = (await CliRun.Of("run", folder.File("steady.yaml", Steady), "--set", setting, "--json")).Json;
        Assert.Equal((seconds, neurons), (run.GetProperty("duration_s").GetDouble(), run.GetProperty("populations")[0].GetProperty("size")
            .GetInt32()));
    }

    [Theory]
    [InlineData("populations.cel.size=2", ExitCode.NetworkName, "did you mean `cell`?")]
    [InlineData("populations.cell.size.more=2", ExitCode.NetworkName, "`populations.cell.size` is a single value")]
    [InlineData("record.traces.7.every=2 ms", ExitCode.NetworkName, "items of a list go by number, from 0: 0")]
    [InlineData("duration", ExitCode.Usage, "it is no NAME=VALUE")]
    [InlineData("=2 s", ExitCode.Usage, "it is no NAME=VALUE")]
    [InlineData("duration=[", ExitCode.NetworkSyntax, "is no value that a network file could hold")]
    [InlineData("duration=2", ExitCode.NetworkUnit, "duration: ")]
    public async Task A_setting_that_fits_nowhere_is_refused(string setting, object code, string said)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("steady.yaml", Steady), "--set", setting);
        Assert.Equal((ExitCode)code, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_is_swept_and_the_rates_follow_their_closed_form()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("steady.yaml", Steady), "--set", "duration=4 s", "--sweep",
            "populations.cell.bias=1.25..2:0.25", "--out", folder.File("out"), "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonElement[] points = [.. run.Json.GetProperty("points").EnumerateArray()];
        Assert.Equal([1.25, 1.5, 1.75, 2], points.Select(p => p.GetProperty("value").GetDouble()));
        foreach (JsonElement point in points)
        {
            // A leaky neuron under a constant bias b fires every tau ln(b / (b - 1)).
            double bias = point.GetProperty("value").GetDouble(), expected = 1 / (0.02 * Math.Log(bias / (bias - 1)));
            Assert.InRange(point.GetProperty("populations")[0].GetProperty("rate_hz").GetDouble(), expected - 0.6, expected + 0.6);
        }

        string[] rows = File.ReadAllLines(folder.File("out/sweep.csv"));
        Assert.Equal("populations.cell.bias,cell_Hz,spikes,lost", rows[0]);
        Assert.Equal(5, rows.Length);
        Assert.Contains("Rate against populations.cell.bias", File.ReadAllText(folder.File("out/report.html")), StringComparison.Ordinal);

        CliRun list = await CliRun.Of("run", folder.File("steady.yaml"), "--sweep", "populations.cell.tau=5,10 ms");
        Assert.Matches(@"populations.cell.tau \(ms\) +cell \(Hz\) +lost\n +5 +\d+(\.\d+)? +0\n +10 ", list.Out);
    }

    [Theory]
    [InlineData("populations.cell.bias")]
    [InlineData("populations.cell.bias=1..2")]
    [InlineData("populations.cell.bias=2..1:0.1")]
    [InlineData("populations.cell.bias=1..2:0")]
    [InlineData("populations.cell.bias=1..1000000:1")]
    [InlineData("populations.cell.bias=one,two")]
    public async Task A_range_that_is_none_is_refused(string range)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("steady.yaml", Steady), "--sweep", range);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--sweep \"populations.cells.bias=40..90:5 uA\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_are_a_table_too()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("steady.yaml", Steady), "--set", "populations.cell.bias=0.5", "--out",
            folder.File("out"));
        Assert.Equal(ExitCode.Ok, run.Code);
        string[] rows = File.ReadAllLines(folder.File("out/traces.csv"));
        Assert.Equal("trace,time_s,value,unit", rows[0]);
        Assert.Equal(12, rows.Length);
        foreach (string[] row in rows[1..].Select(r => r.Split(',')))
        {
            double time = double.Parse(row[1], CultureInfo.InvariantCulture), value = double.Parse(row[2], CultureInfo.InvariantCulture);
            Assert.Equal("cell[0]", row[0]);
            Assert.InRange(value - (0.5 * (1 - Math.Exp(-time / 0.02))), -1e-4, 1e-4);
        }
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _neuromcu neuromcu")]
    [InlineData("zsh", "compdef _neuromcu neuromcu")]
    [InlineData("fish", "complete -c neuromcu")]
    public async Task A_shell_gets_its_completion(string shell, string line)
    {
        Assert.Contains(line, (await CliRun.Of("completion", shell)).Out, StringComparison.Ordinal);
        Assert.Contains("--sweep", (await CliRun.Of("[suggest:17]", "neuromcu run --sw")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("completion", "tcsh")).Code);
    }

    [Fact]
    public async Task Channels_that_do_not_fit_one_by_one_are_told_to_join()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        const string Head =
            "neuromcu: 1\nname: eight\nboard: thyristor-8\nduration: 1 s\npopulations:\n  cells: {model: thyristor, preset: w25, size: "
            + "60, bias: 60 uA}\n";
        string single = string.Concat(Enumerable.Range(1, 8)
            .Select(k => $"  c{k}: {{model: thyristor, preset: w25, size: 1, bias: 60 uA, channels: [n{k}]}}\n"));
        CliRun apart = await CliRun.Of("compile", folder.File("apart.yaml", Head + single));
        Assert.Equal(ExitCode.TooBig, apart.Code);
        Assert.Contains("join the 8 populations of one neuron (`c1`, `c2`, ...) into one of `size: 8` with all their `channels`",
            apart.Error, StringComparison.Ordinal);
        string joined = "  c: {model: thyristor, preset: w25, size: 8, bias: 60 uA, channels: [n1, n2, n3, n4, n5, n6, n7, n8]}\n";
        Assert.Equal(ExitCode.Ok, (await CliRun.Of("compile", folder.File("joined.yaml", Head + joined))).Code);
    }

    [Fact]
    public async Task Load_and_lateness_are_in_the_document()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        JsonElement run = (await CliRun.Of("run", folder.File("steady.yaml", Steady), "--json")).Json;
        Assert.True(run.GetProperty("device_load").GetDouble() >= 0);
        Assert.Equal((0, 0), (run.GetProperty("late_events").GetInt32(), run.GetProperty("max_lateness_us").GetInt32()));
    }
}
