// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>Random numbers for test networks, of its own so that no change of the firmware's generator moves a golden value.</summary>
    internal sealed class XorShift
    {
        private uint _state;

        public XorShift(uint seed)
        {
            _state = seed;
        }

        /// <summary>A number from 0 to limit − 1.</summary>
        public int Next(int limit)
        {
            uint x = _state;
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            _state = x;
            return (int)(((ulong)x * (uint)limit) >> 32);
        }
    }
}
