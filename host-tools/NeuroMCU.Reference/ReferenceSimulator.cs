// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Reference;

/// <summary>
/// Runs a network in double precision by the rules of <c>docs/design/engine-semantics.md</c>, from the unrounded model. It shares nothing
/// with the engine of the firmware but the Poisson generator, so that a difference in spikes is a difference of arithmetic.
/// </summary>
public sealed class ReferenceSimulator : IReferenceClock
{
    private readonly Network _network;
    private readonly ReferenceModel[] _populations;
    private readonly int[] _populationOf;
    private readonly Connection[][][] _rows;
    private readonly PriorityQueue<Action<long>, EventKey> _queue = new(new EventOrder());
    private readonly List<long> _spikeTimes = [];
    private readonly List<int> _spikeNeurons = [];
    private readonly List<(long Time, double Value)>[] _samples;
    private readonly long[] _synapticEvents;
    private readonly long[] _arrivals;
    private readonly long[] _fired;
    private readonly SpikeSpan[] _spans;
    private readonly LearningTwin?[] _learners;
    private readonly int[][] _rowStart;
    private EventKey _served;
    private long _created;
    private int _inFlight;
    private bool _used;

    /// <summary>Sets up a simulation at time 0.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schemes">Update scheme of each population, as the compiler chose; null takes the file's, with event for <c>auto</c>
    /// and delta synapses.</param>
    public ReferenceSimulator(Network network, IReadOnlyList<UpdateScheme>? schemes = null)
    {
        _network = network;
        _populations = network.Populations.Select(p => ReferenceModels.Create(p, schemes?[p.Index] ?? p.Update, this)).ToArray();
        _populationOf = network.Populations.SelectMany(p => Enumerable.Repeat(p.Index, p.Size)).ToArray();
        _rows = network.Projections.Select(Rows).ToArray();
        _learners = [.. network.Projections.Select(p =>
            p.Learning == null ? null : new LearningTwin(p, [.. _rows[p.Index].SelectMany(r => r)]))];
        _rowStart = [.. _rows.Select(Starts)];
        _samples = network.Traces.Select(_ => new List<(long Time, double Value)>()).ToArray();
        _synapticEvents = new long[network.Populations.Count];
        _arrivals = new long[network.Populations.Count];
        _fired = new long[network.Populations.Count];
        _spans = new SpikeSpan[_populationOf.Length];
    }

    /// <summary>Synaptic events per population so far.</summary>
    public IReadOnlyList<long> SynapticEvents => _synapticEvents;

    /// <summary>Arrivals per population so far: synaptic events of one row that fall on the same microsecond count once.</summary>
    public IReadOnlyList<long> Arrivals => _arrivals;

    /// <summary>Spikes per population so far, recorded or not.</summary>
    public IReadOnlyList<long> Fired => _fired;

    /// <summary>First and last spike of each neuron so far, recorded or not, by global index.</summary>
    internal IReadOnlyList<SpikeSpan> Spans => _spans;

    /// <summary>Whether spikes of populations are kept that the network does not record.</summary>
    internal bool RecordsAll { get; init; }

    /// <summary>Rounds the states of a population whose model is a text after each step.</summary>
    /// <param name="population">Its index.</param>
    /// <param name="units">A unit for each state, in SI units.</param>
    public void RoundStates(int population, IReadOnlyList<double> units) => ((EquationTwin)_populations[population]).Units = units;

    /// <summary>Weights of a projection now, by row, delay and target.</summary>
    /// <param name="projection">Its index.</param>
    /// <returns>In the unit of its weights; null where they stay.</returns>
    public IReadOnlyList<double>? WeightsOf(int projection) => _learners[projection]?.Weights;

    /// <summary>Largest distance of a membrane from its equilibrium so far, by population, in the membrane unit of the file.</summary>
    internal IReadOnlyList<double> FarthestMembranes => Array.ConvertAll(_populations, p => p.FarthestMembrane);

    /// <summary>Largest magnitude of a synaptic current so far, by population, in the membrane unit of the file.</summary>
    internal IReadOnlyList<double> LargestCurrents => Array.ConvertAll(_populations, p => p.LargestCurrent);

    /// <summary>How often states of texts were cut off at an end of their declared range so far, by population.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, long>> Clipped
        => Array.ConvertAll(_populations, p => (p as EquationTwin)?.Clipped ?? new Dictionary<string, long>());

    /// <summary>Largest number of rows (one per spike and projection) that were on their way at the same time.</summary>
    public int RowsPeak { get; private set; }

    /// <summary>Time that was reached in µs; less than asked for when the work limit struck first.</summary>
    public long Reached { get; private set; }

