// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Packets;

/// <summary>
/// Counts the numbered spikes of one direction. Batches carry the number of their first spike, and totals come beside them, so that the
/// spikes of a lost packet are counted one by one.
/// </summary>
internal sealed class SpikeTally
{
    /// <summary>The run of the site's program that numbered them.</summary>
    public ulong Run { get; set; }

    /// <summary>Whether its final total is known, so that what was lost at its end is counted too.</summary>
    public bool Closed { get; set; }

    /// <summary>Spikes that are known to have been sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Spikes that arrived.</summary>
    public long Received { get; private set; }

    /// <summary>Spikes that were sent and have not arrived.</summary>
    public long Lost => Sent - Received;

    /// <summary>Notes a batch. Its packet must be new.</summary>
    /// <param name="first">Number of its first spike, from 0.</param>
    public void Enter(long first, int count)
    {
        Received += count;
        Announce(first + count);
    }

    /// <summary>Notes how many there are.</summary>
    public void Announce(long total) => Sent = long.Max(Sent, total);
}
