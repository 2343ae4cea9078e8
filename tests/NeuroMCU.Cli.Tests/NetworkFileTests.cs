// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>Bad network files: each cause has its words and its exit code.</summary>
public sealed class NetworkFileTests
{
    private const string Start = "neuromcu: 1\npopulations:\n";

    public static TheoryData<string, int, string> Bad => new TheoryData<string, int, string>
    {
        { "yaml", (int)ExitCode.NetworkSyntax, "neuromcu: 1\npopulations: [a, b\n" },
        { "model", (int)ExitCode.NetworkName, Start + "  cells: {model: liff, size: 10, tau: 20 ms, threshold: 1.0}\n" },
        { "key", (int)ExitCode.NetworkName, Start + "  cells: {model: lif, size: 10, tua: 20 ms, tau: 20 ms, threshold: 1.0}\n" },
        { "unit", (int)ExitCode.NetworkUnit, Start + "  cells: {model: lif, size: 10, tau: 20, threshold: 1.0}\n" },
        { "weight", (int)ExitCode.NetworkWeight,
            Start + "  a: {model: input, size: 1}\n  b: {model: lif, size: 1, tau: 20 ms, threshold: 1.0}\nprojections:\n  - {from: a, "
                + "to: b, connect: all-to-all, weight: 100000, delay: 1 ms}\n" },
        { "delay", (int)ExitCode.NetworkDelay,
            Start + "  a: {model: input, size: 1}\n  b: {model: lif, size: 1, tau: 20 ms, threshold: 1.0}\nprojections:\n  - {from: a, "
                + "to: b, connect: all-to-all, weight: 0.5, delay: 2 s}\n" },
        { "several", (int)ExitCode.NetworkUnit, Start + "  cells: {model: lif, size: 10, tau: 20, threshold: 1.0, colour: red}\n" },
        { "big", (int)ExitCode.TooBig,
            Start + "  a: {model: lif, size: 4096, tau: 20 ms, threshold: 1.0}\n  b: {model: lif, size: 4096, tau: 20 ms, threshold: "
                + "1.0}\n" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_file_is_refused_with_place_advice_and_its_own_code(string name, int code, string text)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("compile", folder.File("net.yaml", text));
        Golden.Check("bad-" + name, run, folder);
        Assert.Equal((ExitCode)code, run.Code);
        Assert.Empty(run.Out);
        Assert.Contains(" next: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_no_bad_file()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("none.yaml"));
        Golden.Check("bad-missing", run, folder);
        Assert.Equal(ExitCode.FileAccess, run.Code);
    }

    [Fact]
    public async Task With_json_the_error_is_a_document_too()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("compile", "--json", folder.File("net.yaml",
            Start + "  cells: {model: lif, size: 10, tau: 20, threshold: 1.0}\n"));
        Assert.Equal("neuromcu.error/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal("network_unit", run.Json.GetProperty("error").GetString());
        Assert.Equal((int)run.Code, run.Json.GetProperty("exit_code").GetInt32());
    }
}
