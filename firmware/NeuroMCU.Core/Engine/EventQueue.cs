// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Spikes on their way along axons, one entry per spike and projection: a cursor into the row, whose synapses are sorted by delay.
    /// Serving an entry delivers all synapses that arrive in the same microsecond and puts the entry back with the row's next arrival.
    /// </summary>
    /// <remarks>
    /// A calendar of buckets (R. Brown, Commun. ACM 31, 1988): a distant arrival goes to its bucket in constant time, the entries of the
    /// present bucket stand in a sorted list. A bucket with one entry, the common case, is never sorted. Buckets have no wrap-around: the
    /// array is twice as long as the longest delay, and its upper half moves down when the present reaches it. The order is total: time,
    /// projection, row, older spike first. Places are fixed; a row that finds none is dropped and counted. Entry 0 stands for none.
    /// </remarks>
    internal sealed partial class EventQueue : SpikeQueue
    {
        private const int LeastWidth = 32;
        private const int LeastBuckets = 256;
        private const int MostBuckets = 1024;

        // Set on a bucket's first entry when others hang behind it.
        private const short Several = 0x4000;
        private const short EntryMask = 0x3FFF;
        private const int SortBins = 15;
        private const int InsertionSteps = 200;

        private readonly int[] _at;
        private readonly int[] _origin;
        private readonly int[] _cursor;
        private readonly int[] _end;
        private readonly byte[] _axon;
        private readonly short[] _length;
        private readonly short[] _link;
        private readonly short[] _bucket;
        private readonly short[] _bins = new short[SortBins];
        private readonly Axon[] _axons;
        private readonly EngineCounters _counters;
        private readonly SpikeRing _spikes;
        private readonly int _width;
        private readonly int _buckets;
        private short _first;
        private short _free;
        private int _firstBucket;
        private int _present;
        private int _count;

        /// <summary>Initializes a new instance of the <see cref="EventQueue" /> class.</summary>
        internal EventQueue(int capacity, ProjectionTable[] projections, Axon[] axons, SpikeRing spikes, NotedNeurons noted,
            EngineCounters counters)
            : base(noted)
        {
            _at = new int[capacity + 1];
            _origin = new int[capacity + 1];
            _cursor = new int[capacity + 1];
            _end = new int[capacity + 1];
            _axon = new byte[capacity + 1];
            _length = new short[capacity + 1];
            _link = new short[capacity + 1];
            _axons = axons;
            _spikes = spikes;
            _counters = counters;
            int longest = LongestDelay(projections);
            _width = WidthFor(longest);
            _buckets = BucketsFor(longest);
            _bucket = new short[2 * _buckets];
            Clear();
        }

        /// <summary>Local time of the arrival served last, when work ran out.</summary>
        internal int Now;

        /// <summary>With fewer free places in the record serving stops after the present microsecond; 0 to go on whatever the record
        /// holds.</summary>
        internal int Reserve;

        /// <summary>Gets the local time of the next arrival; int.MaxValue when nothing is on its way.</summary>
        internal int NextTime => _first == 0 ? int.MaxValue : _at[_first];

        /// <summary>Bytes of the buckets on the device's heap.</summary>
        internal static int BucketBytes(ProjectionTable[] projections)
            => DeviceMemory.ArrayBytes(2 * BucketsFor(LongestDelay(projections)), 2);

        /// <summary>Takes everything off its way.</summary>
        internal void Clear()
        {
            Array.Clear(_bucket, 0, _bucket.Length);
            int last = _link.Length - 1;
            for (int i = 1; i < last; i++)
            {
                _link[i] = (short)(i + 1);
            }

            _link[last] = 0;
            _free = 1;
            _first = 0;
            _count = 0;
            _firstBucket = 0;
            _present = 0;
            Base = 0;
        }

        /// <summary>The time base moves forward by a multiple of the buckets' width.</summary>
        internal void Rebase(int by)
        {
            Base += by;
            _firstBucket -= by / _width;
            for (int i = 0; i < _at.Length; i++)
            {
                _at[i] -= by;
                _origin[i] -= by;
            }
        }

        /// <inheritdoc />
        internal override void Fire(Population population, int neuron, int time)
        {
            _counters.Spikes++;
            if (population.Recorded)
            {
                _spikes.Add(population.First + neuron, Base + time);
                if (_spikes.Free < Reserve)
                {
                    Now = time;
                    if (time < Horizon)
                    {
                        Horizon = time + 1;
                    }
                }
            }

            if (population.Counts != null)
            {
                population.Counts[neuron]++;
            }

            if (population.Learners != null || population.Modulated != null)
            {
                Learn(population, neuron, time);
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

        /// <summary>Serves arrivals in order up to the horizon or until the work is used up.</summary>
        /// <param name="work">Number of synapses that may be served. A row is charged as a whole, with its last synapse.</param>
        /// <returns>What is left of the work, negative when the last row exceeded it.</returns>
        internal int Serve(int work)
        {
            if (_present >= _buckets)
            {
                MoveDown();
            }

            // An interpreter charges every instruction, and calls and fields most of all. So everything of use is in locals, constants
            // that do not fit a byte included, and what depends on the projection is loaded when the projection changes.
            int[] at = _at;
            int[] origin = _origin;
            int[] cursor = _cursor;
            int[] ends = _end;
            byte[] axonOf = _axon;
            NotedNeurons noted = Noted;
            short[] link = _link;
            short[] bucket = _bucket;
            int width = _width;
            int firstBucket = _firstBucket;
            int present = _present;
            int stop = (firstBucket + _buckets) * width;
            int horizon = Horizon < stop ? Horizon : stop;
            int targetMask = Formats.TargetMask;
            int fineMask = DecayTable.FineMask;
            long half = DecayTable.Half;
            short entry = _first;
            short more = link[entry];
            int time = at[entry];

            int served = -1;
            Axon axon = null;
            Population target = null;
            int[] synapses = null;
            short[] weights = null;
            int scale = 0;
            SynapseLearner learner = null;
            int[] membrane = null;
            int[] last = null;
            int[] coarse = null;
            int[] fine = null;
            int range = 0;
            long threshold = 0;
            long floor = 0;

        serve:
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
                    learner = axon.Learner;
                    threshold = target.FastThreshold;
                    floor = target.FastFloor;
                }

                int place = cursor[entry];
                int end = ends[entry];
                int synapse = synapses[place];
                uint together = (uint)synapse | (uint)targetMask;
                if (learner != null)
                {
                    // A delay of its own for each synapse is common: no call for what the next one tells.
                    int next = place + 1;
                    if (next != end && (uint)synapses[next] <= together)
                    {
                        next = LastTogether(synapses, place, end) + 1;
                    }

                    learner.Arrive(place, next, time);
                }

                do
                {
                    int neuron = synapse & targetMask;
                    int elapsed = time - last[neuron];

                    // One unsigned comparison sends aside what is refractory or noted (negative) and what has waited too long for the
                    // tables.
                    if ((uint)elapsed < (uint)range)
                    {
                        long u = (((membrane[neuron]
                            * (((long)coarse[elapsed >> DecayTable.FineBits] * fine[elapsed & fineMask]) >> DecayTable.Bits))
                            + half) >> DecayTable.Bits) + (weights[place] * scale);
                        if (u < threshold && u >= floor)
                        {
                            last[neuron] = time;
                            membrane[neuron] = (int)u;
                        }
                        else
                        {
                            target.Note(neuron, u, time);
                            horizon = time + 1;
                        }
                    }
                    else
                    {
                        int from = place;
                        place = LastTogether(synapses, place, end);
                        target.Receive(axon, from, place + 1, time);
                        horizon = noted.Count != 0 ? time + 1 : Horizon < stop ? Horizon : stop;
                    }

                    place++;
                    if (place == end)
                    {
                        goto finished;
                    }

                    synapse = synapses[place];
                }
                while ((uint)synapse <= together);

                int then = origin[entry] + (int)((uint)synapse >> Formats.TargetBits);
                at[entry] = then;
                cursor[entry] = place;
                int slot = (then / width) - firstBucket;
                if (slot > present)
                {
                    short before = bucket[slot];
                    if (before == 0)
                    {
                        bucket[slot] = entry;
                    }
                    else
                    {
                        if (before < Several)
                        {
                            link[before] = 0;
                        }

                        link[entry] = before;
                        bucket[slot] = (short)(entry | Several);
                    }
                }
                else if (more == 0)
                {
                    time = then;
                    continue;
                }
                else
                {
                    more = Insert(more, entry);
                }

            next:
                if (more != 0)
                {
                    entry = more;
                    more = link[entry];
                }
                else
                {
                    do
                    {
                        entry = bucket[++present];
                    }
                    while (entry == 0);
                    bucket[present] = 0;
                    if (entry >= Several)
                    {
                        // Two are put in order here, more by a call.
                        entry = (short)(entry & EntryMask);
                        more = link[entry];
                        if (more >= Several || at[more] == at[entry])
                        {
                            entry = Sort(entry);
                            more = link[entry];
                        }
                        else if (at[more] < at[entry])
                        {
                            link[more] = entry;
                            link[entry] = 0;
                            entry = more;
                            more = link[entry];
                        }
                    }
                }

                time = at[entry];
                continue;

            finished:
                work -= _length[entry];
                link[entry] = _free;
                _free = entry;
                _count--;
                if (_count == 0)
                {
                    _first = 0;
                    Now = time;
                    return work;
                }

                if (work <= 0)
                {
                    Now = time;
                    horizon = time;
                }

                goto next;
            }

            link[entry] = more;
            _first = entry;
            _present = present;

            // One neuron at its threshold, and nothing else to do in its microsecond, is the common case: it fires without a way
            // through the engine.
            if (noted.Count == 1 && work > 0 && Horizon > noted.Time + 1)
            {
                noted.SettleOnly();
                entry = _first;
                more = link[entry];
                time = at[entry];
                horizon = Horizon < stop ? Horizon : stop;
                goto serve;
            }

            return work;
        }

        private static void Learn(Population population, int neuron, int time)
        {
            SynapseLearner[] learners = population.Learners;
            for (int i = 0; learners != null && i < learners.Length; i++)
            {
                learners[i].Fired(neuron, time);
            }

            SynapseLearner[] modulated = population.Modulated;
            for (int i = 0; modulated != null && i < modulated.Length; i++)
            {
                modulated[i].Modulate(time);
            }
        }

        private void Send(Axon axon, int start, int end, int time)
        {
            short entry = _free;
            if (entry == 0)
            {
                _counters.QueueDrops++;
                return;
            }

            _free = _link[entry];
            _counters.Rows++;
            if (_count >= _counters.QueuePeak)
            {
                _counters.QueuePeak = _count + 1;
            }

            int arrival = time + (int)((uint)axon.Synapses[start] >> Formats.TargetBits);
            _at[entry] = arrival;
            _origin[entry] = time;
            _cursor[entry] = start;
            _end[entry] = end;
            _length[entry] = (short)(end - start);
            _axon[entry] = (byte)axon.Index;
            if (_count++ == 0)
            {
                _firstBucket = arrival / _width;
                _present = 0;
                _link[entry] = 0;
                _first = entry;
                return;
            }

            int slot = (arrival / _width) - _firstBucket;
            if (slot >= _bucket.Length)
            {
                MoveDown();
                slot -= _buckets;
            }

            if (slot <= _present)
            {
                _first = Insert(_first, entry);
                return;
            }

            if (_bucket[slot] == 0)
            {
                _bucket[slot] = entry;
            }
            else
            {
                Attach(slot, entry);
            }
        }
    }
}
