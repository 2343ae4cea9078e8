// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Sockets;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>One TCP connection at a time, given to it by a <see cref="TcpDoor" />. The key is always asked for.</summary>
    public sealed class TcpLine : ITransport
    {
        private Socket _host;
        private int _connection;

        /// <inheritdoc />
        public bool IsOpen => _host != null;

        /// <inheritdoc />
        public int Connection => _connection;

        /// <inheritdoc />
        public bool RequiresAuthentication => true;

        /// <inheritdoc />
        public int Available
        {
            get
            {
                if (_host == null)
                {
                    return 0;
                }

                try
                {
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

        /// <summary>Gets the address that the host comes from, or the last one came from.</summary>
        internal int Address { get; private set; }

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

        /// <summary>Begins a connection; the one before is closed.</summary>
        internal void Connect(Socket host, int address)
        {
            Disconnect();
            _host = host;
            Address = address;
            _connection++;
        }
    }
}
