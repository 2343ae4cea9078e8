// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Networks.Reading;

/// <summary>A waveform as steps of the drive of neurons that are no text: exact at the edges of steps and pulses, held for a time
/// where a course has none.</summary>
internal static class WaveSteps
{
    // What an image holds.
    private const int MostSteps = ImageLayout.MaxBindings;

    /// <summary>Makes them.</summary>
    /// <param name="wave">The waveform.</param>
    /// <param name="unit">SI units per unit of the drive.</param>
    /// <param name="every">Time in µs for which a value is kept; 0 for 1 ms, or as much longer as the number of steps asks for.</param>
    /// <param name="field">Where it stands.</param>
    /// <returns>The steps, up to the duration of the network; none after a report.</returns>
    public static IReadOnlyList<DriveInput> Of(ReadContext context, Waveform wave, double unit, Population population, long every,
        Field field)
    {
        double[] amplitudes = [.. Enumerable.Range(0, population.Size).Select(n => wave.AmplitudeOf(n) / unit)];
        IEnumerable<NeuronRange> ranges = wave.Shape == WaveShape.Noise || amplitudes.Distinct().Count() > 1
            ? Enumerable.Range(0, population.Size).Select(n => new NeuronRange(n, 1, n)) : [new NeuronRange(0, population.Size, 0)];
        NeuronRange[] driven = [.. ranges.Where(r => amplitudes[r.First] != 0)];
        every = wave.Shape == WaveShape.Noise ? wave.Period : every;
        (long Start, long Stop)[] pieces = Pieces(wave, context.Duration, every > 0 ? every : Usual(wave, context.Duration, driven.Length));
        long count = (long)pieces.Length * driven.Length;
        if (count > MostSteps)
        {
            context.Error(
                field, string.Create(CultureInfo.InvariantCulture, $"makes more than {MostSteps} steps of the drive"),
                "neurons that are no text take a waveform as steps: keep each value longer, such as `every: 10 ms`, give it a `stop`, or "
                + "drive fewer neurons");
            return [];
        }

        List<DriveInput> steps = [];
        foreach (NeuronRange range in driven)
        {
            uint noise = NoiseSource.Start(wave.Seed, 0, range.First);
            foreach ((long start, long stop) in pieces)
            {
                double course = wave.Shape == WaveShape.Noise ? NoiseSource.Draw(ref noise) / NoiseSource.Deviation : Course(wave, start);
                if (course != 0)
                {
                    steps.Add(new DriveInput
                    {
                        Population = population,
                        First = range.First,
                        Count = range.Count,
                        Amplitude = course * amplitudes[range.First],
                        Start = (int)start,
                        Stop = (int)Math.Min(int.MaxValue, stop),
                        Location = wave.Location,
                    });
                }
            }
        }

        return steps;
    }

    // 1 ms, or so much that two thirds of what an image holds are enough.
    private static long Usual(Waveform wave, long duration, int ranges)
    {
        long until = Math.Min(duration, wave.Points == null ? wave.Stop : (long)Math.Round(wave.Points.X[^1] * 1e6));
        long least = Math.Max(0, until - wave.Start) * Math.Max(1, ranges) / (MostSteps * 2 / 3);
        return Math.Max(1000, (least / 1000 * 1000) + 1000);
    }

    private static (long Start, long Stop)[] Pieces(Waveform wave, long duration, long every)
    {
        long from = wave.Shape == WaveShape.Points ? (long)Math.Round(wave.Points!.X[0] * 1e6) : wave.Start;
        long until = wave.Shape == WaveShape.Points ? (long)Math.Round(wave.Points!.X[^1] * 1e6) : wave.Stop;
        bool stays = wave.Shape is WaveShape.Points or WaveShape.Ramp;
        if (wave.Shape == WaveShape.Step)
        {
            return [(from, until)];
        }

        (long next, long width) = wave.Shape == WaveShape.Pulses ? (wave.Period, wave.Width) : (every, every);
        long end = Math.Min(until, duration);
        List<(long, long)> pieces = [];
        for (long at = from; at < end && pieces.Count <= MostSteps; at += next)
        {
            pieces.Add((at, Math.Min(until, at + width)));
        }

        if (stays)
        {
            pieces.Add((until, long.MaxValue));
        }

        return [.. pieces];
    }

    // At a time in µs between start and stop.
    private static double Course(Waveform wave, long time)
    {
        double turns = wave.Period == 0 ? 0 : (double)((time - wave.Start) % wave.Period) / wave.Period;
        return wave.Shape switch
        {
            WaveShape.Ramp => Math.Clamp((double)(time - wave.Start) / (wave.Stop - wave.Start), 0, 1),
            WaveShape.Triangle => Waveform.Triangle((turns + 0.25) % 1),
            WaveShape.Sine => Math.Sin(2 * Math.PI * (turns + wave.Phase)),
            WaveShape.Points => wave.Points!.At(time * 1e-6),
            _ => 1,
        };
    }
}
