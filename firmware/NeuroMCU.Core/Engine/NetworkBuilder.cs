// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Core.Models;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Makes populations and axons from tables. It lives as long as an engine's constructor; a new model is one more case here.</summary>
    internal sealed class NetworkBuilder
    {
        private readonly NetworkTables _tables;
        private readonly EventQueue _queue;
        private readonly EngineCounters _counters;
        private readonly DecayTable[] _decays = new DecayTable[NetworkEngine.MaxDecayTables];
        private int _crossingCount;

        /// <summary>Initializes a new instance of the <see cref="NetworkBuilder" /> class.</summary>
        internal NetworkBuilder(NetworkTables tables, EventQueue queue, EngineCounters counters)
        {
            _tables = tables;
            _queue = queue;
            _counters = counters;
        }

        /// <summary>Gets the crossings of all populations that compute any.</summary>
        internal TimeHeap Crossings { get; private set; }

        /// <summary>Gets the neuron (global index) of each place in <see cref="Crossings" />.</summary>
        internal short[] CrossingNeurons { get; private set; }

        /// <summary>Gets the number of clocked neurons.</summary>
        internal int ClockedNeurons { get; private set; }

        /// <summary>Fills in populations and axons.</summary>
        internal void Build(Population[] populations, Axon[] axons)
        {
            int places = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                if (ComputesCrossings(i))
                {
                    places += _tables.Populations[i].Size;
                }
            }

            Crossings = new TimeHeap(places);
            CrossingNeurons = new short[places];
            int first = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                populations[i] = Create(i, first);
                first += populations[i].Size;
            }

            for (int i = 0; i < axons.Length; i++)
            {
                axons[i] = new Axon(i, _tables.Projections[i], populations[_tables.Projections[i].Target]);
            }

            for (int i = 0; i < populations.Length; i++)
            {
                populations[i].Axons = AxonsOf(i, axons);
            }
        }

        /// <summary>Counts the neurons that are served at the microsecond of their arrivals and compare the sum with their threshold then.</summary>
        internal static int NotedPlaces(NetworkTables tables)
        {
            int places = 0;
            for (int i = 0; i < tables.Populations.Length; i++)
            {
                PopulationTable table = tables.Populations[i];
                bool circuit = (table.Model == ModelKind.Thyristor || table.Model == ModelKind.Bursting) && table.Channels.Length == 0;
                places += circuit || (table.Model == ModelKind.Lif && table.Update == UpdateKind.Event) ? table.Size : 0;
            }

            return places;
        }

        /// <summary>Picks the clocked populations, in order.</summary>
        internal Population[] Clocked(Population[] populations)
        {
            int count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                count += _tables.Populations[i].Update == UpdateKind.Clocked ? 1 : 0;
            }

            Population[] clocked = new Population[count];
            count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                if (_tables.Populations[i].Update == UpdateKind.Clocked)
                {
                    clocked[count++] = populations[i];
                }
            }

            return clocked;
        }

        /// <summary>Picks the steps of drive to a population.</summary>
        internal static DriveTable[] DrivesOf(NetworkTables tables, int population)
        {
            int count = 0;
            for (int i = 0; i < tables.Drives.Length; i++)
            {
                count += tables.Drives[i].Population == population ? 1 : 0;
            }

            DriveTable[] drives = new DriveTable[count];
            count = 0;
            for (int i = 0; i < tables.Drives.Length; i++)
            {
                if (tables.Drives[i].Population == population)
                {
                    drives[count++] = tables.Drives[i];
                }
            }

            return drives;
        }

        private Population Create(int index, int first)
        {
            PopulationTable table = _tables.Populations[index];
            if (table.Model == ModelKind.Source)
            {
                return new SourcePopulation(table, first);
            }

            DriveTable[] drives = DrivesOf(_tables, index);
            if (table.Update == UpdateKind.Clocked)
            {
                ClockedNeurons += table.Size;
            }

            if (table.Model == ModelKind.Equations)
            {
                return new EquationPopulation(table, first, drives, _queue, _counters);
            }

            if (table.Model == ModelKind.Thyristor || table.Model == ModelKind.Bursting)
            {
                return CreateDrivenByCurrent(table, first, drives);
            }

            if (table.Update == UpdateKind.Event)
            {
                return CreateEventLif(table, first, drives, ComputesCrossings(index));
            }

            if (table.Synapse == SynapseKind.Exponential)
            {
                return new ClockedExponentialLif(table, first, drives, _queue, _tables.Step);
            }

            return new ClockedLif(table, first, drives, _queue, _tables.Step);
        }

        private Population CreateDrivenByCurrent(PopulationTable table, int first, DriveTable[] drives)
        {
            if (table.Channels.Length != 0)
            {
                int bias = table.Model == ModelKind.Thyristor ? ThyristorLayout.Bias : BurstingLayout.Bias;
                return new ChannelPopulation(table, first, drives, _queue, table.Parameters[bias], _counters);
            }

            return table.Model == ModelKind.Thyristor
                ? new ThyristorPopulation(table, first, drives, _queue, Crossings, AddCrossings(first, table.Size), _counters)
                : (Population)new BurstingPopulation(table, first, drives, _queue, Crossings, AddCrossings(first, table.Size), _counters);
        }

        private EventLif CreateEventLif(PopulationTable table, int first, DriveTable[] drives, bool crossings)
        {
            DecayTable decay = table.LeakRate.Length == 1 ? DecayFor(table.LeakRate[0]) : null;
            int firstCrossing = crossings ? AddCrossings(first, table.Size) : 0;
            return new EventLif(table, first, drives, _queue, decay, crossings ? Crossings : null, firstCrossing, _counters);
        }

        private int AddCrossings(int first, int size)
        {
            int firstCrossing = _crossingCount;
            for (int i = 0; i < size; i++)
            {
                CrossingNeurons[_crossingCount++] = (short)(first + i);
            }

            return firstCrossing;
        }

        // Populations with the same time constant share their tables.
        private DecayTable DecayFor(long rate)
        {
            for (int i = 0; i < _decays.Length; i++)
            {
                if (_decays[i] == null)
                {
                    _decays[i] = new DecayTable(rate);
                }

                if (_decays[i].Rate == rate)
                {
                    return _decays[i];
                }
            }

            return null;
        }

        private bool ComputesCrossings(int index)
        {
            PopulationTable table = _tables.Populations[index];
            if (table.Model == ModelKind.Thyristor || table.Model == ModelKind.Bursting)
            {
                return table.Channels.Length == 0;
            }

            return table.Model == ModelKind.Lif
                && table.Update == UpdateKind.Event
                && EventLif.NeedsCrossings(table, DrivesOf(_tables, index));
        }

        private Axon[] AxonsOf(int population, Axon[] axons)
        {
            int count = 0;
            for (int i = 0; i < axons.Length; i++)
            {
                count += _tables.Projections[i].Source == population ? 1 : 0;
            }

            Axon[] own = new Axon[count];
            count = 0;
            for (int i = 0; i < axons.Length; i++)
            {
                if (_tables.Projections[i].Source == population)
                {
                    own[count++] = axons[i];
                }
            }

            return own;
        }
    }
}
