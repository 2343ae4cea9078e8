// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Reference;

/// <summary>
/// Intervals of a Poisson source, drawn by the firmware's own generator: the one piece that both engines share, so that both see the
/// same train.
/// </summary>
internal sealed class PoissonTrain
{
    private readonly int _meanInterval;
    private uint _state;

    /// <summary>Starts a train.</summary>
    /// <param name="meanInterval">Mean interval in µs.</param>
    public PoissonTrain(uint seed, int meanInterval)
    {
        _meanInterval = meanInterval;
        _state = PoissonGenerator.Start(seed);
    }

    /// <summary>Draws the next interval.</summary>
    /// <returns>The interval in µs, at least 1.</returns>
    public long NextInterval()
    {
        _state = PoissonGenerator.Draw(_state);
        return PoissonGenerator.Interval(_state, _meanInterval);
    }
}
