// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>A recording of known direction that is to be played.</summary>
/// <param name="Recording">What it is.</param>
/// <param name="Sound">Reads or makes its sound.</param>
public sealed record TrialSound(IndexedRecording Recording, Func<StereoSound> Sound);
