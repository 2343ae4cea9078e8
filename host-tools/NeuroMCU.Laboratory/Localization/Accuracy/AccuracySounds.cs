// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Accuracy;

/// <summary>Makes the recordings of a condition from dry sounds: the shipped ones, or pure tones.</summary>
public sealed class AccuracySounds
{
    private const int ToneRate = 44_100;
    private const double ToneSeconds = 0.5;
    private const double RampSeconds = 0.01;
    private const double QuietSeconds = 0.1;

    // A converter's own noise: the samples of a file lie on its steps.
    private const float FullScale = 32768;

    // Directions that were measured, and, for heads that know every direction, such as no calibration has heard.
    private static readonly int[] s_measured = [-60, -40, -20, 0, 20, 40, 60];
    private static readonly int[] s_between = [-63, -42, -18, 3, 22, 37, 58];
    private static readonly int[] s_tones = [300, 500, 800, 1000, 1300, 1500, 2000, 3000];

    private readonly IHead _head;
    private readonly IReadOnlyList<DrySound> _shipped;
    private readonly IReadOnlyList<DrySound> _tones;

    /// <summary>Reads the dry sounds that ship.</summary>
    /// <param name="head">What the sounds are heard with.</param>
    public AccuracySounds(IHead head)
    {
        _head = head;
        RecordingSet set = RecordingSet.Load(Path.Combine(ShippedExample.Folder(), "recordings.yaml"));
        _shipped = [.. set.Recipes.DistinctBy(r => r.Sound)
            .Select(r => new DrySound(r.Sound, r.Class, WavReader.ReadMonoOrStereo(r.Source)))];
        _tones = [.. s_tones.Select(hertz => new DrySound($"{hertz} Hz", "tone", Tone(hertz)))];
    }

    /// <summary>Lists the recordings of a condition; each is made when it is asked for, the same every time.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The recordings.</returns>
    public IReadOnlyList<TrialSound> Of(ListeningCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        IHead hears = condition.Hears(_head);
        BinauralRenderer renderer = new(hears);
        return
        [
            .. (condition.Tones ? _tones : _shipped).SelectMany(dry => (_head is SofaHead ? s_measured : s_between).Select(azimuth =>
            {
                RecordingRecipe recipe = new(dry.Name, dry.Class, string.Empty, azimuth, condition.Name, condition.SignalToNoise);
                return new TrialSound(
                    new IndexedRecording(recipe.FileName, dry.Name, dry.Class, condition.Name, azimuth),
                    () => Recorded(renderer, dry, recipe, condition));
            })),
        ];
    }

    private static StereoSound Recorded(BinauralRenderer renderer, DrySound dry, RecordingRecipe recipe, ListeningCondition condition)
    {
        EarNoise? noise = recipe.SignalToNoise is { } decibels ? new EarNoise(decibels, recipe.Seed) : null;
        StereoSound sound = renderer.Render(dry.Sound.Left, dry.Sound.SampleRate, recipe.Azimuth, noise).AtRate(condition.SampleRate);
        float largest = sound.Left.Concat(sound.Right).Max(Math.Abs);
        double gain = Math.Pow(10, condition.Peak / 20) / largest;
        return new StereoSound(condition.SampleRate, Coded(sound.Left, gain), Coded(sound.Right, gain));
    }

    private static float[] Coded(float[] samples, double gain) =>
        Array.ConvertAll(samples, s => Math.Clamp(MathF.Round((float)(s * gain) * FullScale), -FullScale, FullScale - 1) / FullScale);

    private static StereoSound Tone(int hertz)
    {
        int quiet = (int)(QuietSeconds * ToneRate);
        int length = (int)(ToneSeconds * ToneRate);
        float[] samples = new float[length + (2 * quiet)];
        for (int k = 0; k < length; k++)
        {
            double ramp = Math.Min(1, Math.Min(k, length - 1 - k) / (RampSeconds * ToneRate));
            samples[quiet + k] = (float)(Math.Sin(Math.PI / 2 * ramp) * Math.Sin(2 * Math.PI * hertz * k / ToneRate));
        }

        return new StereoSound(ToneRate, samples, samples);
    }

    private sealed record DrySound(string Name, string Class, StereoSound Sound);
}
