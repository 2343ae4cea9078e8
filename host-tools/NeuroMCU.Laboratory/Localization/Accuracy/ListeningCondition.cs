// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Laboratory.Localization.Accuracy;

/// <summary>How the recordings of a row of the accuracy table are made.</summary>
/// <param name="Name">Short name, which <c>--only</c> takes.</param>
/// <param name="Title">What the table says.</param>
/// <param name="Hears">What the sounds are heard with.</param>
public sealed record ListeningCondition(string Name, string Title, Func<IHead, IHead> Hears)
{
    /// <summary>Gets the signal to noise ratio at the ears in dB; null for no noise.</summary>
    public double? SignalToNoise { get; init; }

    /// <summary>Gets the sample rate of the recording in Hz.</summary>
    public int SampleRate { get; init; } = SofaHead.KemarRate;

    /// <summary>Gets the peak of the recording in dB of full scale.</summary>
    public double Peak { get; init; } = -6;

    /// <summary>Gets a value indicating whether pure tones are heard, in place of the sounds that ship.</summary>
    public bool Tones { get; init; }

    /// <summary>Gets all conditions of the table in its order.</summary>
    public static IReadOnlyList<ListeningCondition> All { get; } =
    [
        new("clean", "clean", head => head),
        .. new[] { 20, 10, 5, 0 }.Select(snr => new ListeningCondition($"noise{snr}", $"noise at the ears, {snr} dB",
            head => head) { SignalToNoise = snr }),
        .. new[] { 8, 16, 32, 48, 96 }.Select(rate => new ListeningCondition($"rate{rate}", $"recorded at {rate} kHz",
            head => head) { SampleRate = rate * 1000 }),
        .. new[] { -10, -20, -30, -40, -50 }.Select(peak => new ListeningCondition($"peak{peak}", $"peak at −{-peak} dB of full scale",
            head => head) { Peak = peak }),
        .. new[] { 0.3, 0.6 }.Select(time => new ListeningCondition(
            FormattableString.Invariant($"room{time}"), FormattableString.Invariant($"room, {time} s, 1.5 m"),
            head => new RoomHead(head, time, 1.5))),
        .. new[] { -30, 20, 40, 60 }.Select(up => new ListeningCondition(
            $"elevation{up}", $"elevation {(up < 0 ? "−" : string.Empty)}{Math.Abs(up)}°, against azimuth",
            head => new ElevatedHead(head, up))),
        new("ortf", "ORTF: cardioids, 17 cm, 110°", _ => new MicrophonePair(0.17, 55)),
        new("ab", "AB: 40 cm", _ => new MicrophonePair(0.4)),
        new("xy", "XY: cardioids, 0 cm, 90°", _ => new MicrophonePair(0, 45)),
        new("tones", "pure tones, 300 to 3000 Hz", head => head) { Tones = true },
    ];
}
