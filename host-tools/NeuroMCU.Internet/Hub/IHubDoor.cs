// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;

namespace NeuroMCU.Internet.Hub;

/// <summary>A way into a hub, and out of it.</summary>
internal interface IHubDoor : IDisposable
{
    /// <summary>Packets that were lost since something could not keep up.</summary>
    long Overflow { get; }

    /// <summary>Sends a packet, or loses it; does not wait.</summary>
    /// <returns>False when it was not taken.</returns>
    bool Send(byte[] bytes, EndPoint to);
}
