// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Net;
using System.Net.Sockets;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>TCP listener for one host at a time. A second host waits until the first has gone. The key is always asked for.</summary>
    public sealed class TcpTransport : ITransport, IDisposable
    {
        private readonly Socket _listener;
        private Socket _host;
        private int _connection;

        /// <summary>Initializes a new instance of the <see cref="TcpTransport" /> class, which listens at once.</summary>
        /// <param name="address">Address to listen on.</param>
        /// <param name="port">Port; 0 takes a free one.</param>
        /// <exception cref="SocketException">The port cannot be had.</exception>
        public TcpTransport(IPAddress address, int port)
        {
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                _listener.Bind(new IPEndPoint(address, port));
                _listener.Listen(1);
            }
            catch (SocketException)
            {
                // The platform has sixteen sockets: one that is no use is given back.
                _listener.Close();
                throw;
            }
        }

        /// <summary>Gets the port that is listened on.</summary>
        public int Port
        {
            get { return ((IPEndPoint)_listener.LocalEndPoint).Port; }
        }

        /// <inheritdoc />
        public bool IsOpen
        {
            get { return _host != null; }
        }

        /// <inheritdoc />
        public int Connection
        {
            get { return _connection; }
        }

        /// <inheritdoc />
        public bool RequiresAuthentication
        {
            get { return true; }
        }

        /// <inheritdoc />
        public bool HostWaiting
        {
            get { return _host != null && _listener.Poll(0, SelectMode.SelectRead); }
        }

        /// <inheritdoc />
        public int Available
        {
            get
            {
                try
                {
                    if (_host == null)
                    {
                        if (!_listener.Poll(0, SelectMode.SelectRead))
                        {
                            return 0;
                        }

                        _host = _listener.Accept();
                        _connection++;

                        // Frames are small and go out when they are whole: waiting to fill packets would only add latency.
                        _host.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
                    }

                    int available = _host.Available;

                    // Readable with nothing to read: the other end has closed.
                    if (available == 0 && _host.Poll(0, SelectMode.SelectRead) && _host.Available == 0)
                    {
                        Disconnect();
                    }

                    return available;
                }
                catch (SocketException)
                {
                    Disconnect();
                    return 0;
                }
            }
        }

        /// <inheritdoc />
        public int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return _host == null ? 0 : _host.Receive(buffer, offset, count, SocketFlags.None);
            }
            catch (SocketException)
            {
                Disconnect();
                return 0;
            }
        }

        /// <inheritdoc />
        public int Write(byte[] buffer, int offset, int count)
        {
            try
            {
                return _host == null || !_host.Poll(0, SelectMode.SelectWrite) ? 0 : _host.Send(buffer, offset, count, SocketFlags.None);
            }
            catch (SocketException)
            {
                Disconnect();
                return 0;
            }
        }

        /// <inheritdoc />
        public void Disconnect()
        {
            if (_host != null)
            {
                _host.Close();
                _host = null;
            }
        }

        /// <summary>Sends the host away and stops listening.</summary>
        public void Dispose()
        {
            Disconnect();
            _listener.Close();
        }
    }
}
