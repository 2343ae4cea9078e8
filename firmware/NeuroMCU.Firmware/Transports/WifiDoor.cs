// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// A TCP port over Wi-Fi. It opens once there is an address.
    /// </summary>
    public sealed class WifiDoor : IDoor, IDisposable
    {
        /// <summary>Connections at the same time. Each takes a kilobyte or two, and one of the platform's sixteen sockets.</summary>
        public const int LineCount = 3;

        private readonly BoardProfile _profile;
        private readonly IConsole _console;
        private readonly int _pause;
        private readonly TcpDoor _tcp = new TcpDoor(LineCount);
        private readonly WifiJoin _wifi;
        private bool _paused;
        private bool _listening;

        /// <summary>Initializes a new instance of the <see cref="WifiDoor" /> class.</summary>
        /// <param name="wifi">The radio.</param>
        /// <param name="profile">Names the port.</param>
        /// <param name="console">Where it says how it goes.</param>
        /// <param name="pause">Pause in ms before it tries again what failed.</param>
        public WifiDoor(WifiJoin wifi, BoardProfile profile, IConsole console, int pause)
        {
            _pause = pause;
            _profile = profile;
            _console = console;
            _wifi = wifi;
        }

        /// <inheritdoc />
        public ITransport[] Lines => _tcp.Lines;

        /// <inheritdoc />
        public bool Knock()
        {
            if (!_listening)
            {
                if (_paused || !_wifi.IsJoined)
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
                _paused = true;
                _console.WriteLine("TCP port " + _profile.TcpPort.ToString() + " cannot be opened, trying again");
                new Thread(Pause).Start();
            }
        }

        private void Pause()
        {
            Thread.Sleep(_pause);
            _paused = false;
        }
    }
}
