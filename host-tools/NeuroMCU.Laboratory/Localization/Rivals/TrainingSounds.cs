// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Random;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>
/// Dry sounds of many kinds from a random generator: noises, clicks, vowels, syllables, chirps. None of them is a recording, so that every
/// recording is kept back for judging what was fitted to these.
/// </summary>
internal static class TrainingSounds
{
    private const int Rate = TrainingHead.Rate;

    private static readonly Func<MersenneTwister, int, double[]>[] s_kinds =
    [
        (random, count) => Ramped(White(random, count), 5),
        (random, count) => Ramped(Shaped(White(random, count), f => 1 / Math.Sqrt(Math.Max(40, f))), 5),
        (_, _) => [.. new double[20], 1, .. new double[179]],
        Clicks,
        Vowel,
        Vowel,
        Syllables,
        Syllables,
        Modulated,
        Chirp,
        Octave,
        Burst,
        Struck,
        Call,
    ];

    /// <summary>Makes one, between two pieces of silence.</summary>
    /// <param name="random">Chooses its kind and everything about it.</param>
    public static float[] Next(MersenneTwister random)
    {
        Func<MersenneTwister, int, double[]> kind = s_kinds[random.Next(s_kinds.Length)];
        double[] sound = kind(random, (int)(Rate * (0.1 + (0.9 * random.NextDouble()))));
        return [.. new float[400 + random.Next(1600)], .. sound.Select(v => (float)v), .. new float[400]];
    }

    private static double[] White(MersenneTwister random, int count)
    {
        double[] noise = new double[count];
        Normal.Samples(random, noise, 0, 1);
        return noise;
    }

    private static double[] Ramped(double[] sound, double milliseconds)
    {
        double ramp = milliseconds * Rate / 1000;
        return [.. sound.Select((v, i) => v * Math.Sin(Math.PI / 2 * Math.Min(1, Math.Min(i, sound.Length - 1 - i) / ramp)))];
    }

