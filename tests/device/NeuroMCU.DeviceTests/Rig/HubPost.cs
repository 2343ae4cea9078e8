// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Hub;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A hub's end of the datagrams: keeps a checksum of what comes, and gives one packet again and again, as often as it is
    /// told.</summary>
    internal sealed class HubPost : IDatagrams
    {
        private readonly byte[] _packet;
        private int _left;

        public HubPost(byte[] packet)
        {
            _packet = packet;
        }

        public uint Crc { get; private set; }

        public int Count { get; private set; }

        public void Give(int times)
        {
            _left = times;
        }

        public int Receive(byte[] buffer)
        {
            if (_left == 0)
            {
                return 0;
            }

            _left--;
            Array.Copy(_packet, 0, buffer, 0, _packet.Length);
            return _packet.Length;
        }

        public bool Send(byte[] buffer, int count)
        {
            Crc = Crc32.Update(Crc, buffer, 0, count);
            Count++;
            return true;
        }
    }
}
