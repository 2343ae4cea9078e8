// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>What the hub saw of a site. Each spike that the site has sent is in exactly one of taken, lost and one of the
/// refusals.</summary>
internal sealed class SiteAccount(SitePlan plan)
{
    // By run of the site's program: spikes that it had sent before this hub was there.
    private readonly Dictionary<ulong, long> _before = [];
    private long _unread;

    /// <summary>The site.</summary>
    public SitePlan Plan { get; } = plan;

    /// <summary>Judges of the packets of each of its sessions.</summary>
    public List<SequenceWindow> Windows { get; } = [];

    /// <summary>Tallies of the spikes of each of its sessions.</summary>
    public List<SpikeTally> Tallies { get; } = [];

    /// <summary>Spikes and potentials that were taken.</summary>
    public long Taken { get; set; }

    /// <summary>Those of them that were postsynaptic potentials.</summary>
    public long Potentials { get; set; }

    /// <summary>Arrivals that were sent to the site.</summary>
    public long Sent { get; set; }

    /// <summary>Arrivals that could not be sent, since the site was not there.</summary>
    public long Undelivered { get; set; }

    /// <summary>Arrivals of the sent ones that were dropped in the hub, since the site does not read as fast as they come.</summary>
    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>Arrivals for the site after it had said goodbye; nobody misses them.</summary>
    public long AfterLeaving { get; set; }

    /// <summary>Packets that claimed to be the site's and were not sealed with its key.</summary>
    public long Forged { get; set; }

    /// <summary>Packets that were whole and made no sense.</summary>
    public long Malformed { get; set; }

    /// <summary>Packets that were repeated from an address which is not the site's.</summary>
    public long Repeats { get; set; }

    /// <summary>The address from which they came first; null for none.</summary>
    public string? Repeater { get; set; }

    /// <summary>Spikes of neurons that belong to another site.</summary>
    public long Foreign { get; set; }

    /// <summary>Spikes of neurons that the hub does not have.</summary>
    public long Unknown { get; set; }

    /// <summary>Spikes above the site's rate.</summary>
    public long OverRate { get; set; }

    /// <summary>Spikes of a second program with the site's key, while the first one was there.</summary>
    public long SecondProgram { get; set; }

    /// <summary>Spikes that the site had sent to a hub that ended without a word: what of them was taken is not known here.</summary>
    public long Before { get; private set; }

    /// <summary>How often packets without a key were numbered anew: what was lost then is not known.</summary>
    public int Renumbered { get; set; }

    /// <summary>Spikes after the site was cut off.</summary>
    public long AfterCut { get; set; }

    /// <summary>Spikes that were stamped more than a minute before they came, or more than a second after; they counted as of
    /// their arrival.</summary>
    public long Implausible { get; set; }

    /// <summary>Why the site was cut off; null when it was not.</summary>
    public string? CutOff { get; set; }

    /// <summary>Whether it said goodbye with its totals, so that the account is closed.</summary>
    public bool Closed { get; set; }

    /// <summary>Whether nothing was heard of it for three seconds.</summary>
    public bool Silent { get; set; }

    /// <summary>Whether the site takes part at the moment.</summary>
    public bool IsThere => CutOff is null && !Closed && !Silent && (Windows.Count > 0 || Taken > 0);

    /// <summary>From the spike to its arrival at the hub.</summary>
    public LatencyHistogram ToHub { get; } = new();

    /// <summary>Spikes that were lost on the way to the hub.</summary>
    public long Lost => Tallies.Sum(t => t.Lost);

    /// <summary>Packets that arrived.</summary>
    public long Packets => Windows.Sum(w => w.Received);

    /// <summary>Packets that did not arrive.</summary>
    public long LostPackets => Windows.Sum(w => w.Lost);

    /// <summary>Packets that came twice, or were replayed.</summary>
    public long Duplicates => Windows.Sum(w => w.Duplicates);

    /// <summary>Packets that came after later ones.</summary>
    public long Reordered => Windows.Sum(w => w.Reordered);

    /// <summary>Packets that came too late to be judged.</summary>
    public long TooOld => Windows.Sum(w => w.TooOld);

    /// <summary>Spikes that were refused, for whatever reason.</summary>
    public long Refused => Foreign + Unknown + OverRate + AfterCut + SecondProgram;

    /// <summary>Whether the spikes that were lost can be known: sealed and jAER packets are numbered.</summary>
    public bool KnowsLosses => Plan.IsSealed || Plan.Transport == Transport.Jaer;

    /// <summary>Whether everything that the site sent was taken and everything for it was sent, as far as that can be known. The
    /// spikes in a packet that made no sense are lost; of a sealed site they are counted by their numbers.</summary>
    public bool IsComplete => Lost == 0 && Refused == 0 && Undelivered == 0 && Unread == 0 && Before == 0 && Renumbered == 0
        && CutOff is null && !IsOpen && (Plan.IsSealed || (LostPackets == 0 && Malformed == 0));

    /// <summary>Whether a session ended without its total, so that the spikes that were lost at its end are not known.</summary>
    public bool IsOpen => OpenSessions > 0;

    /// <summary>Sessions whose total is not known.</summary>
    public int OpenSessions => Tallies.Count(t => !t.Closed);

    /// <summary>Counts arrivals that were dropped in the hub; on any thread.</summary>
    public void AddUnread(int arrivals) => Interlocked.Add(ref _unread, arrivals);

    /// <summary>Closes the sessions of one run of a site's program that broke: the run goes on, and knows what it had sent in
    /// them.</summary>
    /// <returns>Spikes that the run had sent to an earlier hub, when that is new; otherwise 0.</returns>
    public long CloseEarlier(SpikeTally current, long total)
    {
        if (_before.TryAdd(current.Run, total))
        {
            Before += total;
            return total;
        }

        SpikeTally[] earlier = [.. Tallies.TakeWhile(t => t != current).Where(t => t.Run == current.Run)];
        if (earlier.Length > 0 && !earlier[^1].Closed)
        {
            earlier[^1].Announce(earlier[^1].Sent + total - _before[current.Run] - earlier.Sum(t => t.Sent));
            foreach (SpikeTally tally in earlier)
            {
                tally.Closed = true;
            }
        }

        return 0;
    }
}
