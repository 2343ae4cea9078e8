// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Runtime.InteropServices;

namespace NeuroMCU.Internet.Hub;

/// <summary>What a socket brought.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Time">Hub time in µs of its arrival.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Datagram(Transport Transport, EndPoint From, byte[] Bytes, long Time);
