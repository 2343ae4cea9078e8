// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Recordings;

/// <summary>How much of the sound of a run a device listened to; the rest it left out by plan. Nothing of this was lost.</summary>
/// <param name="Frames">Frames that were no silence.</param>
/// <param name="Heard">Those of them that were listened to.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SoundShare(long Frames, long Heard)
{
    /// <summary>Gets the share that was listened to, 0 to 1; 1 when there was no sound.</summary>
    public double Part => Frames == 0 ? 1 : (double)Heard / Frames;

    /// <summary>Gets the share in words.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"listened to {100 * Part:0} % of the time that there was sound");

    /// <summary>Takes it from a device's counters.</summary>
    public static SoundShare Of(IEnumerable<KeyValuePair<string, long>> counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        Dictionary<string, long> values = counters.ToDictionary(c => c.Key, c => c.Value);
        return new(
            values.GetValueOrDefault(CounterIndex.Name(CounterIndex.SoundFrames)),
            values.GetValueOrDefault(CounterIndex.Name(CounterIndex.SoundHeard)));
    }
}
