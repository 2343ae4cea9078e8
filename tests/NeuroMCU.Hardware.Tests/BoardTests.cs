// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Hardware.Tests;

public sealed class BoardTests
{
    private const string Least = "name=x\nimage.max=1\nnetwork.max=1\nstore.bytes=1\n";

    [Fact]
    public void The_built_in_board_passes_its_own_check()
    {
        BoardProfile board = BoardText.Parse(BuiltInBoard.Text);
        byte[] name = Encoding.UTF8.GetBytes("ears-devkit");
        Assert.Equal(Crc32.Compute(name, 0, name.Length), board.BoardId);
        Assert.Equal("I:\\", board.StoreRoot);
        Assert.Equal("pointer", board.Outputs[0].Name);
    }

    /// <summary>The chip has eight pulse counters; channels that find their spikes in another way need none.</summary>
    [Fact]
    public void Eight_channels_may_count_their_pulses_and_a_ninth_may_not()
    {
        int[] pins = [4, 13, 14, 16, 17, 18, 19, 21, 22];
        string Channels(int counters) => Least + string.Concat(
            Enumerable.Range(0, pins.Length)
            .Select(k => $"channel.{k}=n{k}\nchannel.{k}.spikes={(k < counters ? "2" : "1")},{pins[k]},0,0,0,15000,15000\n"));
        Assert.Equal(9, BoardText.Parse(Channels(8)).Channels.Length);
        BoardProfileException error = Assert.Throws<BoardProfileException>(() => BoardText.Parse(Channels(9)));
        Assert.Equal((BoardFault.NoCounter, 8), (error.Code, error.Detail));
    }

    [Theory]
    [InlineData("lamp=24", BoardFault.NoSuchPin, 24)]
    [InlineData("lamp=40", BoardFault.NoSuchPin, 40)]
    [InlineData("lamp=37", BoardFault.InputOnly, 37)]
    [InlineData("lamp=0", BoardFault.Strapping, 0)]
    [InlineData("lamp=12", BoardFault.Strapping, 12)]
    [InlineData("lamp=7", BoardFault.Memory, 7)]
    [InlineData("psram=1\nlamp=16", BoardFault.Memory, 16)]
    [InlineData("lamp=3", BoardFault.Debugger, 3)]
    [InlineData("lamp=18\noutput.0=a,2,18,0,1,0", BoardFault.UsedTwice, 18)]
    [InlineData("output.0=a,1,27,0,255,0", BoardFault.NoConverter, 27)]
    [InlineData("output.0=a,0,27,499,2000,1500", BoardFault.BadRange, 0)]
    [InlineData("output.0=a,0,27,1000,2501,1500", BoardFault.BadRange, 0)]
    [InlineData("output.0=a,0,27,1500,1500,1500", BoardFault.BadRange, 0)]
    [InlineData("output.0=a,0,27,1000,2000,2001", BoardFault.BadRange, 0)]
    [InlineData("output.0=a,9,27,0,1,0", BoardFault.BadRange, 0)]
    [InlineData("output.1=a,2,27,0,1,0", BoardFault.BadRange, 0)]
    [InlineData("output.0=a,2,-1,0,1,0", BoardFault.NoSuchPin, -1)]
    [InlineData("uart.port=COM1\nuart.tx=22\nuart.rx=21\nuart.baud=9600", BoardFault.BadPort, 0)]
    [InlineData("uart.port=COM2\nuart.tx=22\nuart.baud=9600", BoardFault.BadPort, 0)]
    [InlineData("mic.bus=1\nmic.clock=32\nmic.select=33\nmic.data=34\nmic.min=8000\nmic.max=48000\nmic.buffer=1000",
        BoardFault.BadMicrophones, 0)]
    [InlineData("mic.bus=1\nmic.clock=35\nmic.select=33\nmic.data=34\nmic.min=8000\nmic.max=48000\nmic.buffer=1024",
        BoardFault.InputOnly, 35)]
    [InlineData("store.bytes=0", BoardFault.BadLimit, 0)]
    [InlineData("tcp.port=70000", BoardFault.BadLimit, 0)]
    [InlineData("link.key=12", BoardFault.BadKey, 5)]
    [InlineData("nonsense", BoardFault.Syntax, 5)]
    [InlineData("lamb=4", BoardFault.UnknownKey, 5)]
    [InlineData("lamp=four", BoardFault.BadValue, 5)]
    [InlineData("lamp=99999999999", BoardFault.BadValue, 5)]
    [InlineData("output.0=a,2,27,0,1", BoardFault.BadValue, 5)]
    [InlineData("output.0=a,2,27,0,1,0,0", BoardFault.BadValue, 5)]
    [InlineData("output.16=a,2,27,0,1,0", BoardFault.BadValue, 5)]
    [InlineData("name=", BoardFault.NoName, 0)]
    public void What_would_harm_or_confuse_the_chip_is_refused(string lines, int code, int detail)
    {
        BoardProfileException error = Assert.Throws<BoardProfileException>(() => BoardText.Parse(Least + lines));
        Assert.Equal(code, error.Code);
        Assert.Equal(detail, error.Detail);
    }

    [Fact]
    public void Comments_spaces_and_windows_line_ends_are_no_matter()
    {
        BoardProfile board = BoardText.Parse("# a board\r\n\r\n name = y \r\n"
            + Least.Replace("name=x\n", string.Empty, StringComparison.Ordinal) + "lamp= 4\r\n");
        Assert.Equal("y", board.Name);
        Assert.Equal(4, board.LampPin);
    }

    [Fact]
    public void No_two_outputs_ever_share_a_pin_and_no_dangerous_pin_passes()
    {
        int[] refused = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 24, 28, 29, 30, 31, 34, 35, 36, 37, 38, 39];
        Prop.ForAll(Gen.Choose(0, 41).Two().ToArbitrary(), pins =>
        {
            (int a, int b) = pins;
            bool good = a != b && a < 40 && b < 40 && Array.IndexOf(refused, a) < 0 && Array.IndexOf(refused, b) < 0;
            try
            {
                BoardText.Parse(Least + "output.0=a,2," + a + ",0,1,0\noutput.1=b,2," + b + ",0,1,0\n");
                return good;
            }
            catch (BoardProfileException)
            {
                return !good;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_gives_a_board_or_a_fault()
    {
        Prop.ForAll<string>(text =>
        {
            try
            {
                BoardText.Parse(Least + text);
                return true;
            }
            catch (BoardProfileException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_store_gives_the_board_or_the_built_in_one()
    {
        var flash = new VirtualFlash(10_000);
        Assert.Equal("ears-devkit", BoardStore.Load(flash).Name);
        flash.Put(BoardStore.FileName, Encoding.UTF8.GetBytes(Least + "wifi.ssid=caf\u00e9 net\nlink.key=" + new string('a', 64)));
        BoardProfile board = BoardStore.Load(flash);
        Assert.Equal("x", board.Name);
        Assert.Equal("caf\u00e9 net", board.WifiSsid);
        Assert.Equal(32, board.LinkKey.Length);
        Assert.All(board.LinkKey, b => Assert.Equal(0xaa, b));
        flash.Put(BoardStore.FileName, new byte[5000]);
        Assert.Throws<BoardProfileException>(() => BoardStore.Load(flash));
    }
}
