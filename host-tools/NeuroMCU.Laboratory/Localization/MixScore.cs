// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>How well the sounds of a mix were heard one after the other.</summary>
/// <param name="Sounds">Number of sounds.</param>
/// <param name="Located">Sounds with a sure answer at least.</param>
/// <param name="Guessed">Sounds without a sure answer that were given a direction, as the best guess of an unsure one.</param>
/// <param name="Missed">Sounds without any direction.</param>
/// <param name="Sure">How far the sure answers were off; null without any.</param>
/// <param name="Guesses">How far the best guesses for <paramref name="Guessed" /> were off; null without any.</param>
public sealed record MixScore(int Sounds, int Located, int Guessed, int Missed, MixError? Sure, MixError? Guesses)
{
    /// <summary>Compares answers with what was played. An answer is for the sound that makes up most of what it is about, or in the silence
    /// after it; when it came does not count, since a device may lag.</summary>
    /// <param name="mix">What was played.</param>
    /// <param name="answers">The answers, timed from the beginning of the mix.</param>
    public static MixScore Of(RecordingMix mix, IReadOnlyList<LiveAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(mix);
        ArgumentNullException.ThrowIfNull(answers);
        ILookup<MixedSound?, LiveAnswer> heard = answers.Where(a => a.Azimuth is not null)
            .ToLookup(a => mix.Sounds.Where(s => s.Start < a.To).MaxBy(s => (Shared(s, a), s.Start)));
        MixedSound[] located = [.. mix.Sounds.Where(s => heard[s].Any(a => a.Sure))];
        MixedSound[] guessed = [.. mix.Sounds.Except(located).Where(s => heard[s].Any())];
        IEnumerable<double> Errors(MixedSound sound) =>
            heard[sound].Where(a => a.Sure || guessed.Contains(sound)).Select(a => Math.Abs(a.Azimuth!.Value - sound.Azimuth));
        return new MixScore(
            mix.Sounds.Count,
            located.Length,
            guessed.Length,
            mix.Sounds.Count - located.Length - guessed.Length,
            MixError.Of(located.SelectMany(Errors)),
            MixError.Of(guessed.SelectMany(Errors)));
    }

    // How much, in s, of what an answer is about is of a sound.
    private static double Shared(MixedSound sound, LiveAnswer answer) =>
        Math.Max(0, Math.Min(answer.To, sound.Start + sound.Sound.Duration.TotalSeconds) - Math.Max(answer.From, sound.Start));
}
