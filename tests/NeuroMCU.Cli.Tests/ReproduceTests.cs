// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

public sealed class ReproduceTests
{
    [Fact]
    public async Task Without_a_name_the_rows_are_listed()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("reproduce");
        Golden.Check("reproduce-list", run, folder);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task A_row_is_measured_on_the_engines_asked_for_and_its_table_is_a_page()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("reproduce", "w23-rate-60", "--on", "engine,board", "--json", "--out", folder.File("table.html"));
        JsonElement[] rows = run.Json.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["engine", "board"], rows.Select(r => r.GetProperty("engine").GetString()));
        Assert.All(rows, row =>
        {
            Assert.Equal("w23-rate-60", row.GetProperty("name").GetString());
            Assert.Equal("rate at 60 uA", row.GetProperty("quantity").GetString());
            Assert.Equal(22, row.GetProperty("expected").GetDouble());
            Assert.Equal(3, row.GetProperty("tolerance").GetDouble());
            Assert.InRange(row.GetProperty("obtained").GetDouble(), 19, 25);
            Assert.Equal("Hz", row.GetProperty("unit").GetString());
            Assert.True(row.GetProperty("pass").GetBoolean());
        });
        string page = await File.ReadAllTextAsync(folder.File("table.html"), TestContext.Current.CancellationToken);
        Assert.Contains("w23-rate-60", page, StringComparison.Ordinal);
        Assert.Contains("<svg xmlns", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_fails_is_shown_as_failing_with_its_reason()
    {
        CliRun run = await CliRun.Of("reproduce", "w25-rate-106", "--on", "reference");
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("FAIL (known)", run.Out, StringComparison.Ordinal);
        Assert.Contains("w25-rate-106: from 103 uA to the block at 110 the mean rate falls in a line", run.Out, StringComparison.Ordinal);
        Assert.Contains("0 of 1 pass, 0 given, 0 left out", run.Out, StringComparison.Ordinal);
    }

    // No pass without a measurement: rows that an engine does not have, and rows that are numbers of the source.
    [Theory]
    [InlineData("reproduce-nothing", "synapse-one-peak", "spice")]
    [InlineData("reproduce-given", "synapse-pulse-height", "reference,board")]
    public async Task A_selection_that_measures_nothing_is_no_success(string golden, string row, string on)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("reproduce", row, "--on", on);
        Golden.Check(golden, run, folder);
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("nothing was measured", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_given_is_no_pass_in_json_either()
    {
        CliRun run = await CliRun.Of("reproduce", "synapse-pulse-height", "--json");
        JsonElement row = Assert.Single(run.Json.GetProperty("rows").EnumerateArray());
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Equal("given", row.GetProperty("verdict").GetString());
        Assert.False(row.GetProperty("pass").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, row.GetProperty("given").ValueKind);
    }

    [Theory]
    [InlineData("reproduce-unknown", "w25-hight", "engine")]
    [InlineData("reproduce-engine", "w25-height", "matlab")]
    public async Task What_is_not_there_is_refused_with_what_is(string golden, string row, string on)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("reproduce", row, "--on", on);
        Golden.Check(golden, run, folder);
        Assert.Equal(ExitCode.Usage, run.Code);
    }
}
