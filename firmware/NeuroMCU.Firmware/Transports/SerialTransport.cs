// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO.Ports;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// UART, or USB behind a bridge. A cable needs no key. nanoFramework's Read(n) waits for all n bytes, so only what has arrived is
    /// asked for; its Write has no buffer but the hardware's, and with more than that holds does not come back before the next tick of
    /// the scheduler, up to 10 ms later: so only what has room is written. How much that is follows from the baud rate, as the platform
    /// does not tell.
    /// </summary>
    public sealed class SerialTransport : ITransport
    {
        private const int BitsPerByte = 10;

        // Of the 128 bytes of the hardware, with a little to spare for a line that is slower than it should be.
        private const int Fifo = 124;

        // A call costs as much as some tens of bytes, so that a long frame goes out in large parts.
        private const int LeastPart = 48;

        private readonly SerialPort _port;
        private readonly IClock _clock;
        private readonly long _bytesPerSecond;

        // Time in µs at which everything that was written has left the hardware.
        private long _empty;

        /// <summary>Initializes a new instance of the <see cref="SerialTransport" /> class; the port is opened.</summary>
        /// <param name="port">A port that is not open yet, without parity and with one stop bit. Its pins are set.</param>
        /// <param name="clock">The clock.</param>
        public SerialTransport(SerialPort port, IClock clock)
        {
            _port = port;
            _clock = clock;
            _bytesPerSecond = port.BaudRate / BitsPerByte;

            // Room for a window of upload chunks while the device writes flash. Takes effect only before the port opens.
            _port.ReadBufferSize = 4096;
            _port.WriteTimeout = 50;
            _port.Open();
        }

        /// <inheritdoc />
        public bool IsOpen => _port.IsOpen;

        /// <inheritdoc />
        public int Connection => 1;

        /// <inheritdoc />
        public bool RequiresAuthentication => false;

        /// <inheritdoc />
        public int Available => _port.BytesToRead;

        /// <inheritdoc />
        public int Read(byte[] buffer, int offset, int count) => _port.Read(buffer, offset, count);

        /// <inheritdoc />
        public int Write(byte[] buffer, int offset, int count)
        {
            long now = _clock.Now;
            int room = Room(now);
            if (room < count)
            {
                if (room < LeastPart)
                {
                    return 0;
                }

                count = room;
            }

            _empty = (_empty < now ? now : _empty) + (((count * 1000000L) + _bytesPerSecond - 1) / _bytesPerSecond);
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

        private int Room(long now)
        {
            long left = _empty - now;
            if (left <= 0)
            {
                return Fifo;
            }

            long waiting = ((left * _bytesPerSecond) + 999999) / 1000000;
            return waiting >= Fifo ? 0 : Fifo - (int)waiting;
        }

        /// <inheritdoc />
        public void Disconnect()
        {
            // A wire has no connection to close.
        }
    }
}
