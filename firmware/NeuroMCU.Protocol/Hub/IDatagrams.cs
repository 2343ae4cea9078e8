// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>Datagrams to and from one other end. Nothing waits.</summary>
    public interface IDatagrams
    {
        /// <summary>Takes a datagram that has arrived.</summary>
        /// <param name="buffer">Where it goes; what is longer is cut off.</param>
        /// <returns>Bytes; 0 when none waits.</returns>
        int Receive(byte[] buffer);

        /// <summary>Sends a datagram.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>False when it was not sent: there is no network yet, or no room.</returns>
        bool Send(byte[] buffer, int count);
    }
}
