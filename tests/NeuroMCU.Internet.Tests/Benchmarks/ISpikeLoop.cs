// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>Eight sites in a ring over a broker: what one sends, the next one gets.</summary>
internal interface ISpikeLoop : IAsyncDisposable
{
    /// <summary>How many sites.</summary>
    const int Sites = 8;

    /// <summary>Gets what arrives: the number of the site that had sent it, spikes, and µs since then; on several threads.</summary>
    Action<int, int, long>? Arrived { get; set; }

    /// <summary>Sends so many spikes from a site in one packet; does not wait.</summary>
    void Send(int site, int spikes);

    /// <summary>Ends the sessions.</summary>
    /// <returns>Spikes that were sent and did not arrive, by the loop's own account; 0 where it has none.</returns>
    Task<long> LeaveAsync();
}