    /// <summary>Runs from 0 to a time; once per object.</summary>
    /// <param name="until">Last µs to be served.</param>
    /// <param name="injected">Further spikes of input neurons, in any order; null for none.</param>
    /// <param name="maxEvents">Events after which the run stops early; none by default.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Spikes of the recorded populations, and the traces in their physical unit.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The simulation has run already.</exception>
    public RunRecording Run(long until, IEnumerable<StoredSpike>? injected = null, long maxEvents = long.MaxValue,
        CancellationToken cancellation = default)
    {
        if (_used)
        {
            throw new InvalidOperationException("A simulation runs once; make another.");
        }

        _used = true;
        Start(until, injected ?? []);
        long served = 0;
        while (_queue.TryPeek(out _, out EventKey key) && key.Time <= until && served < maxEvents)
        {
            if ((served & 1023) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Action<long> action = _queue.Dequeue();
            Reached = key.Time;
            _served = key;
            action(key.Time);
            served++;
        }

        if (served < maxEvents)
        {
            Reached = until;
        }

        return Recording(until);
    }

    /// <inheritdoc />
    int IReferenceClock.Step => _network.Step;

    /// <inheritdoc />
    void IReferenceClock.Fire(int neuron, long time)
    {
        Fire(neuron, time);
    }

    /// <inheritdoc />
    void IReferenceClock.AfterArrivals(int neuron, Action<long> action)
    {
        Enqueue(action, new EventKey(_served.Time, EventClass.Round, _served.Half + 1, neuron, 0, 0, 0, 0));
    }

    /// <inheritdoc />
    void IReferenceClock.AtCrossing(long time, int neuron, Action<long> action)
    {
        Enqueue(action, new EventKey(time, EventClass.Round, 1, neuron, 0, 0, 0, 0));
    }

    private static Connection[][] Rows(Projection projection)
    {
        List<Connection>[] rows = new List<Connection>[projection.Source.Size];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = [];
        }

        foreach (Connection connection in projection.Connections)
        {
            rows[connection.Pre].Add(connection);
        }

        return Array.ConvertAll(rows, r => r.OrderBy(c => c.Delay).ThenBy(c => c.Post).ToArray());
    }

    private void Start(long until, IEnumerable<StoredSpike> injected)
    {
        for (int i = 0; i < _network.Drives.Count; i++)
        {
            DriveInput drive = _network.Drives[i];
            At(drive.Start, EventClass.Drive, i, 0, t => ChangeDrive(drive, drive.Amplitude, t));
            if (drive.Stop != int.MaxValue)
            {
                At(drive.Stop, EventClass.Drive, i, 0, t => ChangeDrive(drive, -drive.Amplitude, t));
            }
        }

        ScheduleSpikes(_network.StoredSpikes, kind: 0);
        for (int i = 0; i < _network.PoissonInputs.Count; i++)
        {
            for (int k = 0; k < _network.PoissonInputs[i].Count; k++)
            {
                StartTrain(_network.PoissonInputs[i], i, k);
            }
        }

        ScheduleSpikes(injected, kind: 2);
        for (int i = 0; i < _network.Traces.Count; i++)
        {
            StartTrace(i, until);
        }

        foreach (ReferenceModel population in _populations)
        {
            population.Start();
        }

        if (Array.Exists(_populations, p => p.Clocked))
        {
            At(_network.Step, EventClass.Step, 0, 0, Step);
        }

        for (int i = 0; i < _learners.Length; i++)
        {
            if (_learners[i] is { Interval: > 0 } learner)
            {
                int index = i;
                At(learner.Interval, EventClass.Step, 1, index, t => Tick(learner, index, t));
            }
        }
    }

    private static int[] Starts(Connection[][] rows)
    {
        int[] starts = new int[rows.Length];
        for (int i = 1; i < rows.Length; i++)
        {
            starts[i] = starts[i - 1] + rows[i - 1].Length;
        }

        return starts;
    }

    private void Learn(Population source, int neuron, long time)
    {
        foreach (Projection projection in _network.Projections)
        {
            if (_learners[projection.Index] is { } learner && projection.Target.Index == source.Index)
            {
                learner.Fired(neuron, time);
            }
        }

        foreach (Projection projection in _network.Projections)
        {
            if (_learners[projection.Index] is { } learner && projection.Learning!.Modulator?.Index == source.Index)
            {
                learner.Modulate(time);
            }
        }
    }

    private void Tick(LearningTwin learner, int index, long time)
    {
        learner.Tick(time);
        At(time + learner.Interval, EventClass.Step, 1, index, t => Tick(learner, index, t));
    }

    private void ScheduleSpikes(IEnumerable<StoredSpike> spikes, int kind)
    {
        int position = 0;
        foreach (StoredSpike spike in spikes)
        {
            At(spike.Time, EventClass.Source, kind, position, t => Fire(spike.Neuron, t));
            position++;
        }
    }

    private void StartTrain(PoissonInput input, int index, int k)
    {
        PoissonTrain train = new(input.Seed + (uint)k, input.MeanInterval);
        int neuron = input.Population.FirstNeuron + input.First + k;
        void Next(long after)
        {
            long time = after + train.NextInterval();
            if (time < input.Stop)
            {
                Enqueue(
                    t =>
                    {
                        Fire(neuron, t);
                        Next(t);
                    },
                    new EventKey(time, EventClass.Source, 0, 1, index, k, 0, 0));
            }
        }

        Next(input.Start);
    }

