// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// Neurons that are looked at again when all arrivals of the present microsecond are in: then, and not before, their sum is compared
    /// with floor and threshold. Each stands here once at most. They are taken out by neuron, in whatever order they came.
    /// </summary>
    internal sealed class NotedNeurons
    {
        /// <summary>Number of neurons that wait. A field, because the engine looks at it in every turn.</summary>
        internal int Count;

        /// <summary>Local time of their microsecond.</summary>
        internal int Time;

        private readonly short[] _neurons;
        private Population _last;
        private int _next;

        /// <summary>Initializes a new instance of the <see cref="NotedNeurons" /> class.</summary>
        internal NotedNeurons(int capacity)
        {
            _neurons = new short[capacity];
        }

        /// <summary>Forgets all.</summary>
        internal void Clear()
        {
            Count = 0;
            _next = 0;
        }

        /// <summary>Notes a neuron.</summary>
        /// <param name="neuron">Index within the population; must not stand here already.</param>
        internal void Add(Population population, int neuron, int time)
        {
            _neurons[Count++] = (short)(population.First + neuron);
            _last = population;
            Time = time;
        }

        /// <summary>Takes out the one neuron that stands here, and settles it.</summary>
        internal void SettleOnly()
        {
            Count = 0;
            _last.Settle(_neurons[0] - _last.First, Time);
        }

        /// <summary>Puts the neurons in order (D. L. Shell, Commun. ACM 2, 1959): mostly they are one, or nearly in order.</summary>
        internal void Sort()
        {
            short[] neurons = _neurons;
            int count = Count;
            for (int gap = count >> 1; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
            {
                for (int i = gap; i < count; i++)
                {
                    short neuron = neurons[i];
                    int place = i;
                    while (place >= gap && neurons[place - gap] > neuron)
                    {
                        neurons[place] = neurons[place - gap];
                        place -= gap;
                    }

                    neurons[place] = neuron;
                }
            }
        }

        /// <summary>Takes the next neuron out, after <see cref="Sort" />.</summary>
        /// <returns>Its global index.</returns>
        internal int Take()
        {
            int neuron = _neurons[_next++];
            if (_next == Count)
            {
                Clear();
            }

            return neuron;
        }
    }
}
