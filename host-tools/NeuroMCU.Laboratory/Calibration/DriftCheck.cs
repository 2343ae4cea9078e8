// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Measures a few points of each good channel again and compares them with the stored ones.</summary>
public sealed class DriftCheck
{
    /// <summary>Change of the rate that counts as drift when nothing else is said.</summary>
    public const double DefaultTolerance = 0.05;

    // Near the onset the slightest change of temperature moves the rate a lot: the lower half is not asked for less than this.
    private static readonly double[] s_places = [0.3, 0.6, 0.9];

    private static readonly MeasureTiming s_timing = new(80, 500);

    private readonly ICalibrationBench _bench;
    private readonly double _tolerance;

    /// <summary>Initializes a new instance of the <see cref="DriftCheck" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="tolerance">Change of the rate that counts as drift, as a part of it.</param>
    public DriftCheck(ICalibrationBench bench, double tolerance = DefaultTolerance)
    {
        _bench = bench;
        _tolerance = tolerance;
    }

    /// <summary>Measures. Outputs are safe afterwards.</summary>
    /// <param name="calibration">The stored calibration.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>One finding per good channel.</returns>
    public async Task<IReadOnlyList<ChannelDrift>> RunAsync(BoardCalibration calibration, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        try
        {
            ChannelCalibration[] good = [.. calibration.Good()];
            BenchReading[][] chosen = [.. good.Select(Chosen)];
            List<DriftPoint>[] points = [.. good.Select(_ => new List<DriftPoint>())];
            for (int p = 0; p < s_places.Length; p++)
            {
                BenchReading[] stored = [.. chosen.Select(c => c[p])];
                IReadOnlyList<BenchReading> now = await _bench.MeasureAsync([.. stored.Select(s => new DriveCode(s.Channel, s.Code))],
                    s_timing, cancellation).ConfigureAwait(false);
                for (int i = 0; i < good.Length; i++)
                {
                    double current = _bench.Channels.First(c => c.Number == good[i].Channel).CurrentOf(stored[i].Code);
                    points[i].Add(new DriftPoint(current, stored[i].Rate, now[i].Rate));
                }
            }

            return [.. good.Select((g, i) => new ChannelDrift(g.Channel, g.Name, points[i],
                points[i].Any(p => Math.Abs(p.Change) > _tolerance)))];
        }
        finally
        {
            await _bench.SafeAsync().ConfigureAwait(false);
        }
    }

    // The stored readings whose rates are nearest to the places, on the rising side: each another one, as far as there are so many.
    private static BenchReading[] Chosen(ChannelCalibration channel)
    {
        BenchReading top = channel.Readings.MaxBy(r => r.Rate)!;
        BenchReading[] rising = [.. channel.Readings.Where(r => r.Rate > 0 && r.Code <= top.Code)];
        List<BenchReading> left = [.. rising];
        List<BenchReading> chosen = [];
        foreach (double place in s_places)
        {
            double rate = channel.LowestRate + (place * (channel.HighestRate - channel.LowestRate));
            BenchReading nearest = (left.Count == 0 ? (IEnumerable<BenchReading>)rising : left).MinBy(r => Math.Abs(r.Rate - rate))!;
            left.Remove(nearest);
            chosen.Add(nearest);
        }

        return [.. chosen.OrderBy(r => r.Code)];
    }
}