    private void StartTrace(int index, long until)
    {
        TraceRequest request = _network.Traces[index];
        ReferenceModel population = _populations[request.Population.Index];
        void Sample(long time)
        {
            _samples[index].Add((time, request.Projection != null ? WeightOf(request)
                : request.Variable >= 0 ? population.Sample(request.Neuron, request.Variable)
                : population.Sample(request.Neuron, request.Quantity, time)));
            if (time + request.Interval <= until)
            {
                At(time + request.Interval, EventClass.Sample, index, 0, Sample);
            }
        }

        At(0, EventClass.Sample, index, 0, Sample);
    }

    private double WeightOf(TraceRequest request)
    {
        int projection = request.Projection!.Index;
        Connection[] row = _rows[projection][request.Pre];
        int place = Enumerable.Range(0, row.Length).Where(s => row[s].Post == request.Neuron).ElementAt(request.Parallel);
        return _learners[projection]!.WeightOf(_rowStart[projection][request.Pre] + place);
    }

    private void At(long time, EventClass kind, int first, int second, Action<long> action)
    {
        Enqueue(action, new EventKey(time, kind, 0, first, second, 0, 0, 0));
    }

    private void Enqueue(Action<long> action, EventKey key)
    {
        _queue.Enqueue(action, key with { Number = _created++ });
    }

    private void Fire(int neuron, long time)
    {
        Population source = _network.Populations[_populationOf[neuron]];
        _fired[source.Index]++;
        _spans[neuron] = _spans[neuron].With(time);
        if (source.Recorded || RecordsAll)
        {
            _spikeTimes.Add(time);
            _spikeNeurons.Add(neuron);
        }

        int row = neuron - source.FirstNeuron;
        Learn(source, row, time);
        foreach (Projection projection in _network.Projections)
        {
            if (projection.Source.Index == source.Index)
            {
                Send(projection, row, time);
            }
        }
    }

    private void Send(Projection projection, int row, long time)
    {
        ReferenceModel target = _populations[projection.Target.Index];
        Connection[] synapses = _rows[projection.Index][row];
        if (synapses.Length > 0)
        {
            _inFlight++;
            RowsPeak = Math.Max(RowsPeak, _inFlight);
        }

        LearningTwin? learner = _learners[projection.Index];
        int start = _rowStart[projection.Index][row];
        for (int s = 0; s < synapses.Length; s++)
        {
            Connection synapse = synapses[s];
            int place = start + s;
            int behind = s;
            while (behind < synapses.Length && synapses[behind].Delay == synapse.Delay)
            {
                behind++;
            }

            int end = start + behind;
            bool last = s == synapses.Length - 1;
            bool later = s == 0 || synapses[s - 1].Delay != synapse.Delay;
            int half = synapse.Delay == 0 ? NextArrivals : 0;
            Enqueue(
                t =>
                {
                    _inFlight -= last ? 1 : 0;
                    _arrivals[projection.Target.Index] += later ? 1 : 0;
                    _synapticEvents[projection.Target.Index]++;
                    if (later)
                    {
                        learner?.Arrive(place, end, t);
                    }

                    target.Arrive(projection, synapse.Post, learner?.Sent(place) ?? synapse.Weight, t);
                },
                new EventKey(time + synapse.Delay, EventClass.Round, half, projection.Index, row, time, s, 0));
        }
    }

    // What neurons of a round send without delay arrives in the next.
    private int NextArrivals => _served.Class == EventClass.Round ? _served.Half + 1 : 0;

    private void ChangeDrive(DriveInput drive, double change, long time)
    {
        for (int n = drive.First; n < drive.First + drive.Count; n++)
        {
            _populations[drive.Population.Index].ChangeDrive(n, change, time);
        }
    }

    private void Step(long time)
    {
        foreach (ReferenceModel population in _populations)
        {
            if (population.Clocked)
            {
                population.Step(time);
            }
        }

        At(time + _network.Step, EventClass.Step, 0, 0, Step);
    }

    private RunRecording Recording(long until)
    {
        return new RunRecording
        {
            Network = _network.Name,
            RanOn = "reference (double precision)",
            Duration = until,
            Populations = _network.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron, p.Size, p.Recorded)).ToArray(),
            Spikes = new SpikeRecord(_spikeTimes.ToArray(), _spikeNeurons.ToArray()),
            Traces = _network.Traces.Select(Trace).ToArray(),
            Produced = _spikeTimes.Count,
        };
    }

    private TraceRecord Trace(TraceRequest request, int index)
    {
        return new TraceRecord(
            TraceNames.Of(request),
            request.Population.FirstNeuron + request.Neuron,
            request.Unit,
            _samples[index].Select(s => s.Time).ToArray(),
            _samples[index].Select(s => s.Value).ToArray())
        { IsWeight = request.Projection != null };
    }
}
