// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Timing;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Hardware.Tests;

public sealed class ClockTests
{
    [Fact]
    public void Costs_below_a_microsecond_add_up()
    {
        var clock = new VirtualClock();
        for (int i = 0; i < 10; i++)
        {
            clock.Charge(300);
        }

        Assert.Equal(3, clock.Now);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Charge(-1));
    }

    [Fact]
    public void An_idle_device_jumps_to_the_next_event_but_not_past_the_schedulers_grain()
    {
        var bench = new Bench();
        var clock = new BenchClock(bench);
        clock.Idle(1234);
        Assert.Equal(1234, clock.Now);
        clock.Idle(long.MaxValue);
        Assert.Equal(1234 + bench.IdleLimit, clock.Now);
        clock.Idle(5);
        Assert.Equal(1234 + bench.IdleLimit, clock.Now);
    }

    [Fact]
    public void An_idle_device_wakes_when_a_byte_arrives()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        using System.IO.Ports.SerialPort port = SerialTests.Open(115200);
        bench.Uart("COM2").HostWrite([1]);
        bench.Idle(long.MaxValue);

        // 10 bits at 115 200 baud, rounded up to the whole microsecond at which the byte is there.
        Assert.Equal(87, bench.Clock.Now);
        Assert.Equal(1, port.BytesToRead);
    }

    [Fact]
    public void Reading_the_timer_costs_what_the_profile_says()
    {
        var bench = new Bench(CostProfile.Find("esp32-rev3"));
        using IDisposable scope = Bench.Use(bench);
        IClock clock = new EspClock();
        long first = clock.Now;
        long second = clock.Now;
        Assert.Equal(bench.Costs.Of(DeviceCall.TimerRead) / 1000, second - first);
        Assert.True(second > first);
    }

    [Fact]
    public void Work_is_charged_once_and_survives_a_reset_of_its_counter()
    {
        var meter = new Meter();
        var bench = new Bench(CostProfile.Find("esp32-rev3")) { Meter = meter };
        meter.Synaptic = 1000;
        bench.Settle();
        long each = bench.Costs.Of(WorkKind.SynapticEvent);
        Assert.True(each > 0);
        Assert.Equal(1000 * each, bench.Clock.Nanoseconds);
        bench.Settle();
        Assert.Equal(1000 * each, bench.Clock.Nanoseconds);

        // Counters start anew: what they show was done since.
        meter.Synaptic = 10;
        bench.Settle();
        Assert.Equal(1010 * each, bench.Clock.Nanoseconds);
        Assert.Equal(bench.Clock.Nanoseconds, bench.BusyNanoseconds);
    }

    [Fact]
    public void Overload_shows_as_time_behind_schedule()
    {
        // 1000 synaptic events every ms: far more than the device can serve.
        static long Behind(string profile)
        {
            var meter = new Meter();
            var bench = new Bench(CostProfile.Find(profile)) { Meter = meter };
            var clock = new BenchClock(bench);
            for (int ms = 1; ms <= 100; ms++)
            {
                clock.Idle(ms * 1000);
                meter.Synaptic += 1000;
            }

            return clock.Now - 100_000;
        }

        Assert.True(Behind("esp32-rev3") > 1_000_000);
        Assert.True(Behind("esp32-psram-rev3") > 100_000);
        Assert.True(Behind("esp32-psram-rev3") < Behind("esp32-rev3"));
        Assert.Equal(0, Behind("ideal"));
    }

    [Fact]
    public void Each_flow_sees_its_own_bench()
    {
        var one = new Bench();
        var two = new Bench();
        two.Clock.AdvanceTo(500);
        using (Bench.Use(one))
        {
            Assert.Equal(0UL, HighResTimer.GetCurrent());
            using (Bench.Use(two))
            {
                Assert.Equal(500UL, HighResTimer.GetCurrent());
            }

            Assert.Equal(0UL, HighResTimer.GetCurrent());
            var thread = new Thread(() => Assert.Same(one, Bench.Current));
            thread.Start();
            thread.Join();
        }

        Assert.Throws<InvalidOperationException>(() => Bench.Current);
    }

    [Fact]
    public void In_real_time_virtual_time_does_not_run_ahead_of_the_wall()
    {
        var clock = new VirtualClock();
        var watch = Stopwatch.StartNew();
        clock.RealTime = true;
        for (int ms = 1; ms <= 60; ms++)
        {
            clock.AdvanceTo(ms * 1000);

            // 2 ms of slack is what a sleep may save.
            Assert.True(clock.Now <= (watch.Elapsed.TotalMilliseconds * 1000) + 2100, "virtual time ran ahead");
        }
    }

    [Fact]
    public void In_real_time_an_idle_device_wakes_early_at_the_walls_time()
    {
        var clock = new VirtualClock { RealTime = true };
        var thread = new Thread(() =>
        {
            Thread.Sleep(20);
            clock.Wake();
        });
        thread.Start();
        clock.IdleTo(60_000_000);
        thread.Join();
        Assert.InRange(clock.Now, 1, 59_000_000);
    }

    private sealed class Meter : IWorkMeter
    {
        public long Synaptic { get; set; }

        public long Count(WorkKind kind) => kind == WorkKind.SynapticEvent ? Synaptic : 0;
    }
}
