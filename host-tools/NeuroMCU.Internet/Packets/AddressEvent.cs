// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Internet.Packets;

/// <summary>An address event as another system's packets carry it.</summary>
/// <param name="Key">Key or address of the neuron.</param>
/// <param name="Time">Time in µs on the sender's clock; null where the packet has none, and the event is of now.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressEvent(uint Key, long? Time);
