// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Hardware.Tests;

public sealed class StoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("neuromcu-store-").FullName + Path.DirectorySeparatorChar;

    public void Dispose() => Directory.Delete(_root, true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_stores_keep_the_contract(bool onDisk)
    {
        IFileStore store = onDisk ? new LittlefsFileStore(_root) : new VirtualFlash(100_000);
        byte[] buffer = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        Assert.Equal(-1, store.Length("a.img"));
        Assert.Equal(0, store.Read("a.img", 0, new byte[4], 0, 4));
        store.Delete("a.img");
        store.Create("a.img");
        Assert.Equal(0, store.Length("a.img"));
        store.Append("a.img", buffer, 10, 200);
        store.Append("a.img", buffer, 0, 5);
        Assert.Equal(205, store.Length("a.img"));
        byte[] read = new byte[300];
        Assert.Equal(205, store.Read("a.img", 0, read, 0, 300));
        Assert.Equal(buffer[10..210], read[..200]);
        Assert.Equal(5, store.Read("a.img", 200, read, 7, 100));
        Assert.Equal(buffer[..5], read[7..12]);
        Assert.Equal(0, store.Read("a.img", 205, read, 0, 1));
        store.Append("b", buffer, 0, 1);
        store.Create("a.img");
        Assert.Equal(0, store.Length("a.img"));
        Assert.Equal(1, store.Length("b"));
        store.Delete("b");
        Assert.Equal(-1, store.Length("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("a name that is longer than 32 letters")]
    public void Names_stay_inside_the_store(string name)
    {
        Assert.Throws<ArgumentException>(() => new LittlefsFileStore(_root).Create(name));
    }

    [Fact]
    public void Power_can_fail_at_every_step_and_harms_only_the_file_at_hand()
    {
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        static void Write(VirtualFlash flash, byte[] data)
        {
            flash.Create("new");
            flash.Append("new", data, 0, 5);
            flash.Append("new", data, 5, 3);
            flash.Delete("old");
        }

        var whole = new VirtualFlash(1000);
        whole.Put("old", [9]);
        Write(whole, data);
        Assert.Equal(10, whole.Steps);
        foreach (TornWrite torn in Enum.GetValues<TornWrite>())
        {
            for (long cut = 0; cut < whole.Steps; cut++)
            {
                var flash = new VirtualFlash(1000);
                flash.Put("old", [9]);
                flash.CutPowerAfter(cut, torn);
                Assert.Throws<PowerLostException>(() => Write(flash, data));
                Assert.False(flash.Powered);
                Assert.Throws<PowerLostException>(() => flash.Length("old"));
                flash.RestorePower();

                // Only the last step takes the old file away.
                Assert.Equal(1, flash.Length("old"));
                byte[]? left = flash.Contents("new");
                Assert.Equal(cut > 0, left is not null);
                if (left is not null)
                {
                    int written = (int)cut - 1;
                    int kept = torn == TornWrite.Nothing ? (written < 5 ? 0 : written < 8 ? 5 : 8) : written;
                    Assert.Equal(data[..kept], left[..kept]);
                    Assert.All(left[kept..], b => Assert.Equal(0xff, b));
                    Assert.True(torn == TornWrite.PrefixThenErased || left.Length == kept);
                }
            }
        }
    }

    [Fact]
    public void A_full_store_says_so_and_keeps_what_fits()
    {
        var flash = new VirtualFlash(100);
        flash.Append("a", new byte[60], 0, 60);
        IOException error = Assert.Throws<IOException>(() => flash.Append("b", new byte[60], 0, 60));
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Equal(40, flash.Length("b"));
        Assert.Equal(100, flash.Used);
    }

    [Fact]
    public void Flash_is_slow()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        var flash = new VirtualFlash(100_000, bench);
        flash.Append("a", new byte[10_000], 0, 10_000);
        Assert.Equal((4000 + (10_000 * 15)), bench.Clock.Now);
    }
}
