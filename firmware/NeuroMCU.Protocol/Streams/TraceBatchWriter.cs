// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>
    /// Builds the body of a TRACES event: run (uint8), sequence number of the first sample (uint32), samples dropped by the device so far
    /// (uint32), time of the first sample (varint, µs), count (uint8), then per sample the interval since the one before (varint, µs), the
    /// trace (varint) and the change of the value since the sample before (zigzag varint, Q8.24; from 0 for the first).
    /// </summary>
    public sealed class TraceBatchWriter
    {
        /// <summary>Most samples in one message.</summary>
        public const int MaxSamples = 255;

        private BodyWriter _writer;
        private int _countAt;
        private long _time;
        private int _value;

        /// <summary>Gets the number of samples in the batch.</summary>
        public int Count { get; private set; }

        /// <summary>Starts a batch.</summary>
        /// <param name="writer">Where to.</param>
        /// <param name="run">Number of the run.</param>
        /// <param name="first">Sequence number of the first sample.</param>
        /// <param name="dropped">Samples dropped by the device so far.</param>
        /// <param name="time">Time of the first sample in µs, not negative.</param>
        public void Begin(BodyWriter writer, int run, uint first, uint dropped, long time)
        {
            _writer = writer;
            _time = time;
            _value = 0;
            Count = 0;
            writer.WriteByte(run);
            writer.WriteUInt32(first);
            writer.WriteUInt32(dropped);
            writer.WriteVarint(time);
            _countAt = writer.Position;
            writer.WriteByte(0);
        }

        /// <summary>Adds a sample.</summary>
        /// <param name="trace">Index of the trace.</param>
        /// <param name="time">Time in µs, not before the last one's.</param>
        /// <param name="value">Membrane in Q8.24.</param>
        /// <returns>False when it does not fit any more, or would go back in time; it then belongs to the next batch.</returns>
        public bool Add(int trace, long time, int value)
        {
            if (Count == MaxSamples || time < _time)
            {
                return false;
            }

            int mark = _writer.Position;
            _writer.WriteVarint(time - _time);
            _writer.WriteVarint(trace);
            _writer.WriteSignedVarint((long)value - _value);
            if (_writer.Failed)
            {
                _writer.Rewind(mark);
                return false;
            }

            _time = time;
            _value = value;
            Count++;
            _writer.PatchByte(_countAt, Count);
            return true;
        }
    }
}
