// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Reliability
{
    /// <summary>
    /// How the host repeats a request that is not answered: with the same sequence number, so that the device applies it once. The
    /// waits outlast the longest stall of the device: an erase of a flash page for ordinary requests, a whole save for those that write
    /// the store.
    /// </summary>
    public static class RetryPolicy
    {
        /// <summary>Times that a request is sent before the link counts as lost. At 10 % loss each way one request in 600 000
        /// fails.</summary>
        public const int Tries = 8;

        /// <summary>Gives the wait for an answer.</summary>
        /// <param name="type">Type of the request.</param>
        /// <returns>Milliseconds.</returns>
        public static int WaitMilliseconds(int type)
        {
            switch (type)
            {
                case MessageType.UploadCommit:
                case MessageType.Persist:
                case MessageType.Erase:
                case MessageType.SelfTest:
                case MessageType.AuthProve:
                    return 5000;
                case MessageType.UploadBegin:
                case MessageType.ImageRead:
                    return 1000;
                default:
                    return 250;
            }
        }
    }
}
