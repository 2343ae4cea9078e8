// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// A line over which one host at a time can talk to the device, as bytes. Nothing blocks: a turn of the main loop reads what is there
    /// and leaves what does not go out.
    /// </summary>
    public interface ITransport
    {
        /// <summary>Gets a value indicating whether a host may be at the other end.</summary>
        bool IsOpen { get; }

        /// <summary>Gets a number that changes whenever a new host is at the other end; nothing of the former connection holds
        /// then.</summary>
        int Connection { get; }

        /// <summary>Gets a value indicating whether hosts must prove the pre-shared key; true for everything on a network.</summary>
        bool RequiresAuthentication { get; }

        /// <summary>Gets the number of bytes that <see cref="Read" /> gives at once.</summary>
        int Available { get; }

        /// <summary>Reads bytes that have arrived.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <param name="offset">Place of the first.</param>
        /// <param name="count">Bytes wanted, at most <see cref="Available" />.</param>
        /// <returns>Bytes read; 0 when the line broke.</returns>
        int Read(byte[] buffer, int offset, int count);

        /// <summary>Sends as many bytes as the line has room for, without waiting.</summary>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>Bytes accepted; 0 when the line is full or closed.</returns>
        int Write(byte[] buffer, int offset, int count);

        /// <summary>Sends the host away, where the line allows it.</summary>
        void Disconnect();
    }
}