    private static double[] Shaped(double[] sound, Func<double, double> gain)
    {
        Complex[] spectrum = Array.ConvertAll(sound, v => new Complex(v, 0));
        Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
        for (int k = 0; k < spectrum.Length; k++)
        {
            spectrum[k] *= gain(Math.Min(k, spectrum.Length - k) * (double)Rate / spectrum.Length);
        }

        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);
        return Array.ConvertAll(spectrum, v => v.Real);
    }

    private static double[] Clicks(MersenneTwister random, int count)
    {
        double[] sound = new double[count];
        int period = 200 + random.Next(1200);
        for (int i = 20; i < count; i += period + random.Next(30))
        {
            sound[i] = 1;
        }

        return sound;
    }

    // Pulses of the glottis through four resonances of the mouth, with vibrato and glide.
    private static double[] Vowel(MersenneTwister random, int count)
    {
        double pitch = 90 + (160 * random.NextDouble());
        double glide = 0.6 * (random.NextDouble() - 0.5);
        double[] formants =
            [250 + (550 * random.NextDouble()), 900 + (1300 * random.NextDouble()), 2300 + (600 * random.NextDouble()), 3400];
        double[] sound = new double[count];
        double phase = 0;
        for (int i = 0; i < count; i++)
        {
            phase += pitch * (1 + (glide * i / count) + (0.02 * Math.Sin(10 * Math.PI * i / Rate))) / Rate;
            sound[i] = 0.01 * Normal.Sample(random, 0, 1);
            if (phase >= 1)
            {
                phase -= 1;
                sound[i] += 1;
            }
        }

        foreach (double formant in formants)
        {
            double radius = Math.Exp(-Math.PI * (60 + (0.05 * formant)) / Rate);
            double turn = 2 * radius * Math.Cos(2 * Math.PI * formant / Rate);
            double last = 0;
            double before = 0;
            for (int i = 0; i < count; i++)
            {
                double value = (sound[i] * (1 - radius)) + (turn * last) - (radius * radius * before);
                before = last;
                last = value;
                sound[i] = value;
            }
        }

        return Ramped(sound, 15);
    }

    private static double[] Syllables(MersenneTwister random, int count)
    {
        List<double> sound = [];
        int syllables = 2 + random.Next(4);
        for (int i = 0; i < syllables; i++)
        {
            double[] hiss = random.Next(3) == 0
                ? Ramped([.. Band(White(random, 600), 1500, 3800).Select(v => 0.3 * v)], 10)
                : [.. Vowel(random, 800 + random.Next(1200)).Select(v => 3 * v)];
            sound.AddRange(hiss);
            sound.AddRange(new double[random.Next(800)]);
        }

        return [.. sound];
    }

    private static double[] Modulated(MersenneTwister random, int count)
    {
        double frequency = 3 + (40 * random.NextDouble());
        return [.. White(random, count).Select((v, i) => v * (0.5 - (0.5 * Math.Cos(2 * Math.PI * frequency * i / Rate))))];
    }

    private static double[] Chirp(MersenneTwister random, int count)
    {
        double from = 200 + (600 * random.NextDouble());
        double to = 1500 + (2000 * random.NextDouble());
        double phase = 0;
        double[] sound = new double[count];
        for (int i = 0; i < count; i++)
        {
            phase += 2 * Math.PI * (from + ((to - from) * i / count)) / Rate;
            sound[i] = Math.Sin(phase);
        }

        return Ramped(sound, 10);
    }

    private static double[] Octave(MersenneTwister random, int count)
    {
        double low = 350 + (1800 * random.NextDouble());
        return Ramped(Band(White(random, count), low, 2 * low), 5);
    }

    // A snap, a clap: noise of some band, over a fainter one of all frequencies, that dies away.
    private static double[] Burst(MersenneTwister random, int count)
    {
        double low = 300 + (1500 * random.NextDouble());
        double decay = Rate * 0.003 * Math.Pow(20, random.NextDouble());
        double[] band = Band(White(random, 4000), low, low * (1.5 + (3 * random.NextDouble())));
        double faint = 0.2 * Math.Pow(random.NextDouble(), 2);
        double[] all = White(random, 4000);
        return [.. band.Select((v, i) => (v + (faint * all[i])) * Math.Min(1, i / 8.0) * Math.Exp(-i / decay))];
    }

    // A drum, a cup: a few partials that die away, each at its own pace.
    private static double[] Struck(MersenneTwister random, int count)
    {
        double[] sound = new double[4000];
        int partials = 2 + random.Next(6);
        double lowest = 150 + (500 * random.NextDouble());
        for (int k = 0; k < partials; k++)
        {
            double frequency = k == 0 ? lowest : lowest * (1 + (6 * random.NextDouble()));
            double decay = Rate * 0.01 * Math.Pow(20, random.NextDouble());
            double height = random.NextDouble();
            for (int i = 0; i < sound.Length; i++)
            {
                sound[i] += height * Math.Min(1, i / 8.0) * Math.Exp(-i / decay) * Math.Sin(2 * Math.PI * frequency * i / Rate);
            }
        }

        return sound;
    }

    // A bird, a dog: a harsh tone with many harmonics that rises and falls.
    private static double[] Call(MersenneTwister random, int count)
    {
        double pitch = 250 + (700 * random.NextDouble());
        double bend = 0.3 * random.NextDouble();
        double roughness = 0.5 * random.NextDouble();
        double phase = 0;
        double[] sound = new double[count];
        for (int i = 0; i < count; i++)
        {
            phase += pitch * (1 + (bend * Math.Sin(Math.PI * i / count)) + (0.05 * Normal.Sample(random, 0, 1))) / Rate;
            sound[i] = (2 * (phase - Math.Floor(phase))) - 1 + (roughness * Normal.Sample(random, 0, 1));
        }

        double low = 300 + (700 * random.NextDouble());
        return Ramped(Band(sound, low, low * (2 + (3 * random.NextDouble()))), 20);
    }

    private static double[] Band(double[] sound, double low, double high) => Shaped(sound, f =>
        f < low ? Math.Exp(-Math.Pow((low - f) / ((0.1 * low) + 20), 2))
            : f > high ? Math.Exp(-Math.Pow((f - high) / (0.1 * high), 2)) : 1);
}
