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
    /// TCP over Wi-Fi. Joining a network takes seconds, so a thread of its own does it and the loaded network runs meanwhile; the port
    /// opens once there is an address. The runtime joins again by itself when the radio link is lost.
    /// </summary>
    public sealed class WifiTransport : ITransport, IDisposable
    {
        /// <summary>Usual pause between tries in ms.</summary>
        public const int UsualPause = 10000;

        private const int TryMilliseconds = 30000;

        private readonly BoardProfile _profile;
        private readonly IConsole _console;
        private readonly int _pause;
        private TcpTransport _tcp;
        private bool _joined;

        /// <summary>Initializes a new instance of the <see cref="WifiTransport" /> class, which begins to join.</summary>
        /// <param name="profile">Names network, passphrase and port.</param>
        /// <param name="console">Where it tells how it goes.</param>
        /// <param name="pause">Pause in ms before it tries again what failed.</param>
        public WifiTransport(BoardProfile profile, IConsole console, int pause)
        {
            _pause = pause;
            _profile = profile;
            _console = console;
            new Thread(Join).Start();
        }

        /// <inheritdoc />
        public bool IsOpen
        {
            get { return _tcp != null && _tcp.IsOpen; }
        }

        /// <inheritdoc />
        public int Connection
        {
            get { return _tcp == null ? 0 : _tcp.Connection; }
        }

        /// <inheritdoc />
        public bool RequiresAuthentication
        {
            get { return true; }
        }

        /// <inheritdoc />
        public bool HostWaiting
        {
            get { return _tcp != null && _tcp.HostWaiting; }
        }

        /// <inheritdoc />
        public int Available
        {
            get
            {
                if (_tcp == null)
                {
                    if (!_joined)
                    {
                        return 0;
                    }

                    Listen();
                }

                return _tcp == null ? 0 : _tcp.Available;
            }
        }

        /// <inheritdoc />
        public int Read(byte[] buffer, int offset, int count)
        {
            return _tcp == null ? 0 : _tcp.Read(buffer, offset, count);
        }

        /// <inheritdoc />
        public int Write(byte[] buffer, int offset, int count)
        {
            return _tcp == null ? 0 : _tcp.Write(buffer, offset, count);
        }

        /// <inheritdoc />
        public void Disconnect()
        {
            if (_tcp != null)
            {
                _tcp.Disconnect();
            }
        }

        /// <summary>Sends the host away and stops listening.</summary>
        public void Dispose()
        {
            if (_tcp != null)
            {
                _tcp.Dispose();
            }
        }

        private void Join()
        {
            CancellationTokenSource limit = new CancellationTokenSource(TryMilliseconds);
            while (!WifiNetworkHelper.ConnectDhcp(_profile.WifiSsid, _profile.WifiPassword, WifiReconnectionKind.Automatic, false, 0, limit.Token))
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
                _tcp = new TcpTransport(IPAddress.Any, _profile.TcpPort);
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
