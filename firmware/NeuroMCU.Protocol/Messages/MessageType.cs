// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// Message types. A request has 1 to 0x3F and is answered by its number plus 0x80 with the same sequence number, or by
    /// <see cref="Nack" />. An event has 0x40 to 0x5F; its sequence field is the event counter of the connection.
    /// </summary>
    public static partial class MessageType
    {
        /// <summary>Set in the type of an answer.</summary>
        public const int Answer = 0x80;

        /// <summary>Tells requests from answers and events.</summary>
        /// <param name="type">Message type.</param>
        /// <returns>True for a request.</returns>
        public static bool IsRequest(int type) => (type > 0 && type < 0x40) || (type >= 0x60 && type < 0x7F);

        /// <summary>Tells events from requests and answers.</summary>
        /// <param name="type">Message type.</param>
        /// <returns>True for an event.</returns>
        public static bool IsEvent(int type) => type >= 0x40 && type < 0x60;
    }
}
