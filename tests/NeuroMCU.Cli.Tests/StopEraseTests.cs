// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>A device that runs by itself can be stopped, tested, and made to forget what it runs.</summary>
public sealed class StopEraseTests
{
    private const string Net = """
        neuromcu: 1
        name: walker
        populations:
          a: {model: lif, size: 3, tau: 20 ms, threshold: 1, bias: 2}
        """;

    private static async Task<TemporaryFolder> StoredAsync(params string[] options)
    {
        TemporaryFolder folder = new TemporaryFolder();
        CliRun stored = await CliRun.In(folder, ["program", folder.File("net.yaml", Net), "--persist", .. options]);
        Assert.True(stored.Code == ExitCode.Ok, stored.Error);
        return folder;
    }

    [Fact]
    public async Task Stop_ends_a_run_that_began_at_power_on()
    {
        using TemporaryFolder folder = await StoredAsync();
        CliRun text = await CliRun.In(folder, "stop");
        CliRun json = await CliRun.In(folder, "stop", "--json");

        Assert.Equal(ExitCode.Ok, text.Code);
        Assert.Contains("stopped walker at ", text.Out, StringComparison.Ordinal);
        Assert.Contains("'neuromcu erase' forgets it", text.Error, StringComparison.Ordinal);
        Assert.True(json.Json.GetProperty("ran").GetBoolean());
        Assert.Equal("walker", json.Json.GetProperty("network").GetString());
    }

    [Fact]
    public async Task Stop_with_nothing_to_stop_says_so()
    {
        CliRun text = await CliRun.Of("stop");
        CliRun json = await CliRun.Of("stop", "--json");

        Assert.Equal(ExitCode.Ok, text.Code);
        Assert.Contains("nothing ran on ", text.Out, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("ran").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.Json.GetProperty("network").ValueKind);
    }

    [Fact]
    public async Task Erase_says_what_it_erased_and_nothing_starts_again()
    {
        using TemporaryFolder folder = await StoredAsync();
        CliRun before = await CliRun.In(folder, "info", "--json");
        CliRun erased = await CliRun.In(folder, "erase", "--json");
        CliRun info = await CliRun.In(folder, "info", "--json");
        CliRun again = await CliRun.In(folder, "erase");

        Assert.Equal("running", before.Json.GetProperty("state").GetString());
        Assert.Equal(ExitCode.Ok, erased.Code);
        JsonElement was = erased.Json.GetProperty("erased");
        Assert.Equal("walker", was.GetProperty("network").GetString());
        Assert.Equal(1, was.GetProperty("generation").GetInt32());
        Assert.Equal(before.Json.GetProperty("network").GetProperty("crc").GetString(), was.GetProperty("crc").GetString());
        Assert.True(erased.Json.GetProperty("stopped").GetBoolean());
        Assert.Equal(JsonValueKind.Null, info.Json.GetProperty("network").ValueKind);
        Assert.Equal("idle", info.Json.GetProperty("state").GetString());
        Assert.Equal(ExitCode.Ok, again.Code);
        Assert.Contains("the store is empty now", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_reaches_the_network_before_the_stored_one_too()
    {
        using TemporaryFolder folder = await StoredAsync();
        await CliRun.In(folder, "program", folder.File("net.yaml", Net.Replace("walker", "second", StringComparison.Ordinal)), "--persist");
        CliRun erased = await CliRun.In(folder, "erase");
        CliRun info = await CliRun.In(folder, "info", "--json");

        Assert.Contains("erased second: generation 2", erased.Out, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, info.Json.GetProperty("network").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Self_test_of_a_device_that_runs_by_itself_pauses_the_network(bool autostart)
    {
        using TemporaryFolder folder = await StoredAsync(autostart ? [] : ["--no-autostart"]);
        CliRun info = await CliRun.In(folder, "info", "--self-test", "--json");

        Assert.True(info.Code == ExitCode.Ok, info.Error);
        Assert.NotEqual(JsonValueKind.Null, info.Json.GetProperty("self_test").ValueKind);
        Assert.Equal(autostart ? "running" : "idle", info.Json.GetProperty("state").GetString());
        Assert.Equal(autostart, info.Error.Contains("it was stopped for the self-test and goes on", StringComparison.Ordinal));
    }
}
