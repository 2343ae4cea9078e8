// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Hub;

/// <summary>A site by its key: the session that is there, and one that was offered to whoever greets.</summary>
/// <param name="account">What is counted for it.</param>
/// <param name="key">Its key.</param>
internal sealed class HubPeer(SiteAccount account, byte[] key)
{
    // Questions for the time and the like, beside packets with spikes.
    private const double OtherPackets = 1000;

    /// <summary>What is counted for the site.</summary>
    public SiteAccount Account { get; } = account;

    /// <summary>The site's key.</summary>
    public byte[] Key { get; } = key;

    /// <summary>Packets per second that the site may send.</summary>
    public double PacketRate { get; } = account.Plan.MostRate + OtherPackets;

    /// <summary>Holds it to that.</summary>
    public RateLimit Limit { get; } = new(account.Plan.MostRate + OtherPackets);

    /// <summary>Packets above the limit.</summary>
    public long TooMany { get; set; }

    /// <summary>Addresses of programs that were not let in.</summary>
    public HashSet<string> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>The session that is there; null for none.</summary>
    public HubSession? Current { get; set; }

    /// <summary>The last one that was offered and has proved nothing yet; null for none.</summary>
    public HubSession? Offered { get; set; }
}
