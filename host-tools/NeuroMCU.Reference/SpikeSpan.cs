// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Reference;

/// <summary>The spikes of one neuron in brief.</summary>
/// <param name="First">Time of the first in µs.</param>
/// <param name="Last">Time of the last in µs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpikeSpan(int Count, long First, long Last)
{
    /// <summary>Adds the next spike.</summary>
    /// <param name="time">Its time in µs.</param>
    /// <returns>The spikes with it.</returns>
    public SpikeSpan With(long time) => new SpikeSpan(Count + 1, Count == 0 ? time : First, time);
}
