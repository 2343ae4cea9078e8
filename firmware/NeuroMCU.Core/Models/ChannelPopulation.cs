// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Core.Models
{
    /// <summary>
    /// Neurons that are channels of the board: bias, drive and the synapse block make the current that the board is to send into each of
    /// them; their spikes come from the board, and travel along their axons like any other.
    /// </summary>
    internal sealed class ChannelPopulation : CurrentPopulation
    {
        /// <summary>Initializes a new instance of the <see cref="ChannelPopulation" /> class.</summary>
        internal ChannelPopulation(PopulationTable table, int first, DriveTable[] drives, EventQueue queue, long[] bias, EngineCounters counters)
            : base(table, first, drives, queue, bias, counters)
        {
        }

        /// <summary>Gets the board's channel of a neuron.</summary>
        internal int ChannelOf(int neuron)
        {
            return Table.Channels[neuron];
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
