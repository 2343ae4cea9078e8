// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Makes populations and axons from tables. It lives as long as an engine's constructor, and is what a model sees of the
    /// engine meanwhile.</summary>
    internal sealed class NetworkBuilder : PopulationSite
    {
        private readonly NetworkTables _tables;
        private readonly DecayTable[] _decays = new DecayTable[NetworkEngine.MaxDecayTables];
        private int _crossingCount;

        /// <summary>Initializes a new instance of the <see cref="NetworkBuilder" /> class.</summary>
        internal NetworkBuilder(NetworkTables tables, EventQueue queue, EngineCounters counters)
        {
            _tables = tables;
            Queue = queue;
            Counters = counters;
            Step = tables.Step;
        }

        /// <summary>Gets the neuron (global index) of each place in <see cref="PopulationSite.Crossings" />.</summary>
        internal short[] CrossingNeurons { get; private set; }

        /// <summary>Gets the number of clocked neurons.</summary>
        internal int ClockedNeurons { get; private set; }

        /// <summary>Gets the work items of a step of the network.</summary>
        internal int StepWork { get; private set; }

        /// <summary>Fills in populations, axons and what changes their weights.</summary>
        internal void Build(Population[] populations, Axon[] axons, SynapseLearner[] learners)
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

            for (int i = 0; i < learners.Length; i++)
            {
                LearningTable table = _tables.Learning[i];
                Axon axon = axons[table.Projection];
                learners[i] = ProgramModel(table).Learner(table, axon, Counters);
                axon.Learner = learners[i];
                axon.Target.Learners = With(axon.Target.Learners, learners[i]);
                if (table.Modulator >= 0)
                {
                    populations[table.Modulator].Modulated = With(populations[table.Modulator].Modulated, learners[i]);
                }
            }
        }

        /// <summary>Counts the neurons that are served at the microsecond of their arrivals and compare the sum with their threshold
        /// then.</summary>
        internal static int NotedPlaces(NetworkTables tables)
        {
            int places = 0;
            for (int i = 0; i < tables.Populations.Length; i++)
            {
                PopulationTable table = tables.Populations[i];
                places += table.Model.NotesArrivals(table) ? table.Size : 0;
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

        private static Model ProgramModel(LearningTable table)
        {
            return table.Blocks[0].Program.Model;
        }

        private static SynapseLearner[] With(SynapseLearner[] learners, SynapseLearner one)
        {
            int count = learners == null ? 0 : learners.Length;
            SynapseLearner[] more = new SynapseLearner[count + 1];
            for (int i = 0; i < count; i++)
            {
                more[i] = learners[i];
            }

            more[count] = one;
            return more;
        }

        private Population Create(int index, int first)
        {
            PopulationTable table = _tables.Populations[index];
            Table = table;
            First = first;
            Drives = DrivesOf(_tables, index);
            FirstCrossing = _crossingCount;
            if (ComputesCrossings(index))
            {
                AddCrossings(first, table.Size);
            }

            Population population = table.Model.Create(this);
            if (table.Update == UpdateKind.Clocked)
            {
                ClockedNeurons += table.Size;
                StepWork += population.StepWork;
            }

            return population;
        }

        private void AddCrossings(int first, int size)
        {
            for (int i = 0; i < size; i++)
            {
                CrossingNeurons[_crossingCount++] = (short)(first + i);
            }
        }

        /// <inheritdoc />
        internal override DecayTable DecayFor(long rate)
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
            return table.Model.ComputesCrossings(table, DrivesOf(_tables, index));
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
