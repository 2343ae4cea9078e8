// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>What a user should know of a recording before its direction: an offset, an ear that is nearly silent, coarse samples, a
/// file that was mended.</summary>
public static class RecordingFindings
{
    private const double FullScale = 32768;

    // In steps of 16 bits; and of the sound's own size, since the waves of a voice are higher to one side than to the other.
    private const double LeastOffset = 8;
    private const double LeastShare = 0.1;

    // The median of a short click is no offset.
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(0.05);

    // One period of the lowest frequency band that is listened to.
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1 / 400.0);

    // No head weakens an ear by so much in all bands.
    private const double DeafDecibels = 40;

    /// <summary>Looks at a recording.</summary>
    /// <param name="sound">The recording.</param>
    /// <returns>A sentence for each finding, without its end.</returns>
    public static IReadOnlyList<string> Of(StereoSound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        List<string> findings = [.. sound.Notes];
        if (sound.Duration < s_period)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"the recording lasts {sound.Duration.TotalMilliseconds:0.##} ms ({sound.Length} frame{(sound.Length == 1 ? string.Empty : "s")} at {sound.SampleRate} Hz), less ")
                + "than one period of 400 Hz: too short for a direction; it may have been cut off");
        }

        if (sound.FileBits is > 0 and <= 8)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"samples have {sound.FileBits} bits; quiet sounds are lost in them, 16 bits or more are better"));
        }

        double left = Median(sound.Left) * FullScale;
        double right = Median(sound.Right) * FullScale;
        if (sound.Duration >= s_least && (IsOffset(left, sound.Left) || IsOffset(right, sound.Right)))
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"the samples lie around {left:0} at the left ear and {right:0} at the right (of {FullScale:0}), not around 0; the ears "
                + $"do not hear such an offset, but raw samples of a converter have one"));
        }

        double difference = 10 * Math.Log10((Power(sound.Right) + 1e-20) / (Power(sound.Left) + 1e-20));
        if (Math.Abs(difference) >= DeafDecibels && Math.Max(Power(sound.Left), Power(sound.Right)) > 1 / (FullScale * FullScale))
        {
            string ear = difference < 0 ? "right" : "left";
            string by = Math.Abs(difference) > 120 ? "silent"
                : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(difference):0} dB weaker than the other");
            findings.Add($"the {ear} ear is {by}; check its microphone and cable");
        }

        return findings;
    }

    private static bool IsOffset(double offset, float[] samples)
    {
        double size = Math.Sqrt(samples.Average(s => Math.Pow((s * FullScale) - offset, 2)));
        return Math.Abs(offset) >= Math.Max(LeastOffset, LeastShare * size);
    }

    private static double Median(float[] samples)
    {
        float[] sorted = [.. samples.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    // Of the differences of neighbours, which an offset, a drift and the hum of the mains leave small.
    private static double Power(float[] samples)
    {
        double sum = 0;
        for (int k = 1; k < samples.Length; k++)
        {
            double step = samples[k] - samples[k - 1];
            sum += step * step;
        }

        return samples.Length == 0 ? 0 : sum / samples.Length;
    }
}
