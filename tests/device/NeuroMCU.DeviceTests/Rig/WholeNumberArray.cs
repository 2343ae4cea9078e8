// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hardware.Nodes;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>Nodes in whole numbers: each full pulse goes its own share of the range that is left, give or take; every fifth is
    /// stuck. Not physics, but the same on .NET and on the device.</summary>
    internal sealed class WholeNumberArray : INodeArray
    {
        private const int Million = 1000000;
        private const int Threshold = 1200;
        private const int FullMillivolts = 2000;
        private const int FullMicroseconds = 100;

        private readonly XorShift _random;
        private readonly int[] _values;
        private readonly int[] _shares;

        public WholeNumberArray(int columns, uint seed)
        {
            _random = new XorShift(seed);
            Columns = columns;
            _values = new int[columns];
            _shares = new int[columns];
            for (int k = 0; k < columns; k++)
            {
                _shares[k] = k % 5 == 4 ? 0 : 100000 + _random.Next(120000);
            }
        }

        public int Rows => 1;

        public int Columns { get; }

        public bool SetsDirectly => false;

        public int Value(int node) => _values[node];

        public int Read(int node) => _values[node] + ((_values[node] / 100) * (_random.Next(201) - 100) / 100);

        public void Pulse(int node, int millivolts, int microseconds, int microamperes)
        {
            int size = millivolts < 0 ? -millivolts : millivolts;
            long share = size <= Threshold ? 0
                : (long)_shares[node] * (size - Threshold) / (FullMillivolts - Threshold) * microseconds / FullMicroseconds;
            share = share * (95 + _random.Next(11)) / 100;
            int left = millivolts > 0 ? Million - _values[node] : -_values[node];
            _values[node] += (int)(left * (share > Million ? Million : share) / Million);
        }

        public void Bias(int node, int millivolts, int microamperes)
        {
            // Pulses of this array are short.
        }

        public void Set(int node, int value)
        {
            // Its nodes are pulsed.
        }

        public int Chip => 0;

        public void Keep()
        {
            // Its nodes keep what they have.
        }

        public void Release()
        {
            // Nothing is held.
        }
    }
}
