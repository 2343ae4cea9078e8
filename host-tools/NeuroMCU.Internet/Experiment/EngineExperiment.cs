// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Experiment;

/// <summary>
/// The three-neuron chain without wires and without waiting: the engines of both devices and the hub's network on one clock. Spikes
/// arrive after the constant latency of the hub, which is much longer than the slices of 1 ms in which the engines go on.
/// </summary>
internal sealed class EngineExperiment
{
    private const int Work = 4096;
    private const long Slice = 1000;

    private readonly HubPlan _hub;
    private readonly Device[] _devices;
    private readonly List<Delivery> _deliveries = [];
    private readonly PriorityQueue<(Device Device, WireArrival Arrival), (long Time, long Order)> _events = new();
    private long _order;

    private EngineExperiment(MiddleNeuron middle)
    {
        _hub = HubFile.Parse(ShippedFiles.Text("hub.yaml"), "hub.yaml");
        Core = new HubCore(_hub)
        {
            Moved = (synapse, time) => Record.Add(new RecordedWeight(time, synapse, synapse.Node.State,
            synapse.Node.Weight))
        };
        InitialWeights = Core.Nodes.ToDictionary(n => n.Key, n => n.Value.Weight, StringComparer.Ordinal);
        _devices = [Load("silicon.yaml", [63, 1], [1]), Load(middle.File, [256], [256])];
    }

    /// <summary>The hub's file.</summary>
    public HubPlan Plan => _hub;

    /// <summary>The hub's network.</summary>
    public HubCore Core { get; }

    /// <summary>Weights of the nodes at the start.</summary>
    public IReadOnlyDictionary<string, byte> InitialWeights { get; }

    /// <summary>What was seen in each phase.</summary>
    public IReadOnlyList<Phase> Seen { get; private set; } = [];

    /// <summary>What passed through the hub.</summary>
    public HubRecord Record { get; } = new();

    /// <summary>Runs the four phases.</summary>
    /// <returns>What was seen in each.</returns>
    public static IReadOnlyList<Phase> Run() => RunAll(MiddleNeuron.Adex).Seen;

    /// <summary>Runs the four phases.</summary>
    /// <returns>All of it.</returns>
    public static EngineExperiment RunAll(MiddleNeuron middle)
    {
        EngineExperiment experiment = new(middle);
        experiment.Seen = experiment.RunPhases();
        return experiment;
    }

    private static Device Load(string name, int[] fires, int[] hears)
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(ShippedFiles.Text(name), name));
        NetworkEngine engine = new(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All));
        Dictionary<string, int> first = compiled.Network.Populations.ToDictionary(p => p.Name, p => p.FirstNeuron, StringComparer.Ordinal);
        string[] populations = fires.Length == 2 ? ["anpre", "anpost"] : ["bn"];
        string inputs = fires.Length == 2 ? "from-bn" : "epsp";
        return new Device(
            engine,
            fires.Select((id, k) => (id, first[populations[k]])).ToDictionary(p => p.Item2, p => p.id),
            hears.ToDictionary(id => id, _ => first[inputs]));
    }

    private IReadOnlyList<Phase> RunPhases()
    {
        byte initial = Core.Synapses[0].Node.Weight;
        long end = Phases.Length * Phases.Names.Count;
        for (long now = 0; now < end; now += Slice)
        {
            List<WireSpike> spikes = [.. _devices.SelectMany(d => d.Advance(now + Slice))];
            foreach (WireSpike spike in spikes.OrderBy(s => s.Time))
            {
                Accept(spike);
            }

            // Arrivals of the slices to come; their potentials move weights when they arrive.
            while (_events.TryPeek(out (Device Device, WireArrival Arrival) next, out (long Time, long Order) due)
                && due.Time <= now + (2 * Slice))
            {
                _events.Dequeue();
                next.Device.Inject(next.Arrival, due.Time);
                if (next.Arrival.Weight > 0)
                {
                    Accept(new WireSpike(next.Arrival.Neuron, SpikeKind.Potential, due.Time));
                }
            }
        }

        return Phases.Of(Record, 0, _hub.Synapses[0], initial);
    }

    private void Accept(WireSpike spike)
    {
        Record.Add(new RecordedSpike(spike.Time, Core.Find(spike.Neuron)!.Plan, spike.Kind));
        Core.Accept(spike, _deliveries);
        foreach (Delivery delivery in _deliveries)
        {
            Device to = _devices.First(d => d.Hears.ContainsKey(delivery.Arrival.Neuron));
            _events.Enqueue((to, delivery.Arrival), (delivery.Arrival.Cause + _hub.Latency.Delay!.Value, _order++));
        }

        _deliveries.Clear();
    }

    private sealed class Device(NetworkEngine engine, Dictionary<int, int> fires, Dictionary<int, int> hears)
    {
        public Dictionary<int, int> Hears { get; } = hears;

        public List<WireSpike> Advance(long until)
        {
            List<WireSpike> spikes = [];
            do
            {
                engine.Advance(until, Work);
                for (int i = 0; i < engine.Spikes.Count; i++)
                {
                    if (fires.TryGetValue(engine.Spikes.NeuronAt(i), out int id))
                    {
                        spikes.Add(new WireSpike(id, SpikeKind.Spontaneous, engine.Spikes.TimeAt(i)));
                    }
                }

                engine.Spikes.Remove(engine.Spikes.Count);
            }
            while (!engine.HasReached(until));
            return spikes;
        }

        public void Inject(WireArrival arrival, long time)
        {
            for (int bit = 0; bit < ArrivalBinding.Bits; bit++)
            {
                if ((arrival.Weight >> bit & 1) != 0 && !engine.Inject(Hears[arrival.Neuron] + bit, time))
                {
                    throw new InvalidOperationException("an arrival found no room");
                }
            }
        }
    }
}
