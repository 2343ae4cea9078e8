// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Accuracy;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The table that says whether the standalone firmware keeps up with sounds that last.</summary>
public sealed class RealTimeTableTests
{
    [Fact]
    public void At_the_costs_of_the_device_it_keeps_up_and_a_slower_one_is_busier()
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "libmysofa1 with KEMAR's responses is not installed");

        RealTimeTable table = RealTimeTable.Measure(Listening.Network, SofaHead.Kemar(), null);

        Assert.Equal(7, table.Rows.Count);
        Assert.All(table.Rows, row =>
        {
            Assert.InRange(row.Load, 0.1, 0.8);
            Assert.Equal(0, row.LostFrames);
            Assert.InRange(row.FirstAnswer!.Value, 0.05, 0.25);
            Assert.InRange(row.Listened, 0.03, 0.6);
            Assert.InRange(row.MeanError!.Value, 0, 3);
        });
        Assert.InRange(table.HeapBytes, 46_000, 54 * 1024);
        Assert.InRange(table.FrontEndBytes, 10_000, table.HeapBytes / 2);

        // Three times slower, the same sounds take more of the loop; by plan, not three times as much.
        (string name, StereoSound sound) = LastingSounds.Of(SofaHead.Kemar(), RealTimeTable.Azimuth).First();
        RealTimeRow slow = RealTimeTable.Play(Listening.Network, name, sound, "esp32-rev3");
        Assert.InRange(slow.Load, table.Rows[0].Load + 0.05, 1);
        Assert.Equal(0, slow.LostFrames);
    }
}
