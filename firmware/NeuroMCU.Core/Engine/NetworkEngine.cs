// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Models;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Runs a network in integers, event by event, by the rules of docs/design/engine-semantics.md. Everything is allocated by the
    /// constructor; the synapses stay in the arrays of the tables, so that a weight read or written there is the running weight.
    /// </summary>
    public sealed class NetworkEngine
    {
        /// <summary>Trace samples that may wait to be read, in networks that record traces.</summary>
        public const int TraceCapacity = 256;

        /// <summary>Injected spikes that may wait for their time.</summary>
        public const int InjectCapacity = 64;

        /// <summary>Injected spikes that may wait in networks with a microphone front end, which injects in bursts.</summary>
        public const int HearingInjectCapacity = 512;

        /// <summary>Most time constants with decay tables of their own (4 KB each); the populations beyond compute their decay.</summary>
        public const int MaxDecayTables = 4;

        // Models count local time in ints; it starts again whenever it reaches this.
        private const int BaseStep = 1 << 30;

        private readonly NetworkTables _tables;
        private readonly Population[] _populations;
        private readonly Population[] _clocked;
        private readonly Axon[] _axons;
        private readonly EventQueue _queue;
        private readonly TimeHeap _crossings;
        private readonly short[] _crossingNeurons;
        private readonly PoissonTrains _poisson;
        private readonly Injections _injections;
        private readonly long[] _traceTimes;
        private readonly SpikeRing _spikes;
        private readonly TraceRing _traces;
        private readonly EngineCounters _counters;
        private readonly EngineChannels _channels;
        private readonly int _neurons;
        private readonly int _synapses;
        private readonly int _clockedNeurons;
        private long _now;
        private long _nextInput;
        private long _nextStep;
        private long _nextDrive;
        private long _nextTrace;
        private int _nextStored;
        private Population _owner;

        /// <summary>Initializes a new instance of the <see cref="NetworkEngine" /> class, at time 0.</summary>
        /// <param name="tables">The network, from an image or a compiler; the engine keeps and uses its arrays.</param>
        /// <exception cref="ImageException">A table is missing or has the wrong length, or a number of items exceeds the format's limit.</exception>
        public NetworkEngine(NetworkTables tables)
        {
            TableShape.Require(tables);
            TableShape.RequireIndices(tables);
            _tables = tables;
            _neurons = TableShape.Neurons(tables);
            _synapses = TableShape.Synapses(tables);
            _counters = new EngineCounters();
            _spikes = new SpikeRing(tables.SpikeCapacity);
            _traces = new TraceRing(tables.Traces.Length == 0 ? 0 : TraceCapacity);
            _traceTimes = new long[tables.Traces.Length];
            _injections = new Injections(tables.Hearing.Length == 0 ? InjectCapacity : HearingInjectCapacity);
            _poisson = new PoissonTrains(tables.PoissonSources);
            _axons = new Axon[tables.Projections.Length];
            _populations = new Population[tables.Populations.Length];
            _queue = new EventQueue(tables.QueueCapacity, tables.Projections, _axons, _spikes, _counters);

            NetworkBuilder builder = new NetworkBuilder(tables, _queue, _counters);
            builder.Build(_populations, _axons);
            _channels = new EngineChannels(_populations);
            _owner = _populations.Length == 0 ? null : _populations[0];
            _crossings = builder.Crossings;
            _crossingNeurons = builder.CrossingNeurons;
            _clockedNeurons = builder.ClockedNeurons;
            _clocked = builder.Clocked(_populations);
            Reset();
        }

        /// <summary>Gets the tables that the engine runs on.</summary>
        public NetworkTables Tables => _tables;

        /// <summary>Gets the time in µs since start: everything before it has been served.</summary>
        public long Time => _now;

        /// <summary>Gets the number of neurons, sources included.</summary>
        public int NeuronCount => _neurons;

        /// <summary>Gets the number of synapses.</summary>
        public int SynapseCount => _synapses;

        /// <summary>Gets the spike record.</summary>
        public SpikeRing Spikes => _spikes;

        /// <summary>Gets the trace samples.</summary>
        public TraceRing Traces => _traces;

        /// <summary>Gets the counters.</summary>
        public EngineCounters Counters => _counters;

        /// <summary>Gets the time in µs of the next event; long.MaxValue when there is none.</summary>
        public long NextEventTime
        {
            get
            {
                long next = Earlier(_nextInput, Earlier(_crossings.TopTime, Earlier(_nextStep, _nextTrace)));
                int arrival = _queue.NextTime;
                return arrival == int.MaxValue ? next : Earlier(next, _queue.Base + arrival);
            }
        }

        /// <summary>Tells whether everything up to and including a time has been served.</summary>
        /// <param name="time">Time in µs.</param>
        /// <returns>True when it has.</returns>
        public bool HasReached(long time)
        {
            return _now >= time && NextEventTime > time;
        }

        /// <summary>Goes back to time 0: initial values, inputs from their beginning, records and counters empty. Weights stay as they are.</summary>
        public void Reset()
        {
            _now = 0;
            _counters.Clear();
            _spikes.Clear();
            _traces.Clear();
            _queue.Clear();
            _injections.Clear();
            _crossings.Clear();
            _poisson.Reset();
            _nextStored = 0;
            _nextStep = _clockedNeurons == 0 ? long.MaxValue : _tables.Step;
            _nextDrive = NextDrive(-1);
            for (int i = 0; i < _populations.Length; i++)
            {
                _populations[i].Reset();
            }

            for (int i = 0; i < _traceTimes.Length; i++)
            {
                _traceTimes[i] = 0;
            }

            _nextTrace = _traceTimes.Length == 0 ? long.MaxValue : 0;
            _nextInput = NextInput();
        }

        /// <summary>Serves events in order.</summary>
        /// <param name="until">Time in µs up to which events are served, inclusive.</param>
        /// <param name="maxWork">Work items that may be served: a synapse, a spike of an input, a computed crossing, a clocked neuron or a
        /// sample each count one. A row's synapses count when its last one has been served, and a step of the network is not split, so that a
        /// call may do more by the rows on their way or by one step.</param>
        /// <returns>Work items served. When they are fewer than <paramref name="maxWork" />, <see cref="Time" /> is <paramref name="until" />.</returns>
        public int Advance(long until, int maxWork)
        {
            // What the next turn needs is in fields, because a call costs an interpreter as much as ten instructions.
            int work = maxWork;
            EventQueue queue = _queue;
            TimeHeap crossings = _crossings;
            while (work > 0)
            {
                long input = _nextInput;
                long computed = crossings.TopTime;
                if (_nextStep < computed)
                {
                    computed = _nextStep;
                }

                if (_nextTrace < computed)
                {
                    computed = _nextTrace;
                }

                long next = input < computed ? input : computed;
                long origin = queue.Base;
                long arrival = queue.NextTime;
                if (arrival != int.MaxValue)
                {
                    arrival += origin;
                    if (arrival < next)
                    {
                        next = arrival;
                    }
                }

                long end = origin + BaseStep - 1;
                if (until < end)
                {
                    end = until;
                }

                if (next > end)
                {
                    if (end > _now)
                    {
                        _now = end;
                    }

                    if (end >= until)
                    {
                        break;
                    }

                    Rebase();
                    continue;
                }

                _now = next;
                if (next == input)
                {
                    work -= ServeInput(next);
                    _nextInput = NextInput();
                }
                else if (next == arrival)
                {
                    // Inputs go before arrivals of their microsecond, everything computed after them.
                    long horizon = computed < end ? computed + 1 : end + 1;
                    if (input < horizon)
                    {
                        horizon = input;
                    }

                    queue.Horizon = (int)(horizon - origin);
                    int left = queue.Serve(work);
                    _counters.SynapticEvents += work - left;
                    work = left;
                    if (work <= 0)
                    {
                        _now = origin + queue.Now;
                    }
                }
                else
                {
                    work -= ServeComputed(next);
                }
            }

            return maxWork - work;
        }

        /// <summary>Lets a source neuron fire.</summary>
        /// <param name="neuron">Global index of a neuron of a source population.</param>
        /// <param name="time">Time in µs; the present when it has passed.</param>
        /// <returns>False when no more injections can wait; the spike is lost and counted.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The neuron does not exist or is no source.</exception>
        public bool Inject(int neuron, long time)
        {
            if (neuron < 0 || neuron >= _neurons || !(Owner(neuron) is SourcePopulation))
            {
                throw new ArgumentOutOfRangeException(nameof(neuron));
            }

            return Enter(neuron, time);
        }

        /// <summary>Gets the number of neurons that are channels of the board.</summary>
        public int ChannelCount => _channels.Count;

        /// <summary>Gets the board's channel of a neuron among those that are channels.</summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <returns>Number of the channel in the board profile.</returns>
        public int ChannelOf(int index)
        {
            return _channels.ChannelOf(index);
        }

        /// <summary>Gets the current that a channel is to be driven with, as of <see cref="Time" />.</summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <returns>The current in units of 2^-12 nA.</returns>
        public int ChannelCurrent(int index)
        {
            return _channels.Current(index);
        }

        /// <summary>A channel of the board has fired: its neuron's spike is recorded and travels like any other.</summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <param name="time">Time in µs; the present when it has passed.</param>
        /// <returns>False when no more spikes from outside can wait; the spike is lost and counted.</returns>
        public bool ChannelSpike(int index, long time)
        {
            return Enter(_channels.NeuronOf(index), time);
        }

        /// <summary>Reads a weight.</summary>
        /// <param name="synapse">Index over all projections, 0 to SynapseCount − 1.</param>
        /// <returns>The weight in units of its projection's scale.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
        public int ReadWeight(int synapse)
        {
            int local = synapse;
            return WeightsOf(ref local)[local];
        }

        /// <summary>Writes a weight; the next spike that arrives over it counts with the new one.</summary>
        /// <param name="synapse">Index over all projections, 0 to SynapseCount − 1.</param>
        /// <param name="weight">−32767 to 32767, in units of its projection's scale.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse, or the weight is out of range.</exception>
        public void WriteWeight(int synapse, int weight)
        {
            if (weight < -Formats.MaxWeight || weight > Formats.MaxWeight)
            {
                throw new ArgumentOutOfRangeException(nameof(weight));
            }

            int local = synapse;
            WeightsOf(ref local)[local] = (short)weight;
        }

        /// <summary>Has the spikes of a population counted, for read-outs.</summary>
        /// <param name="population">Index of the population.</param>
        /// <returns>Spikes of each neuron since the first call. The engine goes on counting in this array; a reset does not clear it.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such population.</exception>
        public int[] SpikeCounts(int population)
        {
            if (population < 0 || population >= _populations.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(population));
            }

            Population counted = _populations[population];
            if (counted.Counts == null)
            {
                counted.Counts = new int[counted.Size];
            }

            return counted.Counts;
        }

        /// <summary>Reads the membrane of a neuron, brought forward to <see cref="Time" />.</summary>
        /// <param name="neuron">Global index.</param>
        /// <returns>The value above rest in Q8.24 membrane units; 0 for a source.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
        public int ReadMembrane(int neuron)
        {
            if (neuron < 0 || neuron >= _neurons)
            {
                throw new ArgumentOutOfRangeException(nameof(neuron));
            }

            Population population = Owner(neuron);
            return population.ReadMembrane(neuron - population.First, (int)(_now - _queue.Base));
        }

        private bool Enter(int neuron, long time)
        {
            if (_injections.Add(neuron, time < _now ? _now : time))
            {
                _nextInput = NextInput();
                return true;
            }

            _counters.InjectDrops++;
            return false;
        }

        private static long Earlier(long first, long second)
        {
            return first < second ? first : second;
        }

        private long NextInput()
        {
            long next = Earlier(_nextDrive, _poisson.NextTime);
            if (_nextStored < _tables.SpikeTimes.Length)
            {
                next = Earlier(next, _tables.SpikeTimes[_nextStored]);
            }

            return Earlier(next, _injections.NextTime);
        }

        // Drive, stored spikes, Poisson sources, injections: one item per call, in this order.
        private int ServeInput(long time)
        {
            if (_nextDrive == time)
            {
                return ServeDrives(time);
            }

            int neuron;
            if (_nextStored < _tables.SpikeTimes.Length && _tables.SpikeTimes[_nextStored] == time)
            {
                neuron = _tables.SpikeSources[_nextStored++];
            }
            else if (_poisson.NextTime == time)
            {
                neuron = _poisson.Take();
            }
            else
            {
                neuron = _injections.Take();
            }

            Population population = Owner(neuron);
            _queue.Fire(population, neuron - population.First, (int)(time - _queue.Base));
            return 1;
        }

        private int ServeDrives(long time)
        {
            int work = 0;
            DriveTable[] drives = _tables.Drives;
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

            _nextDrive = NextDrive(time);
            return work;
        }

        private long NextDrive(long after)
        {
            long next = long.MaxValue;
            DriveTable[] drives = _tables.Drives;
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

        // Crossings, the step of the clocked populations, trace samples: one item per call, in this order.
        private int ServeComputed(long time)
        {
            int local = (int)(time - _queue.Base);
            if (_crossings.TopTime == time)
            {
                int neuron = _crossingNeurons[_crossings.Top];
                _crossings.Remove(_crossings.Top);
                Population population = Owner(neuron);
                population.Due(neuron - population.First, local);
                return 1;
            }

            if (_nextStep == time)
            {
                Population[] clocked = _clocked;
                for (int i = 0; i < clocked.Length; i++)
                {
                    clocked[i].Step(local);
                }

                _nextStep = time + _tables.Step;
                _counters.ClockedSteps++;
                _counters.ClockedUpdates += _clockedNeurons;
                return _clockedNeurons;
            }

            return ServeTraces(time, local);
        }

        private int ServeTraces(long time, int local)
        {
            int work = 0;
            long next = long.MaxValue;
            for (int i = 0; i < _traceTimes.Length; i++)
            {
                if (_traceTimes[i] == time)
                {
                    TraceTable trace = _tables.Traces[i];
                    Population population = Owner(trace.Neuron);
                    int neuron = trace.Neuron - population.First;
                    int value = trace.Quantity == TraceQuantity.Membrane ? population.ReadMembrane(neuron, local) : population.ReadCurrent(neuron);
                    _traces.Add(i, time, value);
                    _traceTimes[i] = time + trace.Interval;
                    work++;
                }

                next = Earlier(next, _traceTimes[i]);
            }

            _nextTrace = next;
            return work;
        }

        private void Rebase()
        {
            _queue.Rebase(BaseStep);
            for (int i = 0; i < _populations.Length; i++)
            {
                _populations[i].Rebase(BaseStep);
            }
        }

        // Inputs come in bursts from the same population, so that the one asked for last is tried first.
        private Population Owner(int neuron)
        {
            Population owner = _owner;
            if (neuron >= owner.First && neuron < owner.First + owner.Size)
            {
                return owner;
            }

            Population[] populations = _populations;
            int i = populations.Length - 1;
            while (populations[i].First > neuron)
            {
                i--;
            }

            _owner = populations[i];
            return _owner;
        }

        private short[] WeightsOf(ref int synapse)
        {
            if (synapse >= 0)
            {
                for (int i = 0; i < _axons.Length; i++)
                {
                    short[] weights = _axons[i].Weights;
                    if (synapse < weights.Length)
                    {
                        return weights;
                    }

                    synapse -= weights.Length;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(synapse));
        }
    }
}
