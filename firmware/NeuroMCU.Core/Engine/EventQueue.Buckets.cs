// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <content>The calendar: how wide and how many its buckets are, and the order of the entries within one.</content>
    internal sealed partial class EventQueue
    {
        // A further entry of a bucket hangs in front of the others; a first entry's link says nothing until then.
        private void Attach(int slot, short entry)
        {
            short before = _bucket[slot];
            if (before < Several)
            {
                _link[before] = 0;
            }

            _link[entry] = before;
            _bucket[slot] = (short)(entry | Several);
        }

        // The present has reached the upper half of the buckets, so the lower half is empty and changes places with it.
        private void MoveDown()
        {
            Array.Copy(_bucket, _buckets, _bucket, 0, _buckets);
            Array.Clear(_bucket, _buckets, _buckets);
            _firstBucket += _buckets;
            _present -= _buckets;
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

        // Puts an entry into a sorted list and returns the list's new first entry.
        private short Insert(short list, short entry)
        {
            int[] at = _at;
            short[] link = _link;
            int time = at[entry];
            short before = 0;
            short after = list;
            while (after != 0 && (at[after] < time || (at[after] == time && Precedes(after, entry))))
            {
                before = after;
                after = link[after];
            }

            link[entry] = after;
            if (before == 0)
            {
                return entry;
            }

            link[before] = entry;
            return list;
        }

        // Sorts the entries that hang on a bucket, newest first: each goes into the sorted list from its front, where it mostly belongs,
        // because entries tend to come in order. Where that takes too many steps, the rest is merged.
        private short Sort(short entry)
        {
            int[] at = _at;
            short[] link = _link;
            short sorted = entry;
            short rest = (short)(link[entry] & EntryMask);
            link[entry] = 0;
            int steps = 0;
            while (rest != 0)
            {
                short next = (short)(link[rest] & EntryMask);
                int time = at[rest];
                short before = 0;
                short after = sorted;
                while (after != 0 && (at[after] < time || (at[after] == time && Precedes(after, rest))))
                {
                    before = after;
                    after = link[after];
                    steps++;
                }

                if (before == 0)
                {
                    sorted = rest;
                }
                else
                {
                    link[before] = rest;
                }

                link[rest] = after;
                rest = next;
                if (steps > InsertionSteps)
                {
                    return rest == 0 ? sorted : Merge(sorted, SortByMerging(rest));
                }
            }

            return sorted;
        }

        // Merges lists of 1, 2, 4, ... entries.
        private short SortByMerging(short entry)
        {
            short[] link = _link;
            short[] bins = _bins;
            int top = 0;
            while (entry != 0)
            {
                short next = (short)(link[entry] & EntryMask);
                link[entry] = 0;
                int bin = 0;
                while (bins[bin] != 0)
                {
                    entry = Merge(bins[bin], entry);
                    bins[bin++] = 0;
                }

                bins[bin] = entry;
                if (bin > top)
                {
                    top = bin;
                }

                entry = next;
            }

            short sorted = 0;
            for (int bin = 0; bin <= top; bin++)
            {
                if (bins[bin] != 0)
                {
                    sorted = sorted == 0 ? bins[bin] : Merge(bins[bin], sorted);
                    bins[bin] = 0;
                }
            }

            return sorted;
        }

        private short Merge(short first, short second)
        {
            int[] at = _at;
            short[] link = _link;
            short head;
            if (Precedes(first, second))
            {
                head = first;
                first = link[first];
            }
            else
            {
                head = second;
                second = link[second];
            }

            short tail = head;
            while (first != 0 && second != 0)
            {
                if (at[first] < at[second] || (at[first] == at[second] && Precedes(first, second)))
                {
                    link[tail] = first;
                    tail = first;
                    first = link[first];
                }
                else
                {
                    link[tail] = second;
                    tail = second;
                    second = link[second];
                }
            }

            link[tail] = first != 0 ? first : second;
            return head;
        }

        private static int LastTogether(int[] synapses, int place, int end)
        {
            int delay = synapses[place] >> Formats.TargetBits;
            while (place + 1 < end && synapses[place + 1] >> Formats.TargetBits == delay)
            {
                place++;
            }

            return place;
        }

        private static int WidthFor(int longest)
        {
            int width = LeastWidth;
            while ((longest / width) + 2 > MostBuckets)
            {
                width <<= 1;
            }

            return width;
        }

        private static int BucketsFor(int longest)
        {
            int buckets = (longest / WidthFor(longest)) + 2;
            return buckets < LeastBuckets ? LeastBuckets : buckets;
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
