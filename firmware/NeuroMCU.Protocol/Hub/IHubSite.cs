// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>Where spikes from a hub go.</summary>
    public interface IHubSite
    {
        /// <summary>Delivers an arrival.</summary>
        /// <param name="wire">Number of the postsynaptic neuron on the wire.</param>
        /// <param name="weight">0 to 255.</param>
        /// <param name="due">Clock time in µs at which it is to be injected.</param>
        /// <param name="isLate">Whether that is later than the hub wanted.</param>
        void Deliver(int wire, int weight, long due, bool isLate);

        /// <summary>Notes an arrival that came too late, and that the hub wants dropped then.</summary>
        void DropLate();
    }
}
