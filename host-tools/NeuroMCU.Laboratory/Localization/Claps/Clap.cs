// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Claps;

/// <summary>A clap from a known direction: where it begins, how far it stands out, and how it differs between the microphones.</summary>
public sealed class Clap
{
    /// <summary>Rate in Hz at which claps are looked at.</summary>
    public const int Rate = 44_100;

    /// <summary>Samples of <see cref="Left" /> and <see cref="Right" />.</summary>
    public const int Window = 512;

    /// <summary>Least height of a clap over the background, in dB.</summary>
    public const double LeastHeight = 20;

    private const double LongestDelay = 2000;
    private const double DeafDecibels = 30;

    // What comes later than 5 ms may be an echo of the nearest wall or table.
    private const int Before = 88;
    private const int After = 220;
    private const int Fade = 60;
    private const int Block = 22;
    private const float Clipped = 0.9985f;

    private Clap(string name, double azimuth)
    {
        Name = name;
        Azimuth = azimuth;
    }

    /// <summary>Gets the name of its recording.</summary>
    public string Name { get; }

    /// <summary>Gets its true azimuth in degrees: 0 ahead, positive to the right.</summary>
    public double Azimuth { get; }

    /// <summary>Gets its first milliseconds at the left microphone.</summary>
    public float[] Left { get; private set; } = [];

    /// <summary>Gets its first milliseconds at the right microphone.</summary>
    public float[] Right { get; private set; } = [];

    /// <summary>Gets its height over the background in dB.</summary>
    public double Height { get; private set; }

    /// <summary>Gets by how much the left microphone hears it later than the right, in µs.</summary>
    public double Delay { get; private set; }

    /// <summary>Gets its level at the right microphone over that at the left, in dB.</summary>
    public double Level { get; private set; }

    /// <summary>Gets what is wrong with it, in words; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks for the clap in a recording: its loudest sudden beginning.</summary>
    /// <param name="name">Name of the recording.</param>
    /// <param name="azimuth">True azimuth in degrees.</param>
    /// <param name="recording">The recording.</param>
    public static Clap In(string name, double azimuth, StereoSound recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Clap clap = new(name, azimuth);
        StereoSound sound = recording.AtRate(Rate);
        double[] powers = Powers(sound);
        if (powers.Length < 4)
        {
            clap.Problem = "it is shorter than 2 ms";
            return clap;
        }

        int loudest = Array.IndexOf(powers, powers.Max());
        double background = Math.Max(powers.Order().ElementAt(powers.Length / 4), 1e-12);
        clap.Height = 10 * Math.Log10(Math.Max(powers[loudest], 1e-12) / background);
        if (clap.Height < LeastHeight)
        {
            clap.Problem = FormattableString.Invariant(
                $"no clap is heard: nothing stands {LeastHeight:0} dB above the background, the loudest sound {clap.Height:0} dB");
            return clap;
        }

        // The first block that is within 12 dB of the loudest one: the clap's beginning at the nearer microphone.
        int first = loudest;
        while (first > 0 && powers[first - 1] > powers[loudest] / 16)
        {
            first--;
        }

        clap.Cut(sound, first * Block);
        clap.Compare();
        return clap;
    }

    private static double[] Powers(StereoSound sound)
    {
        double[] powers = new double[sound.Length / Block];
        for (int k = 0; k < powers.Length; k++)
        {
            for (int i = Math.Max(1, k * Block); i < (k + 1) * Block; i++)
            {
                // Of the differences of neighbours: hum and offsets are no clap.
                double left = sound.Left[i] - sound.Left[i - 1];
                double right = sound.Right[i] - sound.Right[i - 1];
                powers[k] += (left * left) + (right * right);
            }
        }

        return powers;
    }

    private static float[] Faded(float[] samples, int begin)
    {
        float[] cut = new float[Window];
        for (int k = 0; k < Before + After; k++)
        {
            int at = begin - Before + k;
            double edge = Math.Min(1, Math.Min(k + 1, Before + After - k) / (double)Fade);
            if (at >= 0 && at < samples.Length)
            {
                cut[k + ((Window - Before - After) / 2)] = (float)(samples[at] * (0.5 - (0.5 * Math.Cos(Math.PI * edge))));
            }
        }

        return cut;
    }

    private static double Power(float[] samples) => samples.Sum(s => (double)s * s) + 1e-20;

    private void Cut(StereoSound sound, int begin)
    {
        int from = Math.Max(0, begin - Before);
        int to = Math.Min(sound.Length, begin + After);
        int clipped = Enumerable.Range(from, Math.Max(0, to - from))
            .Count(i => Math.Abs(sound.Left[i]) >= Clipped || Math.Abs(sound.Right[i]) >= Clipped);
        if (clipped > 2)
        {
            Problem = $"it is cut off at full scale ({clipped} samples): clap further away, or lower the gain";
        }

        Left = Faded(sound.Left, begin);
        Right = Faded(sound.Right, begin);
    }

    private void Compare()
    {
        Level = 10 * Math.Log10(Power(Right) / Power(Left));
        Delay = DelayEstimator.Estimate(new StereoSound(Rate, Left, Right), CorrelationKind.Plain, LongestDelay);
        if (Math.Abs(Level) > DeafDecibels)
        {
            Problem = FormattableString.Invariant(
                $"the {(Level > 0 ? "left" : "right")} microphone hears {Math.Abs(Level):0} dB less than the other: check its cable");
        }
    }
}
