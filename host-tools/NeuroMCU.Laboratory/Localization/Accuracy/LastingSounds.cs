// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Random;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Accuracy;

/// <summary>Sounds that last, of the kinds that people try first: noise, speech, drums, a plucked string, claps.</summary>
internal static class LastingSounds
{
    /// <summary>Silence before each, in s.</summary>
    public const double Lead = 0.5;

    /// <summary>How long each lasts, in s.</summary>
    public const double Seconds = 4;

    private const double ClapDistance = 0.6;
    private const double Quiet = 0.02;
    private const double Note = 0.25;
    private const int Seed = 11;

    // A scale in Hz.
    private static readonly double[] s_notes = [220, 262, 330, 392, 440, 392, 330, 262];

    /// <summary>Makes the sounds.</summary>
    /// <param name="head">What they are heard with.</param>
    /// <param name="azimuth">Where they come from, in degrees.</param>
    /// <returns>Name and sound of each.</returns>
    public static IEnumerable<(string Name, StereoSound Sound)> Of(IHead head, double azimuth)
    {
        RecordingSet set = RecordingSet.Load(Path.Combine(ShippedExample.Folder(), "recordings.yaml"));
        BinauralRenderer renderer = new(head);
        StereoSound Source(string name) => WavReader.ReadMonoOrStereo(
            set.Recipes.First(r => string.Equals(r.Sound, name, StringComparison.Ordinal)).Source);
        StereoSound Heard(float[] dry, int rate)
        {
            float[] whole = new float[(int)((Lead + Seconds) * rate)];
            dry.AsSpan(0, Math.Min(dry.Length, (int)(Seconds * rate))).CopyTo(whole.AsSpan((int)(Lead * rate)));
            return renderer.Render(whole, rate, azimuth);
        }

        foreach ((string name, string file) in new[]
        {
            ("white noise", "noise_white"), ("pink noise", "noise_pink"), ("speech, English", "speech_en"),
            ("speech, Italian", "speech_it"), ("drums", "tabla"),
        })
        {
            StereoSound source = Source(file);
            yield return (name, Heard(Again(source.Left, (int)(Seconds * source.SampleRate)), source.SampleRate));
        }

        yield return ("plucked string", Heard(Plucked(head.SampleRate), head.SampleRate));
        StereoSound click = Source("click");
        float[] clap = [.. click.Left, .. new float[Math.Max(0, (int)(ClapDistance * click.SampleRate) - click.Length)]];
        yield return ("claps", Heard([.. Enumerable.Repeat(clap, (int)(Seconds / ClapDistance)).SelectMany(c => c)], click.SampleRate));
    }

    // Without the silence at its ends, as often as it takes.
    private static float[] Again(float[] dry, int length)
    {
        double least = Quiet * dry.Max(Math.Abs);
        int from = Array.FindIndex(dry, v => Math.Abs(v) > least);
        int to = Array.FindLastIndex(dry, v => Math.Abs(v) > least) + 1;
        return [.. Enumerable.Range(0, length).Select(k => dry[from + (k % (to - from))])];
    }

    // K. Karplus and A. Strong, Computer Music J. 7(2), 43, 1983: a period of noise that goes round and is smoothed.
    private static float[] Plucked(int rate)
    {
        MersenneTwister generator = new(Seed);
        float[] samples = new float[(int)(Seconds * rate)];
        int note = (int)(Note * rate);
        for (int k = 0; k < samples.Length; k++)
        {
            int period = (int)(rate / s_notes[k / note % s_notes.Length]);
            samples[k] = k % note <= period
                ? (float)((generator.NextDouble() - 0.5) / 2)
                : (samples[k - period] + samples[k - period - 1]) / 2;
        }

        return samples;
    }
}
