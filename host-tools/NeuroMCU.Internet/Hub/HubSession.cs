// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>One session of a site, from a greeting to a goodbye, as the hub keeps it.</summary>
/// <param name="id">Its number, which the site has drawn.</param>
/// <param name="peer">The site.</param>
/// <param name="siteNonce">The site's part of the key.</param>
/// <param name="hubNonce">The hub's part of it.</param>
/// <param name="key">The key of the session.</param>
internal sealed class HubSession(ulong id, HubPeer peer, byte[] siteNonce, byte[] hubNonce, byte[] key)
{
    /// <summary>Its number.</summary>
    public ulong Id { get; } = id;

    /// <summary>The site.</summary>
    public HubPeer Peer { get; } = peer;

    /// <summary>The site's part of the key.</summary>
    public byte[] SiteNonce { get; } = siteNonce;

    /// <summary>The hub's part of it.</summary>
    public byte[] HubNonce { get; } = hubNonce;

    /// <summary>Seals its packets.</summary>
    public byte[] Key { get; } = key;

    /// <summary>Where its packets come from.</summary>
    public required EndPoint Address { get; set; }

    /// <summary>Hub time in µs of the greeting.</summary>
    public required long Offered { get; init; }

    /// <summary>Whether another program was the site when this one asked.</summary>
    public bool Occupied { get; set; }

    /// <summary>Which packets came.</summary>
    public SequenceWindow Window { get; } = new();

    /// <summary>Which spikes came.</summary>
    public SpikeTally Tally { get; } = new();

    /// <summary>Arrivals that go with the next packet.</summary>
    public List<WireArrival> Waiting { get; } = [];

    /// <summary>Repeated packets that came from another address.</summary>
    public long Elsewhere { get; set; }

    /// <summary>Arrivals that were put into packets.</summary>
    public long Posted { get; set; }

    /// <summary>Number of the last packet to the site.</summary>
    public long Number { get; set; }

    /// <summary>Hub time in µs of the last packet from it.</summary>
    public long LastHeard { get; set; }

    /// <summary>Whether it was said that nothing comes from it.</summary>
    public bool Silent { get; set; }

    /// <summary>Whether it was said that the site does not read.</summary>
    public bool Slow { get; set; }

    /// <summary>Arrivals that had been dropped when the session began.</summary>
    public long UnreadBefore { get; set; }
}
