// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Engine
{
    /// <summary>Trace samples that wait to be read.</summary>
    public sealed class TraceRing : TimedRing
    {
        private readonly int[] _values;
        private readonly byte[] _indices;

        /// <summary>Initializes a new instance of the <see cref="TraceRing" /> class.</summary>
        /// <param name="capacity">Number of places; 0 for a network without traces.</param>
        public TraceRing(int capacity)
            : base(capacity)
        {
            _values = new int[capacity];
            _indices = new byte[capacity];
        }

        /// <summary>Gets the trace that a sample belongs to.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>Index of the trace in the network's tables.</returns>
        public int IndexAt(int index) => _indices[Place(index)];

        /// <summary>Gets a value.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>The membrane value, Q8.24.</returns>
        public int ValueAt(int index) => _values[Place(index)];

        /// <summary>Adds a sample.</summary>
        internal void Add(int trace, long time, int value)
        {
            int place = Claim();
            if (place >= 0)
            {
                _indices[place] = (byte)trace;
                _times[place] = time;
                _values[place] = value;
            }
        }
    }
}
