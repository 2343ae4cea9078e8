// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Site;

/// <summary>Arrivals on their way into the device, by the hub's policy: at once, or at their time; one whose time has passed is late.
/// Times are hub times in µs.</summary>
internal sealed class ArrivalHold(SiteResult result)
{
    /// <summary>An arrival goes to the device so long before its time.</summary>
    public const long Lead = 20_000;

    private readonly PriorityQueue<WireArrival, long> _held = new();

    /// <summary>Arrivals that wait for their time.</summary>
    public int Count => _held.Count;

    /// <summary>When the next one goes to the device; null when none waits.</summary>
    public long? Next => _held.TryPeek(out _, out long due) ? due - Lead : null;

    /// <summary>Takes an arrival: holds it, hands it on, or drops it. What is late is counted.</summary>
    /// <param name="delay">Constant latency in µs; null for as soon as possible.</param>
    /// <param name="ready">Gets it, if it is to go at once.</param>
    public void Take(WireArrival arrival, long? delay, bool deliverLate, long now, ICollection<(WireArrival Arrival, long? Due)> ready)
    {
        if (delay is null)
        {
            ready.Add((arrival, null));
        }
        else if (arrival.Cause + delay.Value >= now)
        {
            _held.Enqueue(arrival, arrival.Cause + delay.Value);
        }
        else if (deliverLate)
        {
            result.LateDelivered++;
            ready.Add((arrival, null));
        }
        else
        {
            result.LateDropped++;
        }
    }

    /// <summary>Hands on what is due soon, the earliest first.</summary>
    public void Release(long now, ICollection<(WireArrival Arrival, long? Due)> ready)
    {
        while (_held.TryPeek(out WireArrival arrival, out long due) && due - Lead <= now)
        {
            _held.Dequeue();
            ready.Add((arrival, due));
        }
    }
}
