// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Wifi;
using NeuroMCU.VirtualBench;

namespace System.Device.Wifi
{
    /// <summary>What to do when the connection is lost.</summary>
    public enum WifiReconnectionKind
    {
        /// <summary>Connect again.</summary>
        Automatic = 0,

        /// <summary>Nothing.</summary>
        Manual,
    }
}

namespace nanoFramework.Networking
{
    /// <summary>How far the connection has come.</summary>
    public enum NetworkHelperStatus
    {
        /// <summary>Nothing was asked for.</summary>
        None,

        /// <summary>Connecting.</summary>
        Started,

        /// <summary>Connected, with an address.</summary>
        NetworkIsReady,

        /// <summary>There is no radio.</summary>
        FailedNoNetworkInterface,

        /// <summary>No address in time.</summary>
        TokenExpiredWaitingIPAddress,

        /// <summary>No time of day in time.</summary>
        TokenExpiredWaitingDateTime,

        /// <summary>No such network, or a wrong passphrase.</summary>
        ErrorConnetingToWiFiWhileScanning,

        /// <summary>See the exception.</summary>
        ExceptionOccurred,

        /// <summary>Lost and connecting again.</summary>
        Reconnecting,
    }

    /// <summary>Connects to a Wi-Fi network.</summary>
    public static class WifiNetworkHelper
    {
        /// <summary>Gets how far the connection has come.</summary>
        public static NetworkHelperStatus Status => Bench.Current.Wifi.Succeeded switch
        {
            null => NetworkHelperStatus.None,
            true => NetworkHelperStatus.NetworkIsReady,
            false => NetworkHelperStatus.ErrorConnetingToWiFiWhileScanning,
        };

        /// <summary>Gets what went wrong; the bench has nothing to tell.</summary>
        public static System.Exception? HelperException => null;

        /// <summary>Connects, with an address from the network.</summary>
        /// <param name="ssid">Name of the network.</param>
        /// <param name="password">Passphrase.</param>
        /// <param name="reconnectionKind">What to do when the connection is lost.</param>
        /// <param name="requiresDateTime">Whether to wait for the time of day.</param>
        /// <param name="wifiAdapterId">Number of the radio.</param>
        /// <param name="token">Ends the attempt.</param>
        /// <returns>False when that failed: see <see cref="Status" />.</returns>
        public static bool ConnectDhcp(
            string ssid,
            string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false,
            int wifiAdapterId = 0,
            CancellationToken token = default)
            => Bench.Current.Wifi.Connect(ssid, password);

        /// <summary>Gives the connection up.</summary>
        public static void Disconnect()
        {
            Bench.Current.Wifi.Disconnect();
        }
    }
}
