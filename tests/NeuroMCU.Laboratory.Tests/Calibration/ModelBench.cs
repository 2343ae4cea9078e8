// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Tests.Calibration;

/// <summary>A board of closed forms: each channel has a part of its own, and a fault if a test wants one.</summary>
internal sealed class ModelBench : ICalibrationBench
{
    private readonly ThyristorCell[] _cells;
    private readonly double _noise;
    private readonly Random _random = new(1);
    private readonly bool[] _latched;

    public ModelBench(IReadOnlyList<ThyristorCell> cells, int bits = 12, double noise = 0.001)
    {
        _cells = [.. cells];
        _noise = noise;
        int full = (1 << bits) - 1;
        DriveDescription drive = new("dac", "DRIVE", full, 3300, 600, 20.8, 125, null, 0, null);
        SenseDescription sense = new("adc", "SENSE", 4095, 3300, 1);
        Channels = [.. cells.Select((_, i) => new BenchChannel(i, "n" + (i + 1), drive, sense))];
        Faults = new ReadingFault[cells.Count];
        Drivers = [.. Enumerable.Range(0, cells.Count)];
        _latched = new bool[cells.Count];
    }

    public enum ReadingFault
    {
        None,
        Open,
        Shorted,
        Stuck,
        Deaf,
        SenseDead,
        NeverLetsGo,
    }

    public IReadOnlyList<BenchChannel> Channels { get; }

    public ReadingFault[] Faults { get; }

    /// <summary>Which drive each neuron hangs on.</summary>
    public int[] Drivers { get; }

    /// <summary>Factor on all currents of a channel: drift.</summary>
    public Dictionary<int, double> Drift { get; } = [];

    public TimeSpan BenchTime { get; private set; }

    public bool Safe { get; private set; }

    /// <summary>Longest time that a channel was left blocked.</summary>
    public TimeSpan LongestBlock { get; private set; }

    public int? FailAfter { get; set; }

    public Task<IReadOnlyList<BenchReading>> MeasureAsync(IReadOnlyList<DriveCode> drives, MeasureTiming timing,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (FailAfter-- == 0)
        {
            throw new InvalidOperationException("link lost");
        }

        Safe = false;
        Assert.All(drives, d => Assert.InRange(d.Code, 0, Channels[d.Channel].MaxCode));
        Assert.Equal(drives.Count, drives.Select(d => d.Channel).Distinct().Count());
        BenchTime += TimeSpan.FromMilliseconds(timing.Settle + timing.Window + 4);
        BenchReading[] readings = [.. drives.Select(d => Read(d, drives, timing))];
        if (readings.Any(r => r.Spikes == 0 && _latched[r.Channel]))
        {
            LongestBlock = TimeSpan.FromMilliseconds(Math.Max(LongestBlock.TotalMilliseconds, timing.Settle + timing.Window));
        }

        return Task.FromResult<IReadOnlyList<BenchReading>>(readings);
    }

    public Task ReleaseAsync(IReadOnlyList<int> channels, CancellationToken cancellation)
    {
        foreach (int channel in channels)
        {
            _latched[channel] = false;
        }

        BenchTime += TimeSpan.FromMilliseconds(10);
        return Task.CompletedTask;
    }

    public Task SafeAsync()
    {
        Safe = true;
        return Task.CompletedTask;
    }

    private BenchReading Read(DriveCode asked, IReadOnlyList<DriveCode> drives, MeasureTiming timing)
    {
        int place = asked.Channel;
        int code = drives.FirstOrDefault(d => d.Channel == Drivers[place])?.Code ?? 0;
        double current = Channels[place].CurrentOf(code) * Drift.GetValueOrDefault(place, 1);
        ReadingFault fault = Faults[place];
        double rate = fault is ReadingFault.Open or ReadingFault.Shorted || _latched[place] ? 0 : ThyristorRate.Of(_cells[place], current);
        bool fires = rate > 0;
        _latched[place] |= current >= _cells[place].Hold || (fault == ReadingFault.NeverLetsGo && fires);
        if (fault == ReadingFault.NeverLetsGo)
        {
            rate = 0;
        }

        double window = timing.Window * 1e-3;
        double period = rate > 0 ? 1 / rate * (1 + (_noise * ((2 * _random.NextDouble()) - 1))) : double.PositiveInfinity;
        int spikes = rate > 0 ? 1 + (int)((window - (period / 2)) / period) : 0;
        spikes = window < period / 2 ? 0 : spikes;
        double last = (period / 2) + ((spikes - 1) * period);
        double volts = fault switch
        {
            ReadingFault.Open => 0,
            ReadingFault.SenseDead => 1.2,
            _ => current * _cells[place].Load,
        };
        if (fault == ReadingFault.Stuck)
        {
            (spikes, period, last) = (50, window / 50, window * 0.99);
        }
        else if (fault == ReadingFault.Deaf)
        {
            spikes = 0;
        }

        return new BenchReading
        {
            Channel = place,
            Code = asked.Code,
            Window = window,
            Spikes = spikes,
            First = spikes > 0 ? period / 2 : 0,
            Last = spikes > 0 ? last : 0,
            SenseMean = volts,
            SenseLow = fires ? 0 : volts,
            SenseHigh = fires ? ThyristorRate.SpikeHeight(_cells[place]) : volts,
        };
    }
}
