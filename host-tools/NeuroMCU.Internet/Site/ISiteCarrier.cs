// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Site;

/// <summary>Carries sealed packets between a site and its hub. It may lose, double and reorder them: they are numbered.</summary>
internal interface ISiteCarrier : IAsyncDisposable
{
    /// <summary>Why nothing gets through at the moment; null where that is not known.</summary>
    string? Trouble => null;

    /// <summary>Begins to receive.</summary>
    void Open(Action<byte[]> received);

    /// <summary>Sends a packet, or loses it; does not wait.</summary>
    void Send(byte[] packet);
}
