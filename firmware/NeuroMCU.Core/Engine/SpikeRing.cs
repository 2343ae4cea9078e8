// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Engine
{
    /// <summary>Spikes that wait to be read.</summary>
    public sealed class SpikeRing : TimedRing
    {
        private readonly short[] _neurons;
        private bool _hurried;

        /// <summary>Initializes a new instance of the <see cref="SpikeRing" /> class.</summary>
        /// <param name="capacity">Number of places, at least 1.</param>
        public SpikeRing(int capacity)
            : base(capacity)
        {
            _neurons = new short[capacity];
        }

        /// <summary>Gets or sets a value indicating whether the spikes that wait stay in the order of their times, whatever came early;
        /// at first true.</summary>
        internal bool KeepsOrder { get; set; } = true;

        /// <summary>Gets a neuron.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>Its global index.</returns>
        public int NeuronAt(int index) => _neurons[Place(index)];

        /// <summary>Adds a spike.</summary>
        internal void Add(int neuron, long time)
        {
            int place = Claim();
            if (place < 0)
            {
                return;
            }

            if (_hurried && Count > 1 && time < _times[Place(Count - 2)])
            {
                place = MakeRoom(time);
            }

            _neurons[place] = (short)neuron;
            _times[place] = time;
        }

        /// <summary>Gives the newest spike a time that is not over; spikes before it that come later find their place before it.</summary>
        internal void RedateNewest(long time)
        {
            _times[Place(Count - 1)] = time;
            _hurried = KeepsOrder;
        }

        /// <inheritdoc />
        internal override void Clear()
        {
            base.Clear();
            _hurried = false;
        }

        // Moves later spikes up by one.
        private int MakeRoom(long time)
        {
            int rank = Count - 1;
            while (rank > 0 && _times[Place(rank - 1)] > time)
            {
                int to = Place(rank);
                int from = Place(rank - 1);
                _times[to] = _times[from];
                _neurons[to] = _neurons[from];
                rank--;
            }

            return Place(rank);
        }
    }
}
