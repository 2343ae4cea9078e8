// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>Sizes the queues of the device from a pilot run.</summary>
internal static class CapacityPlanner
{
    private const int Burst = 2;
    private const int LeastQueue = 32;
    private const int LeastSpikes = 128;
    private const int MostSpikes = 1024;

    // Spikes that may wait while there is still a place for one of every neuron: with fewer the device would stop for the wire all the
    // time.
    private const int Waiting = 64;
    private const double WireGap = 0.04;

    /// <summary>Places of the event queue: one per spike and projection that may be on its way at the same time.</summary>
    /// <returns>Twice the peak of the pilot run, and enough for a quarter of all rows at once.</returns>
    public static int Queue(Network network, Activity activity)
    {
        int rows = network.Projections.Sum(p => p.Connections.Select(c => c.Pre).Distinct().Count());
        return Math.Clamp(Math.Max(Burst * activity.RowsPeak, (rows + 3) / 4), LeastQueue, ImageLayout.MaxQueueCapacity);
    }

    /// <summary>Places of the spike ring: 40 ms at the pilot's rate, and at least one spike of every recorded neuron and 64 more.</summary>
    /// <returns>From 128 to 1024 places; more where more neurons are recorded.</returns>
    public static int Spikes(Network network, Activity activity)
    {
        double rate = network.Populations.Where(p => p.Recorded).Sum(p => p.Size * activity.Rates[p.Index]);
        int neurons = network.Populations.Where(p => p.Recorded).Sum(p => p.Size);
        int least = Math.Max(LeastSpikes, neurons + Waiting);
        return (int)Math.Clamp(rate * WireGap, least, Math.Max(least, MostSpikes));
    }
}
