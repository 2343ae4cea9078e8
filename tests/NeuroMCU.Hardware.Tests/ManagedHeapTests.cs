// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Hardware.Spikes;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Hardware.Tests;

/// <summary>What the platform leaves on the heap is collected when the heap is used up, and the device stands still meanwhile.</summary>
public sealed class ManagedHeapTests
{
    /// <summary>Any mix of readings, any heap: against the same readings with a heap that never fills.</summary>
    [Theory]
    [InlineData("esp32-rev3", 1)]
    [InlineData("esp32-rev3", 2)]
    [InlineData("esp32-psram-rev3", 3)]
    [InlineData("esp32-psram-rev3", 4)]
    public void A_collection_comes_each_time_the_heap_is_used_up_and_makes_the_device_late_by_its_pause(string profile, int seed)
    {
        var random = new Random(seed);
        long free = random.Next(1_000, 60_000);
        bool[] counted = new bool[5_000];
        var collects = new List<long>();
        long bytes = 0;
        long pieces = 0;
        for (int i = 0; i < counted.Length; i++)
        {
            counted[i] = random.Next(2) == 0;
            long before = bytes / free;
            bytes += counted[i] ? 72 : 48;
            pieces += 2;
            if (bytes / free > before)
            {
                collects.Add(pieces);
                pieces = 0;
            }
        }

        Bench full = Read(profile, free, counted);
        Bench endless = Read(profile, long.MaxValue, counted);
        Assert.Equal(bytes, full.Heap.AllocatedBytes);
        Assert.Equal(bytes / free, full.Heap.Collections);
        Assert.Equal(0, endless.Heap.Collections);

        long look = full.Costs.Of(DeviceCall.CollectedObject);
        long late = 0;
        long longest = 0;
        foreach (long garbage in collects)
        {
            late += (full.Heap.LivingObjects + garbage) * look;
            longest = Math.Max(longest, (full.Heap.LivingObjects + garbage) * look);
        }

        Assert.True(late > 0);
        Assert.Equal(late, full.Clock.Nanoseconds - endless.Clock.Nanoseconds);
        Assert.Equal(late, full.BusyNanoseconds - endless.BusyNanoseconds);
        Assert.Equal(late, full.Heap.PausedNanoseconds);
        Assert.Equal(longest, full.Heap.LongestNanoseconds);
    }

    [Fact]
    public void Where_nothing_costs_anything_nothing_is_collected()
    {
        Bench bench = Read("ideal", 1_000, new bool[5_000]);
        Assert.Equal(240_000, bench.Heap.AllocatedBytes);
        Assert.Equal(0, bench.Heap.Collections);
        Assert.Equal(0, bench.Clock.Nanoseconds);
    }

    /// <summary>A value that a reading returns is that of the time of the reading; what comes during the pause is for the next
    /// one.</summary>
    [Fact]
    public void A_spike_during_a_pause_is_seen_by_the_next_look_and_not_lost()
    {
        var bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new Drivers.PulseTrain(3.3, 100, [1_000]));
        var counter = new GpioPulseCounter(34);
        counter.Polarity = GpioPulsePolarity.Rising;
        counter.Start();
        bench.Clock.AdvanceTo(800);
        bench.Heap.FreeBytes = 72;
        Assert.Equal(0, counter.Read().Count);
        Assert.True(bench.Clock.Now > 1_100, "the pause is longer than the pulse is away");
        bench.Heap.FreeBytes = long.MaxValue;
        Assert.Equal(1, counter.Read().Count);
    }

    [Fact]
    public void Each_look_at_a_pin_leaves_what_was_measured_on_nanoCLR()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var queue = new SpikeBuffer(64);
        var counter = new PulseCounterInput(34);
        var polled = new PolledInput(new GpioController(), 35, 0);
        Assert.Equal(72, Left(bench, () => counter.Poll(1, queue, 0)));
        Assert.Equal(48, Left(bench, () => polled.Poll(1, queue, 0)));
    }

    private static long Left(Bench bench, Action action)
    {
        long before = bench.Heap.AllocatedBytes;
        action();
        return bench.Heap.AllocatedBytes - before;
    }

    private static Bench Read(string profile, long free, bool[] counted)
    {
        var bench = new Bench(CostProfile.Find(profile));
        using IDisposable scope = Bench.Use(bench);
        bench.Heap.FreeBytes = free;
        var counter = new GpioPulseCounter(34);
        GpioPin pin = new GpioController().OpenPin(35, PinMode.Input);
        foreach (bool isCounted in counted)
        {
            if (isCounted)
            {
                counter.Read();
            }
            else
            {
                pin.Read();
            }
        }

        return bench;
    }
}
