// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Wifi;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using nanoFramework.Networking;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// A TCP port over Wi-Fi. Joining a network takes seconds, so a thread of its own does it and the loaded network runs meanwhile;
    /// the port opens once there is an address. The runtime joins again by itself when the radio link is lost.
    /// </summary>
    public sealed class WifiDoor : IDoor, IDisposable
    {
        /// <summary>Connections at the same time. Each takes a kilobyte or two, and one of the platform's sixteen sockets.</summary>
        public const int LineCount = 3;

        /// <summary>Usual pause between tries in ms.</summary>
        public const int UsualPause = 10000;

        private const int TryMilliseconds = 30000;

        private readonly BoardProfile _profile;
        private readonly IConsole _console;
        private readonly int _pause;
        private readonly TcpDoor _tcp = new TcpDoor(LineCount);
        private bool _joined;
        private bool _listening;

        /// <summary>Initializes a new instance of the <see cref="WifiDoor" /> class, which begins to join.</summary>
        /// <param name="profile">Names network, passphrase and port.</param>
        /// <param name="console">Where it says how it goes.</param>
        /// <param name="pause">Pause in ms before it tries again what failed.</param>
        public WifiDoor(BoardProfile profile, IConsole console, int pause)
        {
            _pause = pause;
            _profile = profile;
            _console = console;
            new Thread(Join).Start();
        }

        /// <inheritdoc />
        public ITransport[] Lines => _tcp.Lines;

        /// <inheritdoc />
        public bool Knock()
        {
            if (!_listening)
            {
                if (!_joined)
                {
                    return false;
                }

                Listen();
            }

            return _tcp.Knock();
        }

        /// <inheritdoc />
        public int Address(ITransport line) => _tcp.Address(line);

        /// <inheritdoc />
        public void Admit(ITransport line)
        {
            _tcp.Admit(line);
        }

        /// <inheritdoc />
        public void Refuse()
        {
            _tcp.Refuse();
        }

        /// <summary>Sends all hosts away and stops listening.</summary>
        public void Dispose()
        {
            _tcp.Dispose();
        }

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

            _joined = true;
        }

        private void Listen()
        {
            try
            {
                _tcp.Listen(IPAddress.Any, _profile.TcpPort);
                _listening = true;
                _console.WriteLine("listening on TCP port " + _profile.TcpPort.ToString());
            }
            catch (SocketException)
            {
                // The stack may have been out of memory or sockets for a moment.
                _joined = false;
                _console.WriteLine("TCP port " + _profile.TcpPort.ToString() + " cannot be opened, trying again");
                new Thread(Pause).Start();
            }
        }

        private void Pause()
        {
            Thread.Sleep(_pause);
            _joined = true;
        }
    }
}
