// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Network
{
    /// <summary>The run of the loaded network, which ends before the network goes.</summary>
    internal interface INetworkRun
    {
        /// <summary>Ends the run, if there is one; outputs become safe.</summary>
        /// <param name="reason">One of <see cref="Protocol.Messages.EndReason" />.</param>
        void End(int reason);

        /// <summary>Prepares for the network that has just been loaded, or for none.</summary>
        void Adopt();
    }
}
