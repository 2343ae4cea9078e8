// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Integrity;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>CRC-32 over numbers, so that one value stands for a whole record.</summary>
    internal sealed class Digest
    {
        private readonly byte[] _bytes = new byte[8];

        /// <summary>Gets the CRC over everything that was added, as little-endian 64-bit numbers.</summary>
        public uint Value { get; private set; }

        public void Add(long value)
        {
            byte[] bytes = _bytes;
            ulong bits = (ulong)value;
            for (int k = 0; k < 8; k++)
            {
                bytes[k] = (byte)(bits >> (8 * k));
            }

            Value = Crc32.Update(Value, bytes, 0, 8);
        }

        /// <summary>Adds neurons and times of all waiting spikes and takes them off the ring.</summary>
        /// <returns>Their number.</returns>
        public int Take(SpikeRing spikes)
        {
            int count = spikes.Count;
            for (int k = 0; k < count; k++)
            {
                Add(spikes.TimeAt(k));
                Add(spikes.NeuronAt(k));
            }

            spikes.Remove(count);
            return count;
        }

        /// <summary>Adds times, indices and values of all waiting trace samples and takes them off the ring.</summary>
        /// <returns>Their number.</returns>
        public int Take(TraceRing traces)
        {
            int count = traces.Count;
            for (int k = 0; k < count; k++)
            {
                Add(traces.TimeAt(k));
                Add(traces.IndexAt(k));
                Add(traces.ValueAt(k));
            }

            traces.Remove(count);
            return count;
        }
    }
}
