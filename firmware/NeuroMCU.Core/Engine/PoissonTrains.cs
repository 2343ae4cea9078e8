// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>The Poisson sources of a network: one generator and one next spike per neuron.</summary>
    internal sealed class PoissonTrains
    {
        private readonly PoissonTable[] _tables;
        private readonly TimeHeap _next;
        private readonly uint[] _states;
        private readonly short[] _tableOf;
        private readonly short[] _neurons;

        /// <summary>Initializes a new instance of the <see cref="PoissonTrains" /> class.</summary>
        internal PoissonTrains(PoissonTable[] tables)
        {
            _tables = tables;
            int count = 0;
            for (int i = 0; i < tables.Length; i++)
            {
                count += tables[i].Count;
            }

            _next = new TimeHeap(count);
            _states = new uint[count];
            _tableOf = new short[count];
            _neurons = new short[count];
            int train = 0;
            for (int i = 0; i < tables.Length; i++)
            {
                for (int k = 0; k < tables[i].Count; k++)
                {
                    _tableOf[train] = (short)i;
                    _neurons[train++] = (short)(tables[i].First + k);
                }
            }
        }

        /// <summary>Gets the time of the next spike; long.MaxValue when there is none.</summary>
        internal long NextTime => _next.TopTime;

        /// <summary>Starts all trains anew.</summary>
        internal void Reset()
        {
            _next.Clear();
            int train = 0;
            for (int i = 0; i < _tables.Length; i++)
            {
                PoissonTable table = _tables[i];
                for (int k = 0; k < table.Count; k++)
                {
                    _states[train] = PoissonGenerator.Start(table.Seed + (uint)k);
                    Schedule(train++, table.Start);
                }
            }
        }

        /// <summary>Draws the next spikes of a table's trains anew.</summary>
        /// <param name="from">Time in µs from which on they may fire.</param>
        internal void Redraw(int table, long from)
        {
            for (int train = 0; train < _tableOf.Length; train++)
            {
                if (_tableOf[train] == table)
                {
                    Schedule(train, from > _tables[table].Start ? from : _tables[table].Start);
                }
            }
        }

        /// <summary>Takes out the next spike and draws the one after it.</summary>
        /// <returns>The neuron (global index).</returns>
        internal int Take()
        {
            int train = _next.Top;
            Schedule(train, _next.TopTime);
            return _neurons[train];
        }

        private void Schedule(int train, long from)
        {
            PoissonTable table = _tables[_tableOf[train]];
            uint state = PoissonGenerator.Draw(_states[train]);
            _states[train] = state;
            long time = from + PoissonGenerator.Interval(state, table.MeanInterval);
            if (time < table.Stop || table.Stop == int.MaxValue)
            {
                _next.Set(train, time);
            }
            else
            {
                _next.Remove(train);
            }
        }
    }
}
