// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Spikes on their way along axons, one entry per spike and projection: a cursor into the row, whose synapses are sorted by delay.
    /// Serving an entry delivers all synapses that arrive in the same microsecond and puts the entry back with the row's next arrival.
    /// </summary>
    /// <remarks>
    /// Two structures share the entries. A wheel of buckets (2^shift µs each, together longer than the longest delay) takes a distant
    /// arrival in constant time; the entries of the present bucket stand in a pairing heap (Fredman et al., Algorithmica 1, 1986), where
    /// the next is on top. One entry per bucket, the common case, never compares anything; many in one bucket cost a logarithm each.
    /// The order is total: time, projection, row, older spike first. Places are fixed; a row that finds none is dropped and counted.
    /// </remarks>
    internal sealed class EventQueue
    {
        private const int Buckets = 256;
        private const int MinShift = 5;
        private const short None = -1;

        private readonly int[] _at;
        private readonly int[] _cursor;
        private readonly int[] _end;
        private readonly byte[] _axon;
        private readonly short[] _link;
        private readonly short[] _child;
        private readonly short[] _bucket = new short[Buckets];
        private readonly Axon[] _axons;
        private readonly EngineCounters _counters;
        private readonly SpikeRing _spikes;
        private readonly int _shift;
        private short _root;
        private short _free;
        private int _present;
        private int _count;
        private bool _serving;

        /// <summary>Initializes a new instance of the <see cref="EventQueue" /> class.</summary>
        internal EventQueue(int capacity, ProjectionTable[] projections, Axon[] axons, SpikeRing spikes, EngineCounters counters)
        {
            _at = new int[capacity];
            _cursor = new int[capacity];
            _end = new int[capacity];
            _axon = new byte[capacity];
            _link = new short[capacity];
            _child = new short[capacity];
            _axons = axons;
            _spikes = spikes;
            _counters = counters;
            int longest = LongestDelay(projections);
            int shift = MinShift;
            while ((longest >> shift) + 2 >= Buckets)
            {
                shift++;
            }

            _shift = shift;
            Clear();
        }

        /// <summary>Start of local time in µs since start.</summary>
        internal long Base;

        /// <summary>Local time at which serving stops, exclusive; drops when a crossing is computed meanwhile.</summary>
        internal int Horizon;

        /// <summary>Local time of the arrival served last, when work ran out.</summary>
        internal int Now;

        /// <summary>Gets the local time of the next arrival; int.MaxValue when nothing is on its way.</summary>
        internal int NextTime => _root < 0 ? int.MaxValue : _at[_root];

        /// <summary>Takes everything off its way.</summary>
        internal void Clear()
        {
            for (int i = 0; i < _bucket.Length; i++)
            {
                _bucket[i] = None;
            }

            for (int i = 0; i < _link.Length; i++)
            {
                _link[i] = (short)(i + 1);
                _child[i] = None;
            }

            _link[_link.Length - 1] = None;
            _free = 0;
            _root = None;
            _count = 0;
            _present = 0;
            Base = 0;
        }

        /// <summary>The time base moves forward by a multiple of the wheel's length.</summary>
        internal void Rebase(int by)
        {
            Base += by;
            _present -= by >> _shift;
            for (int i = 0; i < _at.Length; i++)
            {
                _at[i] -= by;
            }
        }

        /// <summary>A neuron fires: its spike is recorded and starts to travel.</summary>
        internal void Fire(Population population, int neuron, int time)
        {
            _counters.Spikes++;
            if (population.Recorded)
            {
                _spikes.Add(population.First + neuron, Base + time);
            }

            if (population.Counts != null)
            {
                population.Counts[neuron]++;
            }

            Axon[] axons = population.Axons;
            for (int i = 0; i < axons.Length; i++)
            {
                Axon axon = axons[i];
                int start = axon.RowStart[neuron];
                int end = axon.RowStart[neuron + 1];
                if (start < end)
                {
                    Send(axon, start, end, time);
                }
            }
        }

        /// <summary>
        /// Serves arrivals in order up to the horizon or until the work is used up.
        /// </summary>
        /// <param name="work">Number of synapses that may be served; a row's batch of one microsecond is not split.</param>
        /// <returns>What is left of the work, negative when the last batch exceeded it.</returns>
        internal int Serve(int work)
        {
            // The interpreter charges every instruction and most of all calls and fields: everything of use is in locals, and what
            // depends on the projection is loaded when the projection changes. The entry being served stays on top of the heap.
            int[] at = _at;
            int[] cursor = _cursor;
            int[] ends = _end;
            byte[] axonOf = _axon;
            short[] link = _link;
            short[] child = _child;
            short[] bucket = _bucket;
            int shift = _shift;
            int present = _present;
            int horizon = Horizon;
            short entry = _root;
            int time = at[entry];

            int served = -1;
            Axon axon = null;
            Population target = null;
            int[] synapses = null;
            short[] weights = null;
            int scale = 0;
            int[] membrane = null;
            int[] last = null;
            int[] coarse = null;
            int[] fine = null;
            int range = 0;
            long threshold = 0;
            long floor = 0;

            _serving = true;
            while (time < horizon)
            {
                if (axonOf[entry] != served)
                {
                    served = axonOf[entry];
                    axon = _axons[served];
                    target = axon.Target;
                    synapses = axon.Synapses;
                    weights = axon.Weights;
                    scale = axon.Scale;
                    membrane = target.Membrane;
                    last = target.Last;
                    coarse = target.Coarse;
                    fine = target.Fine;
                    range = target.FastRange;
                    threshold = target.FastThreshold;
                    floor = target.FastFloor;
                }

                int place = cursor[entry];
                int synapse = synapses[place];
                int gap;
                for (; ;)
                {
                    int neuron = synapse & Formats.TargetMask;
                    int elapsed = time - last[neuron];

                    // One unsigned comparison sends aside what is refractory (negative) and what has waited too long for the tables.
                    if ((uint)elapsed < (uint)range)
                    {
                        long u = (((membrane[neuron] * (((long)coarse[elapsed >> DecayTable.FineBits] * fine[elapsed & DecayTable.FineMask]) >> DecayTable.Bits))
                            + DecayTable.Half) >> DecayTable.Bits) + (weights[place] * scale);
                        if (u < threshold)
                        {
                            if (u < floor)
                            {
                                u = floor;
                            }

                            membrane[neuron] = (int)u;
                            last[neuron] = time;
                        }
                        else
                        {
                            membrane[neuron] = u > int.MaxValue ? int.MaxValue : (int)u;
                            last[neuron] = time;
                            _root = entry;
                            _present = present;
                            target.Cross(neuron, time);
                            horizon = Horizon;
                        }
                    }
                    else
                    {
                        int from = place;
                        int end = ends[entry];
                        int delay = synapse >> Formats.TargetBits;
                        while (place + 1 < end && (synapses[place + 1] >> Formats.TargetBits) == delay)
                        {
                            place++;
                        }

                        synapse = synapses[place];
                        work -= place - from;
                        _root = entry;
                        _present = present;
                        target.Receive(axon, from, place + 1, time);
                        horizon = Horizon;
                    }

                    place++;
                    if (place == ends[entry])
                    {
                        gap = 0;
                        break;
                    }

                    int next = synapses[place];
                    gap = (int)(((uint)next >> Formats.TargetBits) - ((uint)synapse >> Formats.TargetBits));
                    if (gap != 0)
                    {
                        break;
                    }

                    synapse = next;
                    work--;
                }

                work--;
                short top = child[entry];
                if (gap != 0)
                {
                    // The row goes on later: into the wheel, or back among the children of its own place.
                    int then = time + gap;
                    at[entry] = then;
                    cursor[entry] = place;
                    int number = then >> shift;
                    if (number > present)
                    {
                        number &= Buckets - 1;
                        link[entry] = bucket[number];
                        bucket[number] = entry;
                    }
                    else
                    {
                        if (top >= 0)
                        {
                            child[entry] = None;
                            entry = Meld(MergeSiblings(top), entry);
                        }

                        goto chosen;
                    }
                }
                else
                {
                    link[entry] = _free;
                    _free = entry;
                    _count--;
                    if (_count == 0)
                    {
                        Now = time;
                        _root = None;
                        _serving = false;
                        return work;
                    }
                }

                if (top >= 0)
                {
                    child[entry] = None;
                    entry = link[top] < 0 ? top : MergeSiblings(top);
                }
                else
                {
                    do
                    {
                        present++;
                        entry = bucket[present & (Buckets - 1)];
                    }
                    while (entry < 0);
                    bucket[present & (Buckets - 1)] = None;
                    if (link[entry] >= 0)
                    {
                        entry = HeapOf(entry);
                    }
                }

            chosen:
                if (work <= 0)
                {
                    Now = time;
                    break;
                }

                time = at[entry];
            }

            _root = entry;
            _present = present;
            _serving = false;
            return work;
        }

        private void Send(Axon axon, int start, int end, int time)
        {
            short entry = _free;
            if (entry < 0)
            {
                _counters.QueueDrops++;
                return;
            }

            _free = _link[entry];
            _counters.Rows++;
            if (++_count > _counters.QueuePeak)
            {
                _counters.QueuePeak = _count;
            }

            int arrival = time + (int)((uint)axon.Synapses[start] >> Formats.TargetBits);
            _at[entry] = arrival;
            _cursor[entry] = start;
            _end[entry] = end;
            _axon[entry] = (byte)axon.Index;
            _link[entry] = None;
            int number = arrival >> _shift;
            if (_root < 0)
            {
                _root = entry;
                _present = number;
            }
            else if (number > _present)
            {
                number &= Buckets - 1;
                _link[entry] = _bucket[number];
                _bucket[number] = entry;
            }
            else if (_serving)
            {
                // The entry in service stays on top until its batch is done, so what it causes waits below it.
                _link[entry] = _child[_root];
                _child[_root] = entry;
            }
            else
            {
                _root = Meld(_root, entry);
            }
        }

        // Makes the later of two heaps a child of the earlier one.
        private short Meld(short first, short second)
        {
            if (Precedes(second, first))
            {
                short other = first;
                first = second;
                second = other;
            }

            _link[second] = _child[first];
            _child[first] = second;
            return first;
        }

        // Total order of arrivals: time, projection, row, older spike (further along its row) first.
        private bool Precedes(short first, short second)
        {
            if (_at[first] != _at[second])
            {
                return _at[first] < _at[second];
            }

            if (_axon[first] != _axon[second])
            {
                return _axon[first] < _axon[second];
            }

            if (_end[first] != _end[second])
            {
                return _end[first] < _end[second];
            }

            return _cursor[first] > _cursor[second];
        }

        // Pairs siblings from left to right, then joins the pairs from right to left: the pairing heap's deletion.
        private short MergeSiblings(short first)
        {
            short pairs = None;
            while (first >= 0)
            {
                short second = _link[first];
                if (second < 0)
                {
                    _link[first] = pairs;
                    pairs = first;
                    break;
                }

                short next = _link[second];
                short pair = Meld(first, second);
                _link[pair] = pairs;
                pairs = pair;
                first = next;
            }

            short rest = _link[pairs];
            while (rest >= 0)
            {
                short next = _link[rest];
                pairs = Meld(pairs, rest);
                rest = next;
            }

            _link[pairs] = None;
            return pairs;
        }

        // The entries of a bucket stand in no order; they become the heap of the present bucket.
        private short HeapOf(short first)
        {
            short root = first;
            short rest = _link[first];
            while (rest >= 0)
            {
                short next = _link[rest];
                root = Meld(root, rest);
                rest = next;
            }

            _link[root] = None;
            return root;
        }

        private static int LongestDelay(ProjectionTable[] projections)
        {
            int longest = 0;
            for (int i = 0; i < projections.Length; i++)
            {
                int[] starts = projections[i].RowStart;
                for (int row = 1; row < starts.Length; row++)
                {
                    if (starts[row] > starts[row - 1])
                    {
                        int delay = (int)((uint)projections[i].Synapses[starts[row] - 1] >> Formats.TargetBits);
                        if (delay > longest)
                        {
                            longest = delay;
                        }
                    }
                }
            }

            return longest;
        }
    }
}
