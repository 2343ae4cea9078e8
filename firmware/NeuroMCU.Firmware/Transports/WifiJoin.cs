// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Wifi;
using System.Threading;
using nanoFramework.Networking;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// Joins a Wi-Fi network. That takes seconds, so a thread of its own does it and the loaded network runs meanwhile. The runtime joins
    /// again by itself when the radio link is lost.
    /// </summary>
    public sealed class WifiJoin
    {
        /// <summary>Usual pause between tries in ms.</summary>
        public const int UsualPause = 10000;

        private const int TryMilliseconds = 30000;

        private readonly BoardProfile _profile;
        private readonly IConsole _console;
        private readonly int _pause;

        /// <summary>Initializes a new instance of the <see cref="WifiJoin" /> class, which begins to join.</summary>
        /// <param name="profile">Names network and passphrase.</param>
        /// <param name="console">Where it says how it goes.</param>
        /// <param name="pause">Pause in ms before it tries again what failed.</param>
        public WifiJoin(BoardProfile profile, IConsole console, int pause)
        {
            _pause = pause;
            _profile = profile;
            _console = console;
            new Thread(Join).Start();
        }

        /// <summary>Gets a value indicating whether there is an address.</summary>
        public bool IsJoined { get; private set; }

        private void Join()
        {
            CancellationTokenSource limit = new CancellationTokenSource(TryMilliseconds);
            while (!WifiNetworkHelper.ConnectDhcp(_profile.WifiSsid, _profile.WifiPassword, WifiReconnectionKind.Automatic, false, 0,
                limit.Token))
            {
                _console.WriteLine("no address from Wi-Fi network " + _profile.WifiSsid + ", trying again");
                Thread.Sleep(_pause);
                limit = new CancellationTokenSource(TryMilliseconds);
            }

            IsJoined = true;
        }
    }
}
