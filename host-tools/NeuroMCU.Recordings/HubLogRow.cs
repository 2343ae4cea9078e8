// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Recordings;

/// <summary>Something that passed through a hub.</summary>
/// <param name="Time">Hub time in µs.</param>
/// <param name="Place">Neuron (of a spike) or synapse (of a weight) by its place in the head of its session.</param>
/// <param name="Kind">Kind of spike as on the wire, 0 to 2; <see cref="OfWeight" /> for a weight.</param>
/// <param name="Weight">The weight after a pulse, 0 to 255; 0 for a spike.</param>
/// <param name="State">Resistance in Ω after a pulse, or the number; 0 for a spike.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HubLogRow(long Time, int Place, byte Kind, byte Weight, double State)
{
    /// <summary><see cref="Kind" /> of a weight.</summary>
    public const byte OfWeight = 255;

    /// <summary>Bytes of a row in the file.</summary>
    public const int Size = 22;
}
