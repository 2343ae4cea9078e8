// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Finds the population that a neuron belongs to.</summary>
    internal sealed class NeuronOwners
    {
        private readonly Population[] _populations;
        private Population _last;

        /// <summary>Initializes a new instance of the <see cref="NeuronOwners" /> class.</summary>
        /// <param name="populations">All populations of the network, by the global index of their first neuron.</param>
        internal NeuronOwners(Population[] populations)
        {
            _populations = populations;
            _last = populations.Length == 0 ? null : populations[0];
        }

        /// <summary>Gets the population of a neuron. Inputs come in bursts from the same one, so that the one asked for last is tried
        /// first.</summary>
        /// <returns>Its population.</returns>
        internal Population Of(int neuron)
        {
            Population owner = _last;
            if (neuron >= owner.First && neuron < owner.First + owner.Size)
            {
                return owner;
            }

            Population[] populations = _populations;
            int i = populations.Length - 1;
            while (populations[i].First > neuron)
            {
                i--;
            }

            _last = populations[i];
            return _last;
        }
    }
}
