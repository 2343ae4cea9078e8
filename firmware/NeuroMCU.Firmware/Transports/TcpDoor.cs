// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Net;
using System.Net.Sockets;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>A TCP port.</summary>
    public sealed class TcpDoor : IDoor, IDisposable
    {
        private readonly TcpLine[] _lines;
        private Socket _listener;
        private Socket _caller;
        private int _address;

        /// <summary>Initializes a new instance of the <see cref="TcpDoor" /> class, which does not listen yet.</summary>
        /// <param name="lines">Connections at the same time, at least 1.</param>
        public TcpDoor(int lines)
        {
            _lines = new TcpLine[lines];
            Lines = new ITransport[lines];
            for (int k = 0; k < lines; k++)
            {
                _lines[k] = new TcpLine();
                Lines[k] = _lines[k];
            }
        }

        /// <inheritdoc />
        public ITransport[] Lines { get; }

        /// <summary>Gets the port that is listened on; 0 for none.</summary>
        public int Port => _listener == null ? 0 : ((IPEndPoint)_listener.LocalEndPoint).Port;

        /// <summary>Begins to listen.</summary>
        /// <param name="address">Address to listen on.</param>
        /// <param name="port">Port; 0 for a free one.</param>
        /// <exception cref="SocketException">The port is taken.</exception>
        public void Listen(IPAddress address, int port)
        {
            Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(address, port));

                // Who finds the queue full tries again a second later: it must have room for all that may come within a turn.
                listener.Listen(2 * _lines.Length);
            }
            catch (SocketException)
            {
                listener.Close();
                throw;
            }

            _listener = listener;
        }

        /// <inheritdoc />
        public bool Knock()
        {
            if (_caller != null)
            {
                return true;
            }

            try
            {
                if (_listener == null || !_listener.Poll(0, SelectMode.SelectRead))
                {
                    return false;
                }

                _caller = _listener.Accept();
                byte[] address = ((IPEndPoint)_caller.RemoteEndPoint).Address.GetAddressBytes();
                _address = (address[0] << 24) | (address[1] << 16) | (address[2] << 8) | address[3];

                // Frames are small and go out when they are whole: waiting to fill packets would only add latency.
                _caller.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
                return true;
            }
            catch (SocketException)
            {
                // It has gone already.
                Refuse();
                return false;
            }
        }

        /// <inheritdoc />
        public int Address(ITransport line) => line == null ? _address : ((TcpLine)line).Address;

        /// <inheritdoc />
        public void Admit(ITransport line)
        {
            ((TcpLine)line).Connect(_caller, _address);
            _caller = null;
        }

        /// <inheritdoc />
        public void Refuse()
        {
            if (_caller != null)
            {
                _caller.Close();
                _caller = null;
            }
        }

        /// <summary>Sends all hosts away and stops listening.</summary>
        public void Dispose()
        {
            Refuse();
            for (int k = 0; k < _lines.Length; k++)
            {
                _lines[k].Disconnect();
            }

            if (_listener != null)
            {
                _listener.Close();
                _listener = null;
            }
        }
    }
}
