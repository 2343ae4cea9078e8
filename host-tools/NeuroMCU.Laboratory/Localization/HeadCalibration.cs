// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Hearing;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// Measures with the device's own front end what a head does to noise: per band the delay between the ears and the difference in level,
/// from 0° to 90°; the left side is taken as the mirror of the right. Delays depend on frequency (KEMAR at 90°: 770 µs at 490 Hz,
/// 698 µs at 1200 Hz), which is why every band needs delay lines of its own.
/// </summary>
internal sealed class HeadCalibration
{
    // The outermost of 14 places to each side lies a little inside 90°: between the last two, a step would be all of the last 10°.
    private const double StepsToTheSide = 14.25;
    private const int SampleRate = 8000;
    private const int SpikesForDelays = 60;
    private const double DecibelsPerUnit = 6.020599913 / 256;
    private const int LeastLongest = 1000;
    private const double LeastRise = 0.02;

    private readonly IReadOnlyList<HearingBand> _bands;
    private readonly CalibrationSounds _sounds;
    private readonly int _spikesPerBlock;
    private readonly double[] _guesses;

    /// <summary>Prepares a calibration.</summary>
    /// <param name="sounds">The sounds, rendered for 8 kHz.</param>
    public HeadCalibration(IReadOnlyList<HearingBand> bands, CalibrationSounds sounds, int spikesPerBlock)
    {
        _guesses = [.. sounds.Azimuths.Select((_, i) => sounds.BroadbandDelay(i))];
        _bands = bands;
        _sounds = sounds;
        _spikesPerBlock = spikesPerBlock;
    }

    /// <summary>Measures all bands.</summary>
    /// <returns>The tables.</returns>
    public HeadTables Measure()
    {
        int directions = _sounds.Azimuths.Count;
        Heard[][] dense = Hear(SpikesForDelays);
        Heard[][] sparse = Hear(_spikesPerBlock);
        double[] axis = [];
        int step = 0;
        List<int[]> delays = [];
        List<double[]> levels = [];
        for (int band = 0; band < _bands.Count; band++)
        {
            int b = band;
            double[] delay = Delays(_bands[band], Enumerable.Range(0, directions).Select(i => dense[i].Select(h => h.Trains[b]).ToArray())
                .ToArray(), axis);
            axis = band == 0 ? delay : axis;
            step = (int)Math.Round(axis[^1] / StepsToTheSide);
            double[] level = Smoothed(Enumerable.Range(0, directions).Select(i => sparse[i].Average(h => h.Levels[b]) * DecibelsPerUnit)
                .ToArray());
            delays.Add(Enumerable.Range(0, HeadTables.Places)
                .Select(k => (int)Math.Round(OnAxis((k - HeadTables.Middle) * step, axis, delay, extend: true))).ToArray());
            levels.Add(Enumerable.Range(0, HeadTables.Places)
                .Select(k => Math.Round(OnAxis((k - HeadTables.Middle) * step, axis, level, extend: false), 2)).ToArray());
        }

        return new HeadTables(step, delays, levels);
    }

    private static double OnAxis(double position, double[] axis, double[] values, bool extend)
    {
        double size = Math.Abs(position);
        double value = size <= axis[^1] ? Interpolated(size, axis, values) : extend ? values[^1] * size / axis[^1] : values[^1];
        return Math.Sign(position) * value;
    }

    private static double Interpolated(double x, double[] arguments, double[] values)
    {
        int i = 1;
        while (i < arguments.Length - 1 && arguments[i] < x)
        {
            i++;
        }

        double share = (x - arguments[i - 1]) / (arguments[i] - arguments[i - 1]);
        return values[i - 1] + (share * (values[i] - values[i - 1]));
    }

    // The level is antisymmetric about 0°, which gives the smoothing window its values on the other side.
    private static double[] Smoothed(double[] levels)
    {
        double[] smooth = new double[levels.Length];
        for (int i = 1; i < levels.Length; i++)
        {
            for (int k = i - 2; k <= i + 2; k++)
            {
                double value = k == 0 ? 0 : k < 0 ? -levels[-k] : levels[Math.Min(k, levels.Length - 1)];
                smooth[i] += value / 5;
            }
        }

        return smooth;
    }

    private double[] Delays(HearingBand band, SpikeTrains[][] trains, double[] axis)
    {
        double halfPeriod = 5e5 / band.Centre;
        double[] found = new double[trains.Length];
        for (int i = 0; i < trains.Length; i++)
        {
            // A band alone cannot tell a delay from one that is a period longer: the search follows the direction before.
            double guess = band.IsEnvelope ? axis[i] : i == 0 ? 0
                : found[i - 1] + (axis.Length > 0 ? axis[i] - axis[i - 1] : _guesses[i] - _guesses[i - 1]);
            double reach = Math.Min(halfPeriod, band.IsEnvelope ? 250 : 400);
            found[i] = CoincidenceCurve.Of(trains[i], Math.Max(LeastLongest, (int)(_guesses[^1] / 8) * 10))
                .Peak(guess, reach, Math.Min(120, halfPeriod / 2));
        }

        found[0] = 0;
        for (int i = 1; i < found.Length; i++)
        {
            found[i] = Math.Max(found[i], found[i - 1] + LeastRise);
        }

        return found;
    }

    private Heard[][] Hear(int spikesPerBlock)
    {
        HearingTable table = Table(spikesPerBlock);
        return Enumerable.Range(0, _sounds.Azimuths.Count).AsParallel().AsOrdered()
            .Select(i => _sounds.From(i).Select(sound => Hear(table, sound)).ToArray())
            .ToArray();
    }

    private Heard Hear(HearingTable table, PcmSound sound)
    {
        FrontEnd frontEnd = new(table);
        SpikeTrains[] trains = _bands.Select(_ => new SpikeTrains([], [])).ToArray();
        int start = 0;
        for (int at = 0; at < sound.Left.Length;)
        {
            int count = Math.Min(frontEnd.Room, sound.Left.Length - at);
            frontEnd.Feed(sound.Left, sound.Right, at, count);
            int spikes = frontEnd.EndBlock();
            for (int k = 0; k < spikes; k++)
            {
                SpikeTrains train = trains[frontEnd.SpikeBand(k)];
                (frontEnd.SpikeEar(k) == FrontEnd.Left ? train.Left : train.Right).Add(start + frontEnd.SpikeTime(k));
            }

            at += count;
            start += count * (1000000 / SampleRate);
        }

        return new Heard(trains, Enumerable.Range(0, _bands.Count).Select(frontEnd.Levels.Difference).ToArray());
    }

    private HearingTable Table(int spikesPerBlock)
    {
        return new HearingTable
        {
            SampleRate = SampleRate,
            Parameters = LocalizationNetwork.FrontEndParameters(_bands, SampleRate,
            spikesPerBlock)
        };
    }

    private sealed record Heard(SpikeTrains[] Trains, int[] Levels);
}
