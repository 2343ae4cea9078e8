// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Search;

/// <summary>
/// Finds which drive makes which spike input fire. Each channel's number is written in binary; for each digit those channels are driven
/// whose digit is 0, then those whose digit is 1. A spike input thus spells the number of its drive, after twice as many measurements
/// as there are digits (6 for 8 channels). Since no current fires all parts, this is done at a few currents that together do.
/// </summary>
internal sealed class CableCheck
{
    private static readonly MeasureTiming s_timing = new(20, 80);

    private readonly ICalibrationBench _bench;
    private readonly IReadOnlyList<ChannelCurve> _curves;

    /// <summary>Initializes a new instance of the <see cref="CableCheck" /> class.</summary>
    /// <param name="curves">Curves of all channels, measured with all of them driven alike.</param>
    public CableCheck(ICalibrationBench bench, IReadOnlyList<ChannelCurve> curves)
    {
        _bench = bench;
        _curves = curves;
    }

    /// <summary>Looks.</summary>
    /// <returns>For each channel, in their order: the places of the channels whose drive can fire its spike input; none when it did not
    /// fire.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<int>>> RunAsync(CancellationToken cancellation)
    {
        int digits = Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(_curves.Count - 1)));
        int[] zero = new int[_curves.Count];
        int[] one = new int[_curves.Count];
        foreach (double current in Levels())
        {
            for (int digit = 0; digit < digits; digit++)
            {
                await LookAsync(current, digit, 0, zero, cancellation).ConfigureAwait(false);
                await LookAsync(current, digit, 1, one, cancellation).ConfigureAwait(false);
            }
        }

        return [.. Enumerable.Range(0, _curves.Count)
            .Select(i => (IReadOnlyList<int>)[.. Enumerable.Range(0, _curves.Count).Where(d => Spells(d, zero[i], one[i], digits))])];
    }

    private static bool Spells(int drive, int zero, int one, int digits)
    {
        for (int digit = 0; digit < digits; digit++)
        {
            if ((((drive >> digit) & 1) == 0 ? zero >> digit : one >> digit) % 2 == 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task LookAsync(double current, int digit, int value, int[] fired, CancellationToken cancellation)
    {
        // All are named, so that all are watched; the others are driven with 0.
        DriveCode[] drives =
            [.. _curves.Select((c, i) => new DriveCode(c.Channel.Number, ((i >> digit) & 1) == value ? c.Channel.CodeOf(current) : 0))];
        IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync(drives, s_timing, cancellation).ConfigureAwait(false);
        for (int i = 0; i < readings.Count; i++)
        {
            fired[i] |= readings[i].Spikes > 1 ? 1 << digit : 0;
        }

        await _bench.ReleaseAsync([.. drives.Where(d => d.Code > 0).Select(d => d.Channel)], cancellation).ConfigureAwait(false);
    }

    // Currents that together fire every spike input that fired at all, fewest first: from the middles of their ranges.
    private List<double> Levels()
    {
        List<ChannelCurve> left = [.. _curves.Where(c => c.First is not null)];
        double[] candidates = [.. left.Select(c => (c.Channel.CurrentOf(c.First!.Value) + c.Channel.CurrentOf(c.Last!.Value)) / 2)];
        List<double> levels = [];
        while (left.Count > 0)
        {
            double best = candidates.MaxBy(i => (left.Count(c => Fires(c, i)), i));
            levels.Add(best);
            left.RemoveAll(c => Fires(c, best));
        }

        return levels;
    }

    // Well inside the range where possible: at the edge a neuron may or may not fire.
    private static bool Fires(ChannelCurve curve, double current)
    {
        double first = curve.Channel.CurrentOf(curve.First!.Value);
        double last = curve.Channel.CurrentOf(curve.Last!.Value);
        double margin = Math.Min(0.03 * first, (last - first) / 3);
        return current >= first + margin && current <= last - margin;
    }
}
