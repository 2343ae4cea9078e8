// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>One sound of a recording, as the device heard it; a pause ends a sound.</summary>
/// <param name="Sure">False when the device called its answer unsure.</param>
/// <param name="Azimuth">Azimuth in degrees: 0 ahead, positive to the right.</param>
/// <param name="Delay">Delay of the left ear behind the right one in µs that belongs to it, in the lowest band.</param>
/// <param name="Confidence">Share of the possible coincidences that agree with the answer, 0 to 1.</param>
/// <param name="Spikes">Coincidences that entered.</param>
/// <param name="Start">Start in s, to a block of the front end.</param>
/// <param name="Span">How long it was in s: the whole sound, or what came of it since the answer before.</param>
/// <param name="Doubt">What speaks most against the answer: one of <see cref="NeuroMCU.Hearing.Readout.Doubt" />.</param>
public sealed record LocatedSound(bool Sure, double Azimuth, double Delay, double Confidence, int Spikes, double Start, int Doubt,
    double Span = 0);

/// <summary>What a device heard of a recording.</summary>
public sealed class LocatedRecording
{
    /// <summary>The sounds in order of time.</summary>
    public required IReadOnlyList<LocatedSound> Sounds { get; init; }

    /// <summary>
    /// What was heard but is no sound with a direction, in order of time, as <see cref="NeuroMCU.Hearing.Readout.Doubt" />: one ear
    /// alone, or a jump of a microphone's offset.
    /// </summary>
    public required IReadOnlyList<int> Others { get; init; }

    /// <summary>Spikes of coincidence neurons that the host received.</summary>
    public required long Spikes { get; init; }

    /// <summary>How much of the sound the device listened to.</summary>
    public SoundShare Listened { get; init; }

    /// <summary>Everything that was lost, by cause.</summary>
    public required LossAccount Losses { get; init; }

    /// <summary>Spikes that were lost anywhere: on the wire, in the record, in the event queue, on injection.</summary>
    public long LostSpikes => Losses.Spikes;

    /// <summary>Frames of sound that the device was too slow for.</summary>
    public long LostFrames => Losses.Of(LossCause.Sound);

    /// <summary>Gets the sound that stands for the recording: of the sure ones, or else of all, the one with the most agreeing
    /// coincidences. Null when nothing was heard.</summary>
    public LocatedSound? Main => Sounds.OrderByDescending(s => s.Sure).ThenByDescending(s => s.Spikes * s.Confidence).FirstOrDefault();
}
