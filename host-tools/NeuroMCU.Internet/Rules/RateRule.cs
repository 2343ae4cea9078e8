// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Rules;

/// <summary>
/// The rule of the experiment: at each postsynaptic potential or spontaneous action potential, the number of presynaptic spikes of the
/// last second decides. Presynaptic spikes alone change nothing.
/// </summary>
internal sealed record RateRule
{
    /// <summary>Length of the window in µs; 20000 ticks.</summary>
    public long Window { get; init; } = 1_000_000;

    /// <summary>More presynaptic spikes than this potentiate.</summary>
    public int PotentiateAbove { get; init; } = 20;

    /// <summary>Fewer presynaptic spikes than this depress.</summary>
    public int DepressBelow { get; init; } = 5;

    /// <summary>Presynaptic spikes that are looked back at, at most.</summary>
    public int LookBack { get; init; } = 100;

    /// <summary>Decides about one synapse.</summary>
    /// <param name="time">Its time in µs.</param>
    /// <returns>What to do.</returns>
    public WeightChange Decide(SpikeKind kind, long time, SpikeHistory presynaptic)
    {
        if (kind == SpikeKind.Stimulated)
        {
            return WeightChange.None;
        }

        int count = presynaptic.CountWithin(time, Window);
        return count > PotentiateAbove ? WeightChange.Potentiate : count < DepressBelow ? WeightChange.Depress : WeightChange.None;
    }
}
