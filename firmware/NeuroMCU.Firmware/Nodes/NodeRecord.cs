// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// What is known of the nodes as the store keeps it: version (1) | nodes (2) | board (4), then for each node mode with bit 7 for masked
    /// (1) | target (4) | low (4) | high (4) | gain up (4) | gain down (4), little-endian.
    /// </summary>
    internal sealed class NodeRecord : IImageSource
    {
        private const int Version = 1;
        private const int HeadSize = 7;
        private const int NodeSize = 21;
        private const int MaskedBit = 0x80;

        private readonly NodeBank _bank;
        private readonly uint _board;
        private readonly byte[] _bytes;

        internal NodeRecord(NodeBank bank, uint board)
        {
            _bank = bank;
            _board = board;
            _bytes = new byte[HeadSize + (NodeSize * bank.Count)];
        }

        /// <inheritdoc />
        public int Length => _bytes.Length;

        /// <inheritdoc />
        public void Read(int at, byte[] buffer, int count)
        {
            for (int k = 0; k < count; k++)
            {
                buffer[k] = _bytes[at + k];
            }
        }

        /// <inheritdoc />
        public void Release(int at)
        {
            // The record stays in memory.
        }

        /// <summary>Takes what is known now.</summary>
        internal void Take()
        {
            _bytes[0] = Version;
            _bytes[1] = (byte)_bank.Count;
            _bytes[2] = (byte)(_bank.Count >> 8);
            Put(3, (int)_board);
            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                int at = HeadSize + (NodeSize * k);
                _bytes[at] = (byte)(node.Mode | (node.Masked ? MaskedBit : 0));
                Put(at + 1, node.Target);
                Put(at + 5, node.Low);
                Put(at + 9, node.High);
                Put(at + 13, node.GainUp);
                Put(at + 17, node.GainDown);
            }
        }

        /// <summary>Gives back what was known.</summary>
        /// <param name="source">A whole record of the store.</param>
        /// <returns>False when it is of another board or version; nothing has changed then.</returns>
        internal bool Restore(IImageSource source)
        {
            if (source == null || source.Length != _bytes.Length)
            {
                return false;
            }

            source.Read(0, _bytes, _bytes.Length);
            if (_bytes[0] != Version || (_bytes[1] | (_bytes[2] << 8)) != _bank.Count || Get(3) != (int)_board)
            {
                return false;
            }

            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                int at = HeadSize + (NodeSize * k);
                int mode = _bytes[at] & ~MaskedBit;
                node.Mode = mode <= NodeMode.Keeping ? mode : NodeMode.Unknown;
                node.Masked = (_bytes[at] & MaskedBit) != 0;
                node.Target = Get(at + 1);
                node.Low = Get(at + 5);
                node.High = Get(at + 9);
                node.GainUp = Get(at + 13);
                node.GainDown = Get(at + 17);
            }

            return true;
        }

        private void Put(int at, int value)
        {
            _bytes[at] = (byte)value;
            _bytes[at + 1] = (byte)(value >> 8);
            _bytes[at + 2] = (byte)(value >> 16);
            _bytes[at + 3] = (byte)(value >> 24);
        }

        private int Get(int at) => _bytes[at] | (_bytes[at + 1] << 8) | (_bytes[at + 2] << 16) | (_bytes[at + 3] << 24);
    }
}
