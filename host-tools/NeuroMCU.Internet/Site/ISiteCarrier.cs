// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Site;

/// <summary>Carries sealed packets between a site and its hub. It may lose, double and reorder them: they are numbered.</summary>
internal interface ISiteCarrier : IAsyncDisposable
{
    /// <summary>Begins to receive.</summary>
    /// <param name="received">Gets each packet, on a thread of the carrier.</param>
    void Open(Action<byte[]> received);

    /// <summary>Sends a packet, or loses it; does not wait.</summary>
    /// <param name="packet">The packet.</param>
    void Send(byte[] packet);
}
