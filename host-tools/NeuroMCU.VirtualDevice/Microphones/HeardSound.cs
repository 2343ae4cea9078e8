// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualDevice.Microphones;

/// <summary>How much sound has come to a device, and what it was too slow for.</summary>
/// <param name="Time">Its time since power-on in s.</param>
/// <param name="Frames">Frames that its microphones have taken in this run.</param>
/// <param name="Lost">How many of them are lost.</param>
/// <param name="LostEvents">Events that found its queue full.</param>
/// <param name="Sound">Frames that were no silence.</param>
/// <param name="Listened">How many of these it has listened to; the others were left out by plan.</param>
public sealed record HeardSound(double Time, long Frames, long Lost, long LostEvents, long Sound, long Listened);
