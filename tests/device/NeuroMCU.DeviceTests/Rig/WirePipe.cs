// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Firmware.Transports;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A line in memory. Of every byte that the device sends it keeps the CRC-32, in order.</summary>
    internal sealed class WirePipe : ITransport
    {
        private const int Capacity = 4096;

        private readonly byte[] _toDevice = new byte[Capacity];
        private readonly byte[] _toHost = new byte[Capacity];
        private int _deviceAt;
        private int _deviceEnd;
        private int _hostAt;
        private int _hostEnd;

        /// <summary>Gets the CRC-32 over all bytes that the device sent.</summary>
        public uint Crc { get; private set; }

        /// <summary>Gets the number of bytes that the device sent.</summary>
        public int Sent { get; private set; }

        public bool IsOpen { get; set; } = true;

        public int Connection { get; private set; } = 1;

        public bool RequiresAuthentication
        {
            get { return false; }
        }

        public int Available
        {
            get { return _deviceEnd - _deviceAt; }
        }

        /// <summary>Gets the bytes that wait for the host, from <see cref="HostStart" /> on.</summary>
        public byte[] ToHost
        {
            get { return _toHost; }
        }

        /// <summary>Gets the place of the next byte for the host.</summary>
        public int HostStart
        {
            get { return _hostAt; }
        }

        /// <summary>Gets the number of bytes that wait for the host.</summary>
        public int HostCount
        {
            get { return _hostEnd - _hostAt; }
        }

        /// <summary>Sends bytes to the device.</summary>
        public void FromHost(byte[] bytes, int count)
        {
            if (_deviceAt == _deviceEnd)
            {
                _deviceAt = 0;
                _deviceEnd = 0;
            }

            Array.Copy(bytes, 0, _toDevice, _deviceEnd, count);
            _deviceEnd += count;
        }

        /// <summary>Notes that the host has read so many bytes.</summary>
        public void Take(int count)
        {
            _hostAt += count;
            if (_hostAt == _hostEnd)
            {
                _hostAt = 0;
                _hostEnd = 0;
            }
        }

        /// <summary>Another host takes the line.</summary>
        public void Reconnect()
        {
            Connection++;
            _deviceAt = 0;
            _deviceEnd = 0;
            _hostAt = 0;
            _hostEnd = 0;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            count = count < Available ? count : Available;
            Array.Copy(_toDevice, _deviceAt, buffer, offset, count);
            _deviceAt += count;
            return count;
        }

        public int Write(byte[] buffer, int offset, int count)
        {
            int room = Capacity - _hostEnd;
            count = count < room ? count : room;
            Array.Copy(buffer, offset, _toHost, _hostEnd, count);
            _hostEnd += count;
            Crc = Crc32.Update(Crc, buffer, offset, count);
            Sent += count;
            return count;
        }

        public void Disconnect()
        {
            Reconnect();
        }
    }
}
