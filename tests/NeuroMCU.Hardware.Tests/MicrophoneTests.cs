// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.Hardware.Esp32;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Hardware.Tests;

public sealed class MicrophoneTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Frames_arrive_exactly_left_and_right_and_stay_at_the_last_one()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().Play(Ramp(1000));
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        (short[] left, short[] right) = Record(pair, clock, 1280);
        for (int k = 0; k < 1000; k++)
        {
            Assert.Equal(k, left[k]);
            Assert.Equal(-k, right[k]);
        }

        Assert.All(left[1000..], s => Assert.Equal(999, s));
        Assert.All(right[1000..], s => Assert.Equal(-999, s));
        Assert.True(bench.Microphones().Finished);
        Assert.Equal(0, pair.Lost);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void Nothing_is_read_before_a_block_is_complete_and_reading_then_does_not_wait()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        short[] left = new short[256];
        short[] right = new short[256];
        bench.Clock.AdvanceTo(15_999);
        Assert.Equal(0, pair.Read(left, right));
        Assert.Equal(15_999, clock.Now);
        Assert.Equal(16_000, pair.NextBlockTime);
        bench.Clock.AdvanceTo(16_000);
        Assert.Equal(256, pair.Read(left, right));
        Assert.Equal(16_000, clock.Now);
        Assert.Equal(256, pair.Position);
    }

    [Fact]
    public void A_sound_in_the_middle_has_its_time_on_the_frame_index()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        bench.Microphones().Play(Ramp(100), at: 50_000);
        (short[] left, _) = Record(pair, clock, 1280);
        int first = Array.FindIndex(left, s => s == 1) - 1;
        long time = pair.StartTime + (first * 1_000_000L / pair.SampleRate);
        Assert.Equal(50_000, time);
    }

    [Fact]
    public void Frames_lost_to_a_late_reader_are_counted_as_the_bench_counts_them()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().Play(Ramp(16_000));
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        short[] left = new short[256];
        short[] right = new short[256];
        long expected = 0;
        var random = new Random(1);
        for (int turn = 0; turn < 60; turn++)
        {
            // A loop that is busy for up to 600 ms; the DMA holds 15 buffers of 16 ms.
            bench.Clock.AdvanceTo(clock.Now + random.Next(0, 600_000));
            int got = pair.Read(left, right);
            if (got == 0)
            {
                continue;
            }

            expected = pair.Position - got;
            Assert.Equal((short)Math.Min(expected, 15_999), left[0]);
        }

        Assert.True(pair.Lost > 0);
        Assert.Equal(bench.Microphones().LostFrames, pair.Lost);
    }

    [Fact]
    public void A_reader_in_time_loses_nothing_and_hardly_waits_for_a_minute()
    {
        var bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
        using IDisposable scope = Bench.Use(bench);
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        short[] left = new short[256];
        short[] right = new short[256];
        long blocks = 0;
        while (clock.Now < 60_000_000)
        {
            clock.Idle(pair.NextBlockTime);
            blocks += pair.Read(left, right) > 0 ? 1 : 0;
        }

        Assert.Equal(0, pair.Lost);
        Assert.InRange(blocks, (60 * Rate / 256) - 2, (60 * Rate / 256) + 1);

        // The time base has not moved.
        Assert.InRange(pair.StartTime, 0, 1000);
    }

    [Fact]
    public void A_bus_that_hardly_runs_is_a_fault_after_one_read_and_not_a_stop_in_each()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().ClockErrorPpm = -990_000;
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        while (clock.Now < pair.NextBlockTime)
        {
            clock.Idle(pair.NextBlockTime);
        }

        Assert.Throws<InvalidOperationException>(() => pair.Read(new short[256], new short[256]));
    }

    [Theory]
    [InlineData(150)]
    [InlineData(-150)]
    public void A_bus_that_is_off_its_rate_is_followed(int ppm)
    {
        // Without following, the one would fall 90 ms behind in ten minutes and lose frames (the buffer holds 48 ms), the other would
        // wait for each block.
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().ClockErrorPpm = ppm;
        var clock = new BenchClock(bench);
        BoardProfile board = BoardText.Parse(BuiltInBoard.Text);
        board.MicrophoneBufferFrames = 1024;
        IMicrophonePair pair = BoardDrivers.Microphones(board, clock);
        pair.Start(Rate);
        short[] left = new short[256];
        short[] right = new short[256];
        long waited = 0;
        long blocks = 0;
        while (clock.Now < 600_000_000)
        {
            clock.Idle(pair.NextBlockTime);
            long before = clock.Now;
            if (pair.Read(left, right) > 0)
            {
                blocks++;
                waited += clock.Now - before;
            }
        }

        Assert.Equal(0, bench.Microphones().LostFrames);
        Assert.Equal(0, pair.Lost);
        Assert.True(waited < blocks * 100, $"waited {waited / blocks} us a block");

        // The time base is right to the 5 ms that it may drift: frame index and clock agree.
        long reckoned = pair.StartTime + (pair.Position * 1_000_000 / Rate);
        Assert.InRange(reckoned - clock.Now, -30_000, 10_000);
    }

    [Fact]
    public void Resampling_keeps_the_time_between_the_ears()
    {
        // 100 µs between the ears at 48 kHz, heard at 16 kHz.
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().Play(Tones(48_000, 100e-6));
        IMicrophonePair pair = Start(bench, out BenchClock clock);
        (short[] left, short[] right) = Record(pair, clock, 3072);
        double delay = PhaseDelay(left, right, 1000, 500, 2500);
        Assert.InRange(delay, 99.5e-6, 100.5e-6);
    }

    [Fact]
    public void Missing_pins_give_silence_as_on_the_device()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Microphones().Play(Ramp(1000));
        var settings = new System.Device.I2s.I2sConnectionSettings(1)
        {
            Mode = System.Device.I2s.I2sMode.Master | System.Device.I2s.I2sMode.Rx,
            SampleRate = Rate,
        };
        using var device = new System.Device.I2s.I2sDevice(settings);
        byte[] buffer = new byte[1024];
        device.Read(new SpanByte(buffer));
        Assert.All(buffer, b => Assert.Equal(0, b));

        // It has waited for 256 frames all the same.
        Assert.Equal(16_000, bench.Clock.Now);
    }

    [Fact]
    public void Words_of_32_bits_hold_24_bits_left_aligned()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        Configuration.SetPinFunction(32, DeviceFunction.I2S1_BCK);
        Configuration.SetPinFunction(33, DeviceFunction.I2S1_WS);
        Configuration.SetPinFunction(34, DeviceFunction.I2S1_MDATA_IN);
        bench.Microphones().Play(new StereoSound(Rate, [1.5f / 8_388_608, -2f], [0.5f, 1f]));
        var settings = new System.Device.I2s.I2sConnectionSettings(1)
        {
            Mode = System.Device.I2s.I2sMode.Master | System.Device.I2s.I2sMode.Rx,
            BitsPerSample = System.Device.I2s.I2sBitsPerSample.Bit32,
            SampleRate = Rate,
        };
        using var device = System.Device.I2s.I2sDevice.Create(settings);
        byte[] buffer = new byte[16];
        device.Read(buffer);
        int[] words = Enumerable.Range(0, 4).Select(k => BitConverter.ToInt32(buffer, 4 * k)).ToArray();
        Assert.Equal([2 << 8, 1 << 30, int.MinValue, 0x7fffff00], words);
    }

    [Fact]
    public void Misuse_throws()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        IMicrophonePair pair = Start(bench, out _);
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Start(7999));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Start(48_001));
        pair.Stop();
        Assert.Equal(0, pair.SampleRate);
        Assert.Equal(long.MaxValue, pair.NextBlockTime);
        Assert.Equal(0, pair.Read(new short[256], new short[256]));
        BoardProfile deaf = BoardText.Parse("name=x\nimage.max=1\nnetwork.max=1\nstore.bytes=1\n");
        Assert.Null(BoardDrivers.Microphones(deaf, new BenchClock(bench)));
        var settings = new System.Device.I2s.I2sConnectionSettings(3)
        {
            Mode = System.Device.I2s.I2sMode.Master
            | System.Device.I2s.I2sMode.Rx
        };
        Assert.Throws<ArgumentException>(() => new System.Device.I2s.I2sDevice(settings));
        settings.BusId = 1;
        settings.BufferSize = 4095;
        Assert.Throws<ArgumentException>(() => new System.Device.I2s.I2sDevice(settings));
    }

    private static IMicrophonePair Start(Bench bench, out BenchClock clock)
    {
        clock = new BenchClock(bench);
        IMicrophonePair pair = BoardDrivers.Microphones(BoardText.Parse(BuiltInBoard.Text), clock);
        pair.Start(Rate);
        return pair;
    }

    private static (short[] Left, short[] Right) Record(IMicrophonePair pair, BenchClock clock, int frames)
    {
        short[] left = new short[frames];
        short[] right = new short[frames];
        short[] l = new short[256];
        short[] r = new short[256];
        for (int done = 0; done < frames;)
        {
            clock.Idle(pair.NextBlockTime);
            int got = pair.Read(l, r);
            Array.Copy(l, 0, left, done, got);
            Array.Copy(r, 0, right, done, got);
            done += got;
        }

        return (left, right);
    }

    private static StereoSound Ramp(int length) => new(
        Rate,
        Enumerable.Range(0, length).Select(k => k / 32_768f).ToArray(),
        Enumerable.Range(0, length).Select(k => -k / 32_768f).ToArray());

    private static StereoSound Tones(int rate, double delay)
    {
        float Tone(double t) => (float)(0.4 * Math.Sin(2 * Math.PI * 1000 * t));
        return new StereoSound(
            rate,
            Enumerable.Range(0, rate / 4).Select(k => Tone((double)k / rate)).ToArray(),
            Enumerable.Range(0, rate / 4).Select(k => Tone(((double)k / rate) - delay)).ToArray());
    }

    private static double PhaseDelay(short[] left, short[] right, double frequency, int from, int to)
    {
        static double Phase(short[] x, double frequency, int from, int to)
        {
            double re = 0;
            double im = 0;
            for (int k = from; k < to; k++)
            {
                double angle = 2 * Math.PI * frequency * k / Rate;
                re += x[k] * Math.Cos(angle);
                im += x[k] * Math.Sin(angle);
            }

            return Math.Atan2(im, re);
        }

        return (Phase(right, frequency, from, to) - Phase(left, frequency, from, to)) / (2 * Math.PI * frequency) * 1;
    }
}
