// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Host.Reference
{
    /// <summary>Intervals of a Poisson source.</summary>
    internal sealed class PoissonTrain
    {
        private readonly int _meanInterval;
        private uint _state;

        /// <summary>Starts a train.</summary>
        /// <param name="seed">Seed of the neuron.</param>
        /// <param name="meanInterval">Mean interval in µs.</param>
        public PoissonTrain(uint seed, int meanInterval)
        {
            _meanInterval = meanInterval;
            _state = unchecked((seed * 2654435761) + 2463534242);
            if (_state == 0)
            {
                _state = 1;
            }
        }

        /// <summary>Draws the next interval.</summary>
        /// <returns>The interval in µs, at least 1.</returns>
        public long NextInterval()
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return Math.Max(1, (long)Math.Round(_meanInterval * -Math.Log(_state / 4294967296.0), MidpointRounding.AwayFromZero));
        }
    }
}
