// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Networks.Tests.Boards;

public sealed class BoardProfileFileTests
{
    private static readonly string s_text = ReadResource("ears-devkit");

    [Fact]
    public void Every_profile_of_the_repository_reads_and_survives_the_way_to_the_device()
    {
        Assert.Contains(BoardCatalog.DefaultName, BoardCatalog.Names);
        foreach (string name in BoardCatalog.Names)
        {
            BoardDescription board = BoardCatalog.Find(name);
            Assert.Equal(name, board.Profile.Name);
            Assert.Contains(board.Costs, CostProfileFile.BuiltInNames);
            board.Profile.WifiSsid = "a=b, c#d";
            board.Profile.WifiPassword = "päss wörd=";
            board.Profile.LinkKey = Enumerable.Range(0, 32).Select(i => (byte)(i * 7)).ToArray();
            BoardProfile device = BoardText.Parse(BoardDeviceText.Write(board.Profile));
            Assert.Equivalent(board.Profile, device, strict: true);
        }
    }

    [Fact]
    public void The_firmwares_built_in_board_is_the_default_one()
    {
        Assert.Equal(BuiltInBoard.Text, BoardDeviceText.Write(BoardCatalog.Find(BoardCatalog.DefaultName).Profile));
    }

    [Theory]
    [InlineData("pin: 27", "pin: 12", "outputs[0].pin: GPIO12 decides how the chip starts")]
    [InlineData("pin: 27", "pin: 35", "outputs[0].pin: GPIO35 can only be read")]
    [InlineData("pin: 27", "pin: 25", "outputs[1].pin: GPIO25 is used twice")]
    [InlineData("pin: 25", "pin: 23", "outputs[1].pin: GPIO23 has no converter")]
    [InlineData("lamp: 4", "lamp: 9", "lamp: GPIO9 belongs to the memory")]
    [InlineData("tx: 22", "tx: 1", "uart.tx: GPIO1 belongs to the debugger")]
    [InlineData("tx: 22", "tx: 20", "uart.tx: the ESP32 has no GPIO20")]
    [InlineData("safe: 1500 us", "safe: 2100 us", "outputs[0]: the range of output 0")]
    [InlineData("low: 1000 us", "low: 1000", "unit")]
    [InlineData("low: 1000 us", "low: 400 us", "out of range")]
    [InlineData("lowest_rate: 8 kHz", "lowest_rate: 8 ms", "microphones.lowest_rate")]
    [InlineData("lowest_rate: 8 kHz", "lowest_rate: 64 kHz", "lowest_rate <= highest_rate")]
    [InlineData("kind: servo", "kind: serve", "did you mean `servo`?")]
    [InlineData("costs: esp32-rev3", "costs: esp32-rev4", "did you mean `esp32-rev3`?")]
    [InlineData("link_loss: 3 s", "linkloss: 3 s", "did you mean `link_loss`?")]
    [InlineData("    safe: 0", "    safe: 0\n    low: 0", "a digital output is low or high")]
    [InlineData("port: COM2", "port: COM1", "`COM2` or `COM3`")]
    [InlineData("neuromcu-board: 1", "neuromcu-board: 2", "out of range")]
    [InlineData("name: pointer", "name: a,b", "holds a comma")]
    [InlineData("uart: ", "uart: [", "is not YAML")]
    public void A_wrong_profile_is_refused_with_place_and_advice(string right, string wrong, string message)
    {
        Assert.Contains(right, s_text, StringComparison.Ordinal);
        BoardFileException error = Assert.Throws<BoardFileException>(
            () => BoardProfileFile.Parse(s_text.Replace(right, wrong, StringComparison.Ordinal), "my.yaml"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.All(error.Diagnostics, d =>
        {
            Assert.Equal("my.yaml", d.File);
            Assert.True(d.Line > 0 && d.Column > 0);
            Assert.NotEmpty(d.Hint);
        });
    }

    [Fact]
    public void The_place_is_that_of_the_pin()
    {
        string[] lines = s_text.Split('\n');
        int line = Array.FindIndex(lines, l => l.Contains("pin: 27", StringComparison.Ordinal)) + 1;
        BoardFileException error = Assert.Throws<BoardFileException>(
            () => BoardProfileFile.Parse(s_text.Replace("pin: 27", "pin: 2", StringComparison.Ordinal), "my.yaml"));
        Diagnostic finding = Assert.Single(error.Diagnostics);
        Assert.Equal(line, finding.Line);
        Assert.Equal(lines[line - 1].IndexOf("27", StringComparison.Ordinal) + 1, finding.Column);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        string text = s_text.Replace("pin: 27", "pin: x", StringComparison.Ordinal)
            .Replace("baud: 921600", "baud: fast", StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<BoardFileException>(() => BoardProfileFile.Parse(text, "my.yaml")).Diagnostics.Count);
    }

    [Fact]
    public void Missing_files_and_unknown_boards_say_what_to_do()
    {
        Assert.Contains("check the path", Assert.Throws<BoardFileException>(() => BoardCatalog.Find("/no/such.yaml")).Message,
            StringComparison.Ordinal);
        Assert.Contains("did you mean `ears-devkit`?", Assert.Throws<BoardFileException>(() => BoardCatalog.Find("ears-devkid")).Message,
            StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<BoardFileException>(() => BoardProfileFile.Parse(string.Empty, "x.yaml")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_has_words_of_its_own()
    {
        int[] codes = typeof(BoardFault).GetFields().Select(f => (int)f.GetRawConstantValue()!).ToArray();
        Assert.Equal(codes.Length, codes.Select(c => BoardFaultText.Explain(c, 7).Message).Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, c => Assert.DoesNotContain("fault " + c, BoardFaultText.Explain(c, 7).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_end_cannot_be_smuggled_into_the_devices_text()
    {
        BoardProfile profile = BoardCatalog.Find("ears-devkit").Profile;
        profile.WifiSsid = "x\nwatchdog=0";
        Assert.Throws<ArgumentException>(() => BoardDeviceText.Write(profile));
    }

    private static string ReadResource(string name)
    {
        using Stream stream = typeof(BoardCatalog).Assembly.GetManifestResourceStream("boards/" + name + ".yaml")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
