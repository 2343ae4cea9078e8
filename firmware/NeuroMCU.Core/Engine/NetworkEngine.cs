// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;

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

        /// <summary>Most injected spikes that may wait in networks with a microphone front end, which injects block by block.</summary>
        public const int HearingInjectCapacity = 512;

        /// <summary>The step of a network can be lengthened to 2^6 times its own.</summary>
        public const int MaxLengthening = 6;

        /// <summary>Most time constants with decay tables of their own (4 KB each); the populations beyond compute their decay.</summary>
        public const int MaxDecayTables = 4;

        // Models count local time in ints; it starts again whenever it reaches this.
        private const int BaseStep = 1 << 30;

        private readonly NetworkTables _tables;
        private readonly Population[] _populations;
        private readonly Population[] _clocked;
        private readonly EventQueue _queue;
        private readonly NotedNeurons _noted;
        private readonly TimeHeap _crossings;
        private readonly short[] _crossingNeurons;
        private readonly NeuronOwners _owners;
        private readonly EngineInputs _inputs;
        private readonly EngineChanges _changes;
        private readonly TraceProbes _probes;
        private readonly SynapseWeights _weights;
        private readonly SynapseLearner[] _learners;
        private readonly LearningClock _learning;
        private readonly SpikeRing _spikes;
        private readonly TraceRing _traces;
        private readonly EngineCounters _counters;
        private readonly EngineChannels _channels;
        private readonly int _neurons;
        private readonly int _synapses;
        private readonly int _clockedNeurons;
        private readonly int _stepWork;
        private readonly int _recorded;
        private readonly bool _lengthens;
        private int _lengthening;
        private bool _waits;
        private long _now;
        private long _nextStep;
        private bool _firing;

        /// <summary>Initializes a new instance of the <see cref="NetworkEngine" /> class, at time 0.</summary>
        /// <param name="tables">The network, from an image or a compiler; the engine keeps and uses its arrays.</param>
        /// <exception cref="ImageException">A table is missing or has the wrong length, or a number breaks a rule of the image.</exception>
        public NetworkEngine(NetworkTables tables)
        {
            ImageRules.Require(tables);
            _tables = tables;
            _neurons = TableShape.Neurons(tables);
            _synapses = TableShape.Synapses(tables);
            _counters = new EngineCounters();
            _recorded = TableShape.RecordedNeurons(tables);
            _spikes = new SpikeRing(DeviceMemory.SpikePlaces(tables));

            // What shows spikes to outputs counts on them to come last.
            _spikes.KeepsOrder = tables.Outputs.Length == 0;
            _traces = new TraceRing(tables.Traces.Length == 0 ? 0 : TraceCapacity);
            _populations = new Population[tables.Populations.Length];
            Axon[] axons = new Axon[tables.Projections.Length];
            _noted = new NotedNeurons(NetworkBuilder.NotedPlaces(tables));
            _queue = new EventQueue(tables.QueueCapacity, tables.Projections, axons, _spikes, _noted, _counters);

            NetworkBuilder builder = new NetworkBuilder(tables, _queue, _counters);
            _learners = new SynapseLearner[tables.Learning.Length];
            builder.Build(_populations, axons, _learners);
            _learning = new LearningClock(_learners);
            _channels = new EngineChannels(_populations);
            _owners = new NeuronOwners(_populations);
            _inputs = new EngineInputs(tables, _populations, _owners, _queue, _counters);
            _changes = new EngineChanges(tables, _inputs);
            _weights = new SynapseWeights(axons);
            _probes = new TraceProbes(tables.Traces, _owners, _weights, _traces);
            _crossings = builder.Crossings;
            _crossingNeurons = builder.CrossingNeurons;
            _clockedNeurons = builder.ClockedNeurons;
            _stepWork = builder.StepWork;
            _clocked = builder.Clocked(_populations);
            _lengthens = CanLengthen(_clocked);
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

        /// <summary>Gets the present step of the clocked populations in µs: the network's own, or a longer one after
        /// <see cref="LengthenStep" />.</summary>
        public int Step => _tables.Step << _lengthening;

        /// <summary>
        /// Gets or sets a value indicating whether <see cref="Advance" /> stops when spikes or samples might find no place, until some
        /// have been removed; otherwise what finds none is dropped and counted. At first false.
        /// </summary>
        public bool WaitsForRecord
        {
            get
            {
                return _waits;
            }

            set
            {
                _waits = value;
                _queue.Reserve = value ? _recorded : 0;
            }
        }

        /// <summary>
        /// Gets a value indicating whether the record has no room for what the next item may bring: in one microsecond, arrivals or a
        /// step can make every recorded neuron fire, and all traces can be sampled.
        /// </summary>
        public bool IsRecordFull => _spikes.Free < _recorded || _traces.Free < _tables.Traces.Length;

        /// <summary>Gets the time in µs of the next event; long.MaxValue when there is none.</summary>
        public long NextEventTime
        {
            get
            {
                if (_firing)
                {
                    return _now;
                }

                long next = Earlier(_inputs.NextTime, Earlier(_crossings.TopTime, Earlier(_nextStep, Earlier(_probes.NextTime,
                    _learning.NextTime))));
                if (_noted.Count != 0)
                {
                    next = Earlier(next, _queue.Base + _noted.Time);
                }

                int arrival = _queue.NextTime;
                return arrival == int.MaxValue ? next : Earlier(next, _queue.Base + arrival);
            }
        }

        /// <summary>Tells whether everything up to and including a time has been served.</summary>
        /// <param name="time">Time in µs.</param>
        /// <returns>True when it has.</returns>
        public bool HasReached(long time) => _now >= time && NextEventTime > time;

        /// <summary>Goes back to time 0: initial values, inputs from their beginning, records and counters empty. Weights stay as they
        /// are.</summary>
        public void Reset()
        {
            RestoreStep();
            _now = 0;
            _counters.Clear();
            _spikes.Clear();
            _traces.Clear();
            _queue.Clear();
            _noted.Clear();
            _firing = false;
            _crossings.Clear();
            _nextStep = _clockedNeurons == 0 ? long.MaxValue : _tables.Step;
            for (int i = 0; i < _populations.Length; i++)
            {
                _populations[i].Saturations = 0;
                _populations[i].Reset();
            }

            for (int i = 0; i < _learners.Length; i++)
            {
                _learners[i].Reset();
            }

            _inputs.Reset();
            _probes.Reset();
            _learning.Reset();
        }

        /// <summary>
        /// Doubles the step, for a network that must follow a clock and is behind: charge acts at the end of longer steps, currents
        /// decay as far as before. Only where nothing but synapse blocks is stepped.
        /// </summary>
        /// <returns>False when a population does not allow it, or the step has been doubled often enough.</returns>
        public bool LengthenStep()
        {
            if (!_lengthens || _lengthening == MaxLengthening || _clockedNeurons == 0)
            {
                return false;
            }

            // Steps lie on multiples of their length; the last one of the old length is left out where it would not.
            int before = Step;
            SetLengthening(_lengthening + 1);
            if (_nextStep % Step != 0)
            {
                _nextStep += before;
            }

            return true;
        }

        /// <summary>Goes back to the network's own step. Only while nothing runs.</summary>
        public void RestoreStep()
        {
            if (_lengthening != 0)
            {
                SetLengthening(0);
            }
        }

        /// <summary>Serves events in order.</summary>
        /// <param name="until">Time in µs up to which events are served, inclusive.</param>
        /// <param name="maxWork">Work items that may be served: a synapse, a spike of an input, a computed crossing, a clocked neuron or a
        /// sample each count one, and a neuron of a long program as many as it takes the time of. A row's synapses count when its last one
        /// has been served, and a step of the network is not split, so that a call may do more by the rows on their way or by one
        /// step.</param>
        /// <returns>Work items served. When they are fewer than <paramref name="maxWork" />, <see cref="Time" /> is
        /// <paramref name="until" />, or the engine waits for room in the record.</returns>
        public int Advance(long until, int maxWork)
        {
            // What the next turn needs is in fields, because a call costs an interpreter as much as ten instructions.
            int work = maxWork;
            EventQueue queue = _queue;
            TimeHeap crossings = _crossings;
            NotedNeurons noted = _noted;
            EngineInputs inputs = _inputs;
            TraceProbes probes = _probes;
            LearningClock learning = _learning;
            bool waits = _waits;
            while (work > 0)
            {
                if (waits && IsRecordFull)
                {
                    break;
                }

                if (_firing)
                {
                    work -= ServeRound(_now);
                    continue;
                }

                long input = inputs.NextTime;
                long computed = crossings.TopTime;
                if (_nextStep < computed)
                {
                    computed = _nextStep;
                }

                if (probes.NextTime < computed)
                {
                    computed = probes.NextTime;
                }

                if (learning.NextTime < computed)
                {
                    computed = learning.NextTime;
                }

                long origin = queue.Base;
                if (noted.Count != 0)
                {
                    computed = origin + noted.Time;
                }

                long next = input < computed ? input : computed;
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
                    work -= inputs.Serve(next);
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
                    if (work <= 0 || (waits && IsRecordFull))
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
            if (neuron < 0 || neuron >= _neurons || !_owners.Of(neuron).IsSource)
            {
                throw new ArgumentOutOfRangeException(nameof(neuron));
            }

            if (time < _now)
            {
                _counters.InjectLate++;
                time = _now;
            }

            return _inputs.Inject(neuron, time);
        }

        /// <summary>Gets the number of neurons that are channels of the board.</summary>
        public int ChannelCount => _channels.Count;

        /// <summary>Gets the board's channel of a neuron among those that are channels.</summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <returns>Number of the channel in the board profile.</returns>
        public int ChannelOf(int index) => _channels.ChannelOf(index);

        /// <summary>Gets the current that a channel is to be driven with, as of <see cref="Time" />.</summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <returns>The current in units of 2^-12 nA.</returns>
        public int ChannelCurrent(int index) => _channels.Current(index);

        /// <summary>Gets a value indicating whether <see cref="ChannelSpike" /> keeps one more spike.</summary>
        public bool HasRoomForChannels => _inputs.HasRoom || _spikes.Free > 0;

        /// <summary>
        /// A channel of the board has fired: its neuron's spike is recorded and travels like any other. In a network so far behind that
        /// no more spikes can wait for it, the one that has waited longest travels at once, recorded at its own time: with
        /// <see cref="HasRoomForChannels" /> none is lost.
        /// </summary>
        /// <param name="index">0 to ChannelCount − 1.</param>
        /// <param name="time">Time in µs; the present when it has passed.</param>
        public void ChannelSpike(int index, long time)
        {
            int neuron = _channels.NeuronOf(index);
            time = time < _now ? _now : time;
            if (!_inputs.HasRoom)
            {
                _counters.ChannelHurried++;
                long kept = _spikes.Total - _spikes.Dropped;
                long own = _inputs.Hurry(_now);
                if (_spikes.Total - _spikes.Dropped > kept)
                {
                    _spikes.RedateNewest(own);
                }
            }

            _inputs.Inject(neuron, time);
        }

        /// <summary>Reads a weight.</summary>
        /// <param name="synapse">Index over all projections, 0 to SynapseCount − 1.</param>
        /// <returns>The weight in units of its projection's scale.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
        public int ReadWeight(int synapse) => _weights.Read(synapse);

        /// <summary>Writes a weight; the next spike that arrives over it counts with the new one.</summary>
        /// <param name="synapse">Index over all projections, 0 to SynapseCount − 1.</param>
        /// <param name="weight">−32767 to 32767, in units of its projection's scale.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse, or the weight is out of range.</exception>
        public void WriteWeight(int synapse, int weight)
        {
            _weights.Write(synapse, weight);
        }

        /// <summary>Gets the number of projections that learn.</summary>
        public int LearnerCount => _learners.Length;

        /// <summary>Changes the mean interval of a Poisson source, from the next microsecond on.</summary>
        /// <param name="source">Index in <see cref="NetworkTables.PoissonSources" />.</param>
        /// <param name="interval">Mean interval in µs.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        public int ChangeInterval(int source, long interval) => _changes.SetInterval(source, interval, _now);

        /// <summary>Changes the amplitude of a step of drive, from the next microsecond on.</summary>
        /// <param name="drive">Index in <see cref="NetworkTables.Drives" />.</param>
        /// <param name="amplitude">Amplitude as in the image.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        public int ChangeAmplitude(int drive, long amplitude) => _changes.SetAmplitude(drive, amplitude, _now);

        /// <summary>Changes a parameter of a population, from the next microsecond on.</summary>
        /// <param name="population">Index in <see cref="NetworkTables.Populations" />.</param>
        /// <param name="parameter">Place of the parameter; of a population of equations the register of its drive.</param>
        /// <param name="place">Place of the value in the parameter.</param>
        /// <param name="value">The value, as in the image.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        public int ChangeParameter(int population, int parameter, int place, long value)
            => _changes.SetParameter(population, parameter, place, value, _now);

        /// <summary>
        /// Gets or sets a value indicating whether weights stay as they are although rules say otherwise. Their variables go on.
        /// </summary>
        public bool IsFrozen
        {
            get
            {
                return _learners.Length > 0 && _learners[0].Frozen;
            }

            set
            {
                for (int i = 0; i < _learners.Length; i++)
                {
                    _learners[i].Frozen = value;
                }
            }
        }

        /// <summary>Has the spikes of a population counted, for read-outs.</summary>
        /// <param name="population">Index of the population.</param>
        /// <returns>Spikes of each neuron since the first call. The engine goes on counting in this array; a reset does not clear
        /// it.</returns>
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

        /// <summary>
        /// Counts how often values of a population went beyond the range of the arithmetic and were cut off, since start or reset: its
        /// spikes may be wrong from the first time on.
        /// </summary>
        /// <param name="population">Index of the population.</param>
        /// <returns>The number, 0 or more.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such population.</exception>
        public long Saturations(int population)
        {
            if (population < 0 || population >= _populations.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(population));
            }

            return _populations[population].Saturations;
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

            Population population = _owners.Of(neuron);
            return population.ReadMembrane(neuron - population.First, (int)(_now - _queue.Base));
        }

        private static long Earlier(long first, long second) => first < second ? first : second;

        // Neurons at their threshold, the step of the clocked populations, trace samples: one item per call, in this order.
        private int ServeComputed(long time)
        {
            int local = (int)(time - _queue.Base);
            if (_noted.Count != 0 || _crossings.TopTime == time)
            {
                _noted.Sort();
                return ServeRound(time);
            }

            if (_nextStep == time)
            {
                Population[] clocked = _clocked;
                for (int i = 0; i < clocked.Length; i++)
                {
                    clocked[i].Step(local);
                }

                _nextStep = time + Step;
                _counters.ClockedSteps++;
                _counters.ClockedUpdates += _clockedNeurons;
                return _stepWork;
            }

            return _learning.NextTime == time ? _learning.Serve(time, local) : _probes.Serve(time, local);
        }

        // All neurons that are at their threshold fire before anything arrives of what they send without delay: so none of them is ahead of
        // another. One neuron per call; what arrivals made of it belongs to their work.
        private int ServeRound(long time)
        {
            int local = (int)(time - _queue.Base);
            int work = 0;
            if (_noted.Count != 0)
            {
                int noted = _noted.Take();
                Population population = _owners.Of(noted);
                population.Settle(noted - population.First, local);
            }
            else
            {
                int neuron = _crossingNeurons[_crossings.Top];
                _crossings.Remove(_crossings.Top);
                Population population = _owners.Of(neuron);
                population.Due(neuron - population.First, local);
                work = 1;
            }

            _firing = _noted.Count != 0 || _crossings.TopTime == time;
            return work;
        }

        private static bool CanLengthen(Population[] clocked)
        {
            bool all = true;
            for (int i = 0; i < clocked.Length; i++)
            {
                all &= clocked[i].CanLengthenStep;
            }

            return all;
        }

        private void SetLengthening(int doublings)
        {
            _lengthening = doublings;
            for (int i = 0; i < _clocked.Length; i++)
            {
                _clocked[i].LengthenStep(doublings);
            }
        }

        private void Rebase()
        {
            _queue.Rebase(BaseStep);
            for (int i = 0; i < _populations.Length; i++)
            {
                _populations[i].Rebase(BaseStep);
            }

            for (int i = 0; i < _learners.Length; i++)
            {
                _learners[i].Rebase(BaseStep);
            }
        }
    }
}
