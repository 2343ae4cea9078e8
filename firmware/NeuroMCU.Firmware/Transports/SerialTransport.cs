// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO.Ports;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// UART, or USB behind a bridge. A cable needs no key. nanoFramework's Read(n) waits for all n bytes, so only what has arrived is asked for.
    /// </summary>
    public sealed class SerialTransport : ITransport
    {
        private readonly SerialPort _port;

        /// <summary>Initializes a new instance of the <see cref="SerialTransport" /> class; the port is opened.</summary>
        /// <param name="port">A port that is not open yet. Its pins are set.</param>
        public SerialTransport(SerialPort port)
        {
            _port = port;

            // Room for a window of upload chunks while the device writes flash. Takes effect only before the port opens.
            _port.ReadBufferSize = 4096;
            _port.WriteTimeout = 50;
            _port.Open();
        }

        /// <inheritdoc />
        public bool IsOpen
        {
            get { return _port.IsOpen; }
        }

        /// <inheritdoc />
        public int Connection
        {
            get { return 1; }
        }

        /// <inheritdoc />
        public bool RequiresAuthentication
        {
            get { return false; }
        }

        /// <inheritdoc />
        public bool HostWaiting
        {
            get { return false; }
        }

        /// <inheritdoc />
        public int Available
        {
            get { return _port.BytesToRead; }
        }

        /// <inheritdoc />
        public int Read(byte[] buffer, int offset, int count)
        {
            return _port.Read(buffer, offset, count);
        }

        /// <inheritdoc />
        public int Write(byte[] buffer, int offset, int count)
        {
            try
            {
                _port.Write(buffer, offset, count);
            }
            catch (TimeoutException)
            {
                // A host that holds the line (flow control) loses this frame; sequence numbers tell it so.
            }

            return count;
        }

        /// <inheritdoc />
        public void Disconnect()
        {
            // A wire has no connection to close.
        }
    }
}
