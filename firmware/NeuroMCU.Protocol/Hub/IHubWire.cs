// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>A format of packets in which a board speaks with a hub. Each call has a bounded cost.</summary>
    public interface IHubWire
    {
        /// <summary>Gets the number of arrivals that the hub has sent and that did not come, as far as that is known.</summary>
        long Missing { get; }

        /// <summary>Takes a packet.</summary>
        /// <param name="count">Its bytes.</param>
        /// <param name="now">Clock time in µs.</param>
        /// <returns>False when it does not come from the hub, or makes no sense.</returns>
        bool Take(byte[] packet, int count, long now);

        /// <summary>Does what is due at this time, and sends of the spikes that wait what fits into a packet or a few.</summary>
        /// <param name="now">Clock time in µs.</param>
        void Send(HubSpikes spikes, long now);
    }
}
