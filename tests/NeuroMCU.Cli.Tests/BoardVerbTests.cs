// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Cli.Tests;

/// <summary>A board's profile becomes the text that its device reads; wrong ones are found before a device is.</summary>
public sealed class BoardVerbTests
{
    public static TheoryData<string> Boards() => [.. BoardCatalog.Names];

    [Fact]
    public async Task List_names_every_shipped_board()
    {
        CliRun text = await CliRun.Of("board", "list");
        CliRun json = await CliRun.Of("board", "list", "--json");

        Assert.All(BoardCatalog.Names, name => Assert.Contains(name + " ", text.Out, StringComparison.Ordinal));
        Assert.Equal(BoardCatalog.Names, json.Json.GetProperty("boards").EnumerateArray().Select(b => b.GetProperty("name").GetString()));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task The_firmware_reads_the_text_as_the_profile_that_it_came_from(string board)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("board.txt");
        CliRun written = await CliRun.Of("board", "text", board, "-o", file);
        CliRun check = await CliRun.Of("board", "check", file, "--json");
        BoardProfile read = BoardText.Parse(File.ReadAllText(file));
        BoardProfile meant = BoardCatalog.Find(board).Profile;

        Assert.Equal(ExitCode.Ok, written.Code);
        Assert.Equal((await CliRun.Of("board", "text", board)).Out, File.ReadAllText(file));
        Assert.Equal(meant.Name, read.Name);
        Assert.Equal(meant.BoardId, read.BoardId);
        Assert.Equal(meant.Channels.Select(c => (c.Name, c.DriveMax, c.SpikePin, c.ResetPin)),
            read.Channels.Select(c => (c.Name, c.DriveMax, c.SpikePin, c.ResetPin)));
        Assert.Equal(meant.Outputs.Select(o => (o.Pin, o.Low, o.High, o.Safe)), read.Outputs.Select(o => (o.Pin, o.Low, o.High, o.Safe)));
        Assert.Equal(new FileInfo(file).Length, check.Json.GetProperty("bytes").GetInt32());
        Assert.False(check.Json.GetProperty("differs_from_shipped").GetBoolean());
    }

    [Fact]
    public async Task How_a_device_is_reached_and_its_hub_make_no_other_board_of_it()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("board.txt");
        await CliRun.Of("board", "text", "ears-devkit", "-o", file);
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string key = new('5', 64);
        string own = text.Replace("tcp.port=0", $"wifi.ssid=lab\nwifi.password=12345678\ntcp.port=7077\nlink.key={key}\nhub.wire=3\n"
            + $"hub.address=192.168.1.4\nhub.port=5006\nhub.local=0\nhub.name=zurich\nhub.key={key}\nhub.spike.0=63,0,2", StringComparison.Ordinal);
        foreach ((string written, bool other) in new[] { (own, false), (own.Replace("watchdog=2000", "watchdog=4000", StringComparison.Ordinal), true) })
        {
            await File.WriteAllTextAsync(file, written, TestContext.Current.CancellationToken);
            CliRun check = await CliRun.Of("board", "check", file, "--json");
            Assert.Equal(ExitCode.Ok, check.Code);
            Assert.Equal(other, check.Json.GetProperty("differs_from_shipped").GetBoolean());
        }
    }

    [Fact]
    public async Task All_writes_one_board_txt_for_each_board()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("board", "text", "--all", "-o", folder.File("boards"), "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            BoardCatalog.Names.Select(n => Path.Combine(n, "board.txt")).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.File("boards"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder.File("boards"), f)).Order(StringComparer.Ordinal));
        foreach (JsonElement board in run.Json.GetProperty("boards").EnumerateArray())
        {
            Assert.Equal(File.ReadAllText(board.GetProperty("file").GetString()!), board.GetProperty("text").GetString());
        }
    }

    [Theory]
    [InlineData("key", "lamp=4", "lmp=4", "board.txt:7:1: lmp:")]
    [InlineData("value", "lamp=4", "lamp=four", "`lamp=four`")]
    [InlineData("syntax", "lamp=4", "lamp", "line 7 is not")]
    [InlineData("memory", "lamp=4", "lamp=6", "board.txt:7:1: lamp: GPIO6 belongs to the memory")]
    [InlineData("input", "lamp=4", "lamp=34", "board.txt:7:1: lamp: GPIO34 can only be read")]
    [InlineData("twice", "channel.1.spikes=2,35", "channel.1.spikes=2,34", "board.txt:20:1: channel.1.spikes: GPIO34 is used twice")]
    [InlineData("converter", "channel.1.drive=1,-1,26", "channel.1.drive=1,-1,27",
        "board.txt:18:1: channel.1.drive: GPIO27 has no converter")]
    [InlineData("gap", "channel.1", "channel.3", "number 1 is missing")]
    public async Task Check_names_the_line_of_a_board_txt_that_the_firmware_would_refuse(string name, string good, string bad,
        string expected)
    {
        _ = name;
        using TemporaryFolder folder = new TemporaryFolder();
        string text = BoardDeviceText.Write(BoardCatalog.Find("thyristor-starter").Profile);
        CliRun run = await CliRun.Of("board", "check", folder.File("board.txt", text.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_a_board_txt_stay_out_of_messages()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string text = BoardDeviceText.Write(BoardCatalog.Find("ears-wrover").Profile) + "link.key=0123456789abcdef\n";
        CliRun run = await CliRun.Of("board", "check", folder.File("board.txt", text));

        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("64 hexadecimal digits", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_longer_than_the_firmware_reads_is_refused()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string text = BoardDeviceText.Write(BoardCatalog.Find("ears-devkit").Profile);
        string full = text + "#" + new string('x', 4096 - text.Length - 1);

        Assert.Equal(ExitCode.Ok, (await CliRun.Of("board", "check", folder.File("full.txt", full))).Code);
        CliRun over = await CliRun.Of("board", "check", folder.File("over.txt", full + "x"));
        Assert.Equal(ExitCode.CheckFailed, over.Code);
        Assert.Contains("4097 bytes, the firmware reads 4096", over.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_images_have_to_fit_the_store_of_a_profile()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string profile = await ProfileAsync("ears-devkit");
        CliRun run = await CliRun.Of("board", "check", folder.File("lab.yaml",
            profile.Replace("image_bytes: 48128", "image_bytes: 100000", StringComparison.Ordinal)));

        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("two images and board.txt do not fit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_copy_under_the_name_of_a_shipped_board_is_noted()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string profile = await ProfileAsync("ears-devkit");
        CliRun changed = await CliRun.Of("board", "check", folder.File("lab.yaml",
            profile.Replace("pin: 18", "pin: 19", StringComparison.Ordinal)));
        CliRun renamed = await CliRun.Of(
            "board", "check", folder.File("own.yaml", profile.Replace("pin: 18", "pin: 19", StringComparison.Ordinal)
                .Replace("name: ears-devkit", "name: own", StringComparison.Ordinal)));

        Assert.Equal(ExitCode.Ok, changed.Code);
        Assert.Contains("also the name of a board of this program", changed.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, renamed.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("text", "--all")]
    [InlineData("text", "lui", "--all", "-o", "x")]
    public async Task Half_a_command_writes_nothing(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, (await CliRun.Of(["board", .. arguments])).Code);
    }

    private static Task<string> ProfileAsync(string name)
        => File.ReadAllTextAsync(Path.Combine(Repository.Root(), "hardware", "boards", name + ".yaml"));
}
