// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>
    /// Builds the body of a SPIKES event: run (uint8), sequence number of the first spike (uint32), spikes dropped by the device so far
    /// (uint32), time of the first spike (varint, µs), count (uint8), then per spike the interval since the one before (varint, µs; 0
    /// for the first) and the neuron (varint). Spikes of fewer than 128 neurons at intervals below 16.4 ms take 2 or 3 bytes each.
    /// </summary>
    public sealed class SpikeBatchWriter
    {
        /// <summary>Most spikes in one message.</summary>
        public const int MaxSpikes = 255;

        private BodyWriter _writer;
        private int _countAt;
        private long _time;
        private int _count;

        /// <summary>Gets the number of spikes in the batch.</summary>
        public int Count => _count;

        /// <summary>Starts a batch.</summary>
        /// <param name="writer">Where to.</param>
        /// <param name="run">Number of the run.</param>
        /// <param name="first">Sequence number of the first spike.</param>
        /// <param name="dropped">Spikes dropped by the device so far.</param>
        /// <param name="time">Time of the first spike in µs, not negative.</param>
        public void Begin(BodyWriter writer, int run, uint first, uint dropped, long time)
        {
            _writer = writer;
            _time = time;
            _count = 0;
            writer.WriteByte(run);
            writer.WriteUInt32(first);
            writer.WriteUInt32(dropped);
            writer.WriteVarint(time);
            _countAt = writer.Position;
            writer.WriteByte(0);
        }

        /// <summary>Adds a spike.</summary>
        /// <param name="neuron">Global index.</param>
        /// <param name="time">Time in µs, not before the last one's.</param>
        /// <returns>False when it does not fit any more, or would go back in time; it then belongs to the next batch.</returns>
        public bool Add(int neuron, long time)
        {
            if (_count == MaxSpikes || time < _time)
            {
                return false;
            }

            int mark = _writer.Position;
            _writer.WriteVarint(time - _time);
            _writer.WriteVarint(neuron);
            if (_writer.Failed)
            {
                _writer.Rewind(mark);
                return false;
            }

            _time = time;
            _count++;
            _writer.PatchByte(_countAt, _count);
            return true;
        }
    }
}
