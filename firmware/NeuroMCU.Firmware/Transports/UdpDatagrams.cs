// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Net;
using System.Net.Sockets;
using NeuroMCU.Protocol.Hub;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// Datagrams over UDP. The socket is connected, so that the network stack lets only those of the other end in. Over Wi-Fi it opens once
    /// there is an address; one that cannot be opened is tried again a second later.
    /// </summary>
    public sealed class UdpDatagrams : IDatagrams, IDisposable
    {
        private const int TriesBetweenOpenings = 1000;

        private readonly string _address;
        private readonly int _port;
        private readonly int _localPort;
        private readonly WifiJoin _wifi;
        private Socket _socket;
        private int _wait;

        /// <summary>Initializes a new instance of the <see cref="UdpDatagrams" /> class.</summary>
        /// <param name="address">IPv4 address of the other end.</param>
        /// <param name="port">Its port.</param>
        /// <param name="localPort">Port of this end; 0 for a free one.</param>
        /// <param name="wifi">The radio; null where the network is there already.</param>
        public UdpDatagrams(string address, int port, int localPort, WifiJoin wifi)
        {
            _address = address;
            _port = port;
            _localPort = localPort;
            _wifi = wifi;
        }

        /// <inheritdoc />
        public int Receive(byte[] buffer)
        {
            if (!Open())
            {
                return 0;
            }

            try
            {
                return _socket.Available == 0 ? 0 : _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None);
            }
            catch (SocketException)
            {
                // Of the datagram before: the other end's port is closed. A hub that comes later is heard all the same.
                return 0;
            }
        }

        /// <inheritdoc />
        public bool Send(byte[] buffer, int count)
        {
            try
            {
                return Open() && _socket.Poll(0, SelectMode.SelectWrite)
                    && _socket.Send(buffer, 0, count, SocketFlags.None) == count;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        /// <summary>Closes the socket.</summary>
        public void Dispose()
        {
            if (_socket != null)
            {
                _socket.Close();
                _socket = null;
            }
        }

        private bool Open()
        {
            if (_socket != null)
            {
                return true;
            }

            if ((_wifi != null && !_wifi.IsJoined) || _wait-- > 0)
            {
                return false;
            }

            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, _localPort));
                socket.Connect(new IPEndPoint(IPAddress.Parse(_address), _port));
                _socket = socket;
                return true;
            }
            catch (SocketException)
            {
                socket.Close();
                _wait = TriesBetweenOpenings;
                return false;
            }
        }
    }
}
