// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;

namespace NeuroMCU.Internet.Hub;

/// <summary>A way into a hub, and out of it.</summary>
internal interface IHubDoor : IDisposable
{
    /// <summary>Packets that came faster than the hub works, and were lost.</summary>
    long Overflow { get; }

    /// <summary>Sends a packet, or loses it; does not wait.</summary>
    /// <returns>False when it was not taken.</returns>
    bool Send(byte[] bytes, EndPoint to);
}
