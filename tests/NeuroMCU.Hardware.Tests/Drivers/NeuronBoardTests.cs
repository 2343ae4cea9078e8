// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class NeuronBoardTests
{
    private const string Least = "name=x\nimage.max=1\nnetwork.max=1\nstore.bytes=1\n";

    // kind, device, input, max, safe, limit, hold, override, reference, offset, resistance, frequency
    private const string Starter = Least +
        "channel.0=n1\nchannel.0.drive=1,-1,25,202,10,97000,108000,0,3300,600,20800,0\nchannel.0.sense=1,-1,32\nchannel.0.spikes=2,34,0,0,0,0,200\nchannel.0.reset=18\n" +
        "channel.1=n2\nchannel.1.drive=1,-1,26,202,0,97000,108000,0,3300,600,20800,0\nchannel.1.sense=1,-1,33\nchannel.1.spikes=2,35,0,0,0,0,200\nchannel.1.reset=19\n";

    private static readonly int[] s_detect = [34, 35, 32, 33, 25, 26, 36, 39];

    [Fact]
    public void Opening_drives_every_channel_to_its_safe_level_and_nothing_else()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        NeuronBoard board = Open(bench, Starter);
        Assert.Equal(2, board.Count);
        Assert.Equal([10.0], bench.Pins.Log(25).Select(c => c.Value));
        Assert.Equal([0.0], bench.Pins.Log(26).Select(c => c.Value));
        Assert.Equal([0.0], bench.Pins.Log(18).Select(c => c.Value));
        Assert.Empty(bench.Pins.Conflicts);
        board.Close();
    }

    [Fact]
    public void No_code_exceeds_the_limit_and_the_same_code_costs_nothing()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        NeuronBoard board = Open(bench, Starter);
        Assert.Equal(202, board.MaxCode(0));
        foreach (int code in new[] { 255, int.MaxValue, 203, 202, -1, int.MinValue, 100 })
        {
            board.Drive(0, code);
            Assert.Equal(Math.Clamp(code, 0, 202), bench.Pins.Value(25));
        }

        long before = bench.Clock.Nanoseconds;
        board.Drive(0, 100);
        Assert.Equal(before, bench.Clock.Nanoseconds);
        Assert.All(bench.Pins.Log(25), c => Assert.InRange(c.Value, 0, 202));
        Assert.Equal([0.0], bench.Pins.Log(26).Select(c => c.Value));
    }

    [Fact]
    public void Spikes_are_queued_with_channel_and_time_and_taken_in_order()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new PulseTrain(3.3, 200, 1_500, 4_200));
        bench.Pins.Connect(35, new PulseTrain(3.3, 200, 2_700));
        NeuronBoard board = Open(bench, Starter);
        var found = new List<(int, long)>();
        for (int t = 0; t <= 6_000; t += 1_000)
        {
            bench.Clock.AdvanceTo(t);
            board.Poll(t);
            while (board.Take())
            {
                found.Add((board.SpikeChannel, board.SpikeTime));
            }
        }

        Assert.Equal([(0, 1_500L), (1, 2_500L), (0, 4_500L)], found);
        Assert.Equal(1_000, board.Resolution);
        Assert.Equal(0, board.Missed);
        Assert.False(board.Take());
    }

    [Fact]
    public void Reset_and_safe_state_reach_the_pins()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        NeuronBoard board = Open(bench, Starter);
        board.Drive(0, 150);
        board.Drive(1, 160);
        board.Reset(1, true);
        board.Reset(1, true);
        Assert.Equal(1, bench.Pins.Value(19));
        Assert.Equal(0, bench.Pins.Value(18));
        Assert.Equal(-1, board.MakeSafe());
        Assert.Equal(10, bench.Pins.Value(25));
        Assert.Equal(0, bench.Pins.Value(26));
        Assert.Equal(0, bench.Pins.Value(19));
        board.Reset(1, true);
        board.Close();
        Assert.Equal(0, bench.Pins.Value(19));
        Open(bench, Starter).Close();
    }

    [Fact]
    public void Eight_neurons_on_two_buses_are_driven_and_read_each_for_itself()
    {
        var bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
        using IDisposable scope = Bench.Use(bench);
        (VirtualAd5328 dac, VirtualMcp3208 adc) = Chips(bench);
        for (int i = 0; i < 8; i++)
        {
            adc.Connect(i, new Level(0.1 + (0.3 * i)));
        }

        NeuronBoard board = Open(bench, Eight());
        for (int i = 0; i < 8; i++)
        {
            board.Drive(i, 1_000 + i);
            Assert.Equal((int)((0.1 + (0.3 * i)) / 3.3 * 4096), board.Sense(i));
        }

        Assert.Equal(Enumerable.Range(1_000, 8), Enumerable.Range(0, 8).Select(dac.Code));
        board.Drive(3, 4_095);
        Assert.Equal(board.MaxCode(3), dac.Code(3));

        // One line resets all; it stays pressed while any channel holds it.
        board.Reset(0, true);
        board.Reset(5, true);
        board.Reset(0, false);
        Assert.Equal(1, bench.Pins.Value(17));
        board.Reset(5, false);
        Assert.Equal(0, bench.Pins.Value(17));
        board.MakeSafe();
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(0, dac.Code(i)));
        Assert.Empty(dac.Violations);
        Assert.Empty(adc.Violations);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void A_channel_that_fails_does_not_keep_the_others_from_their_safe_level()
    {
        for (int broken = 0; broken < 2; broken++)
        {
            var bench = new Bench();
            using IDisposable scope = Bench.Use(bench);
            NeuronBoard board = Open(bench, Starter);
            board.Drive(0, 150);
            board.Drive(1, 160);
            int pin = 25 + broken;
            bool fails = true;
            bench.Pins.Listen(pin, _ =>
            {
                if (fails)
                {
                    throw new InvalidOperationException("bus fault");
                }
            });
            Assert.Equal(broken, board.MakeSafe());
            Assert.Equal(broken == 0 ? 0 : 10, bench.Pins.Value(26 - broken));

            // The code that failed is not taken for written: the next call tries again.
            fails = false;
            Assert.Equal(-1, board.MakeSafe());
            Assert.Equal([10.0, 0.0], new[] { bench.Pins.Value(25), bench.Pins.Value(26) });
        }
    }

    [Fact]
    public void A_fault_at_any_call_while_opening_leaves_no_drive_above_its_safe_level_and_no_pin_taken()
    {
        int calls = 0;
        for (int at = 1; at <= 6; at++)
        {
            var bench = new Bench();
            using IDisposable scope = Bench.Use(bench);
            int count = 0;
            int fault = at;
            foreach (int pin in new[] { 18, 19, 25, 26 })
            {
                bench.Pins.Listen(pin, _ =>
                {
                    if (++count == fault)
                    {
                        throw new InvalidOperationException("fault");
                    }
                });
            }

            try
            {
                Open(bench, Starter).Close();
            }
            catch (InvalidOperationException)
            {
                calls++;
            }

            Assert.True(bench.Pins.Value(25) <= 10 && bench.Pins.Value(26) == 0);
            Assert.Equal(0, bench.Pins.Value(18));
            Assert.Equal(0, bench.Pins.Value(19));
        }

        Assert.Equal(4, calls);
    }

    [Fact]
    public void A_wrong_profile_drives_nothing()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        BoardProfile profile = BoardText.Parse(Starter);
        profile.Channels[1].DriveMax = 240;
        Assert.Equal(BoardFault.AboveLimit,
            Assert.Throws<BoardProfileException>(() => new NeuronBoard(profile, new GpioController(), new BenchClock(bench))).Code);
        Assert.All(Enumerable.Range(0, 40), pin => Assert.Empty(bench.Pins.Log(pin)));
    }

    [Fact]
    public void A_streamed_channel_senses_through_its_stream()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new PulseTrain(2, 200, 5_000));
        NeuronBoard board = Open(bench, Least + "channel.0=n1\nchannel.0.sense=1,-1,34\nchannel.0.spikes=4,34,1000,925,200,40000,200\n");
        Assert.Equal(0, board.MaxCode(0));
        board.Drive(0, 100);
        for (int t = 0; t < 12_000; t += 1_000)
        {
            bench.Clock.AdvanceTo(t);
            board.Poll(bench.Clock.Now);
        }

        Assert.Equal(1, board.SpikeCount);
        Assert.True(board.Take());
        Assert.InRange(board.SpikeTime, 4_975, 5_025);
        Assert.Equal(25, board.Resolution);
        Assert.InRange(board.Sense(0), 0, 10);
        board.Close();
    }

    private static NeuronBoard Open(Bench bench, string text) => new(BoardText.Parse(text), new GpioController(), new BenchClock(bench));

    private static (VirtualAd5328 Dac, VirtualMcp3208 Adc) Chips(Bench bench)
    {
        var dac = new VirtualAd5328();
        var adc = new VirtualMcp3208();
        bench.Spi(2).Attach(dac, 18, 23, -1, 19);
        bench.Spi(1).Attach(adc, 14, 27, 13, 16);
        return (dac, adc);
    }

    private static string Eight() => Least + "spi.0=dac8,1,2,18,23,-1,19,1,10000000,2500\nspi.1=adc8,2,1,14,27,13,16,0,1000000,3300\n" +
        string.Concat(s_detect.Select((pin, i) =>
            $"channel.{i}=n{i + 1}\nchannel.{i}.drive=2,0,{i},3302,0,97000,108000,0,2500,600,14600,0\nchannel.{i}.sense=2,1,{i}\nchannel.{i}.spikes=2,{pin},0,0,0,0,200\nchannel.{i}.reset=17\n"));
}
