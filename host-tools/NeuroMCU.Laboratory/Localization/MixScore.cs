// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>How well the sounds of a mix were heard one after the other.</summary>
/// <param name="Sounds">Number of sounds.</param>
/// <param name="Located">Sounds with a sure answer at least.</param>
/// <param name="Unsure">Sounds whose answers were all unsure.</param>
/// <param name="Unanswered">Sounds without any answer.</param>
/// <param name="MeanError">Mean absolute error of the sure answers in degrees; null without any.</param>
/// <param name="LargestError">Largest absolute error of the sure answers in degrees; null without any.</param>
public sealed record MixScore(int Sounds, int Located, int Unsure, int Unanswered, double? MeanError, double? LargestError)
{
    // No answer comes sooner after the beginning of a sound.
    private const double SoonestAnswer = 0.05;

    /// <summary>Compares answers with what was played: an answer is for the sound that began last before it.</summary>
    /// <param name="mix">What was played.</param>
    /// <param name="answers">Time in s since the mix began and azimuth in degrees of each answer, null when it was unsure.</param>
    public static MixScore Of(RecordingMix mix, IReadOnlyList<(double Time, double? Azimuth)> answers)
    {
        ArgumentNullException.ThrowIfNull(mix);
        ArgumentNullException.ThrowIfNull(answers);
        ILookup<MixedSound?, double?> heard = answers.ToLookup(
            a => mix.Sounds.LastOrDefault(s => s.Start + SoonestAnswer <= a.Time), a => a.Azimuth);
        double[] errors = [.. mix.Sounds.SelectMany(s => heard[s].OfType<double>().Select(found => Math.Abs(found - s.Azimuth)))];
        int located = mix.Sounds.Count(s => heard[s].Any(a => a is not null));
        int unanswered = mix.Sounds.Count(s => !heard[s].Any());
        return new MixScore(
            mix.Sounds.Count,
            located,
            mix.Sounds.Count - located - unanswered,
            unanswered,
            errors.Length == 0 ? null : errors.Average(),
            errors.Length == 0 ? null : errors.Max());
    }
}
