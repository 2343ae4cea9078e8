// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Neurons that are channels of the board: bias, drive and the synapse block make the current that the board is to send into each of
    /// them; their spikes come from the board, and travel along their axons like any other.
    /// </summary>
    internal sealed class ChannelPopulation : CurrentPopulation
    {
        /// <summary>Initializes a new instance of the <see cref="ChannelPopulation" /> class.</summary>
        internal ChannelPopulation(PopulationSite site, int biasPlace)
            : base(site, biasPlace)
        {
        }

        /// <inheritdoc />
        protected override void Charge(int neuron, int volts, int time)
        {
            // No projection of this kind gets past the checks of the tables: a converter cannot put a charge onto a capacitor at once.
        }

        /// <inheritdoc />
        protected override void SetCurrent(int neuron, int current, int time)
        {
            Current[neuron] = current;
        }
    }
}
