// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Reference;

/// <summary>What a neuron model sees of the simulator that runs it.</summary>
internal interface IReferenceClock
{
    /// <summary>Step of clocked populations in µs.</summary>
    int Step { get; }

    /// <summary>A neuron fires: its spike is recorded and sent along its axons.</summary>
    /// <param name="time">Time in µs.</param>
    void Fire(int neuron, long time);

    /// <summary>Asks, at an arrival, to be called when all arrivals of its microsecond are in.</summary>
    /// <param name="neuron">Global index; neurons are called in this order, and whatever they send without delay arrives after all of
    /// them.</param>
    void AfterArrivals(int neuron, Action<long> action);

    /// <summary>Asks to be called at a computed crossing.</summary>
    /// <param name="time">Time in µs, not in the past.</param>
    /// <param name="neuron">Global index; crossings of one microsecond are served in this order.</param>
    void AtCrossing(long time, int neuron, Action<long> action);
}
