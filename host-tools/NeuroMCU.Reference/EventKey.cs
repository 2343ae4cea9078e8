// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Reference;

/// <summary>Place of an event in the order of service: time, class, half of a round, then up to four keys, then the order of
/// creation.</summary>
/// <param name="Time">Time in µs.</param>
/// <param name="Half">Of a round: even for its arrivals, the next odd number for the neurons that fire after them; 0 in other
/// classes.</param>
/// <param name="First">First key: drive, kind of source, projection, neuron or trace.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventKey(long Time, EventClass Class, int Half, int First, int Second, long Third, int Fourth, long Number);
