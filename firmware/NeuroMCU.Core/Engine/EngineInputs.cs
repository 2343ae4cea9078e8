// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// What enters a network from outside: steps of drive, stored spikes, Poisson trains, injections. In one microsecond they are served
    /// in this order, and before anything that the network does by itself.
    /// </summary>
    internal sealed class EngineInputs
    {
        /// <summary>Time in µs of the next one; long.MaxValue when there is none. A field, because the engine looks at it in every
        /// turn.</summary>
        internal long NextTime;

        private readonly Population[] _populations;
        private readonly NeuronOwners _owners;
        private readonly EventQueue _queue;
        private readonly EngineCounters _counters;
        private readonly DriveTable[] _drives;
        private readonly int[] _storedTimes;
        private readonly short[] _storedNeurons;
        private readonly PoissonTrains _poisson;
        private readonly Injections _injections;
        private long _nextDrive;
        private readonly bool[] _renewed;
        private int _nextStored;
        private bool _renews;

        /// <summary>Initializes a new instance of the <see cref="EngineInputs" /> class; <see cref="Reset" /> makes it ready.</summary>
        internal EngineInputs(NetworkTables tables, Population[] populations, NeuronOwners owners, EventQueue queue,
            EngineCounters counters)
        {
            _populations = populations;
            _owners = owners;
            _queue = queue;
            _counters = counters;
            _drives = tables.Drives;
            _storedTimes = tables.SpikeTimes;
            _storedNeurons = tables.SpikeSources;
            _poisson = new PoissonTrains(tables.PoissonSources);
            _renewed = new bool[populations.Length];
            _injections = new Injections(Injectable(tables));
        }

        /// <summary>Injected spikes that may wait: those of hosts, and all that a block of a microphone front end sends.</summary>
        /// <param name="tables">The network.</param>
        /// <returns>The number of spikes.</returns>
        internal static int Injectable(NetworkTables tables)
        {
            int spikes = NetworkEngine.InjectCapacity;
            for (int i = 0; i < tables.Hearing.Length; i++)
            {
                int[] parameters = tables.Hearing[i].Parameters;
                long most = parameters.Length > HearingTable.SpikesPerBlock ? parameters[HearingTable.SpikesPerBlock] : 0;
                long block = 2 * tables.Populations[tables.Hearing[i].Left].Size * most;
                spikes = block < 0 || spikes + block > NetworkEngine.HearingInjectCapacity
                    ? NetworkEngine.HearingInjectCapacity : spikes + (int)block;
            }

            return spikes;
        }

        /// <summary>Goes back to the beginning of every input; injections that wait are dropped.</summary>
        internal void Reset()
        {
            _injections.Clear();
            _poisson.Reset();
            _nextStored = 0;
            _renews = false;
            System.Array.Clear(_renewed, 0, _renewed.Length);
            _nextDrive = NextDrive(-1);
            Find();
        }

        /// <summary>Gets a value indicating whether one more injection can wait.</summary>
        internal bool HasRoom => _injections.HasRoom;

        /// <summary>Lets a neuron fire at a time that is not over.</summary>
        /// <param name="time">Time in µs.</param>
        /// <returns>False when no more can wait; the spike is lost and counted.</returns>
        internal bool Inject(int neuron, long time)
        {
            if (_injections.Add(neuron, time))
            {
                Find();
                return true;
            }

            _counters.InjectDrops++;
            return false;
        }

        /// <summary>Draws the trains of a Poisson source anew, whose rate has changed.</summary>
        /// <param name="now">Present in µs.</param>
        internal void Redraw(int source, long now)
        {
            _poisson.Redraw(source, now + 1);
            Find();
        }

        /// <summary>Lets a population take over its bias and drive, which have changed, at the next microsecond: before anything else of
        /// it, as a step of drive.</summary>
        /// <param name="now">Present in µs.</param>
        internal void Renew(int population, long now)
        {
            _renewed[population] = true;
            _renews = true;
            _nextDrive = Earlier(_nextDrive, now + 1);
            Find();
        }

        /// <summary>Lets the earliest injection fire before its time.</summary>
        /// <param name="now">The engine's present in µs, at which its spike leaves.</param>
        /// <returns>The time in µs that it waited for.</returns>
        internal long Hurry(long now)
        {
            long time = _injections.NextTime;
            int neuron = _injections.Take();
            Population population = _owners.Of(neuron);
            _queue.Fire(population, neuron - population.First, (int)(now - _queue.Base));
            return time;
        }

        /// <summary>Serves one input, or all steps of drive together.</summary>
        /// <param name="time">Time in µs: <see cref="NextTime" />.</param>
        /// <returns>Work items served.</returns>
        internal int Serve(long time)
        {
            int work = 1;
            if (_nextDrive == time)
            {
                work = ServeDrives(time);
            }
            else
            {
                int neuron = NextNeuron(time);
                Population population = _owners.Of(neuron);
                _queue.Fire(population, neuron - population.First, (int)(time - _queue.Base));
            }

            Find();
            return work;
        }

        private static long Earlier(long first, long second) => first < second ? first : second;

        private void Find()
        {
            long next = Earlier(_nextDrive, _poisson.NextTime);
            if (_nextStored < _storedTimes.Length)
            {
                next = Earlier(next, _storedTimes[_nextStored]);
            }

            NextTime = Earlier(next, _injections.NextTime);
        }

        private int NextNeuron(long time)
        {
            if (_nextStored < _storedTimes.Length && _storedTimes[_nextStored] == time)
            {
                return _storedNeurons[_nextStored++];
            }

            return _poisson.NextTime == time ? _poisson.Take() : _injections.Take();
        }

        private int ServeDrives(long time)
        {
            int work = 0;
            DriveTable[] drives = _drives;
            for (int i = 0; i < drives.Length; i++)
            {
                DriveTable drive = drives[i];
                if (drive.Start == time || (drive.Stop == time && drive.Stop != int.MaxValue))
                {
                    _populations[drive.Population].Drive(drive.First, drive.Count, (int)(time - _queue.Base), time);
                    _counters.NeuronUpdates += drive.Count;
                    work += drive.Count;
                }
            }

            if (_renews)
            {
                work += ServeRenewed(time);
            }

            _nextDrive = NextDrive(time);
            return work;
        }

        private int ServeRenewed(long time)
        {
            int work = 0;
            for (int i = 0; i < _renewed.Length; i++)
            {
                if (_renewed[i])
                {
                    _renewed[i] = false;
                    _populations[i].Drive(0, _populations[i].Size, (int)(time - _queue.Base), time);
                    work += _populations[i].Size;
                }
            }

            _counters.NeuronUpdates += work;
            _renews = false;
            return work;
        }

        private long NextDrive(long after)
        {
            long next = long.MaxValue;
            DriveTable[] drives = _drives;
            for (int i = 0; i < drives.Length; i++)
            {
                DriveTable drive = drives[i];
                if (drive.Start > after)
                {
                    next = Earlier(next, drive.Start);
                }
                else if (drive.Stop > after && drive.Stop != int.MaxValue)
                {
                    next = Earlier(next, drive.Stop);
                }
            }

            return next;
        }
    }
}
