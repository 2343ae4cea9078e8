// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Hub;

/// <summary>A spike that is to go to a site.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Delivery(SynapseState Synapse, WireArrival Arrival);

/// <summary>A synapse at work.</summary>
internal sealed class SynapseState(SynapsePlan plan, ISynapseNode node)
{
    /// <summary>What the file says.</summary>
    public SynapsePlan Plan { get; } = plan;

    /// <summary>Way that its spikes go; set by a hub that has wires.</summary>
    public HubRoute? Route { get; set; }

    /// <summary>What holds its weight.</summary>
    public ISynapseNode Node { get; } = node;

    /// <summary>Spikes that passed.</summary>
    public long Spikes { get; set; }

    /// <summary>Pulses of potentiation.</summary>
    public long Potentiations { get; set; }

    /// <summary>Pulses of depression.</summary>
    public long Depressions { get; set; }
}

/// <summary>A neuron with the synapses at it.</summary>
internal sealed class HubNeuron(NeuronPlan plan)
{
    /// <summary>What the file says.</summary>
    public NeuronPlan Plan { get; } = plan;

    /// <summary>Synapses onto it.</summary>
    public List<(SynapseState Synapse, SynapseLearning? Learning)> In { get; } = [];

    /// <summary>Synapses that it feeds.</summary>
    public List<(SynapseState Synapse, SynapseLearning? Learning)> Out { get; } = [];
}

/// <summary>
/// The network of a hub without its wires: takes spikes in the order in which they arrive, moves weights by the rule, and says what
/// goes where. Nothing in it reads a clock or draws a number, so that the same spikes always give the same weights.
/// </summary>
internal sealed class HubCore
{
    private readonly Dictionary<int, HubNeuron> _neurons;
    private readonly HubRule? _rule;
    private readonly List<SynapseLearning> _learning = [];
    private readonly Dictionary<SynapseState, int> _places;
    private long _time;

    /// <summary>Builds the network.</summary>
    /// <param name="array">Nodes of a device; null where the hub has none.</param>
    public HubCore(HubPlan plan, NodeArrayLink? array = null)
    {
        _rule = plan.Rule;
        Nodes = plan.Nodes.ToDictionary(n => n.Name, n => n.Place is null ? Make(n, plan) : array!.Find(n.Name), StringComparer.Ordinal);
        Synapses = [.. plan.Synapses.Select(s => new SynapseState(s, Nodes[s.Node.Name]))];
        _places = Synapses.Select((s, k) => (s, k)).ToDictionary(p => p.s, p => p.k);
        _neurons = plan.Neurons.ToDictionary(n => n.Id, n => new HubNeuron(n));
        foreach (SynapseState synapse in Synapses)
        {
            SynapseLearning? learning = _rule is null || !synapse.Plan.Plastic ? null
                : new SynapseLearning(_rule, synapse.Node, change => Note(synapse, change));
            if (learning is not null)
            {
                _learning.Add(learning);
            }

            _neurons[synapse.Plan.Pre.Id].Out.Add((synapse, learning));
            _neurons[synapse.Plan.Post.Id].In.Add((synapse, learning));
        }
    }

    /// <summary>Nodes by name.</summary>
    public IReadOnlyDictionary<string, ISynapseNode> Nodes { get; }

    /// <summary>Synapses in the order of the file.</summary>
    public IReadOnlyList<SynapseState> Synapses { get; }

    /// <summary>Called when a pulse has moved a synapse, with the time of the spike that did.</summary>
    public Action<SynapseState, long>? Moved { get; set; }

    /// <summary>The neuron of a number.</summary>
    /// <returns>The neuron, or null when the hub has none of that number.</returns>
    public HubNeuron? Find(int id) => _neurons.GetValueOrDefault(id);

    /// <summary>Place of a synapse in the file.</summary>
    /// <returns>From 0.</returns>
    public int PlaceOf(SynapseState synapse) => _places[synapse];

    /// <summary>Presynaptic neurons of a neuron.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyCollection<int> SourcesOf(int id) => _neurons.TryGetValue(id, out HubNeuron? neuron)
        ? [.. neuron.In.Select(s => s.Synapse.Plan.Pre.Id)] : [];

    /// <summary>Takes a spike of a neuron that the hub has.</summary>
    public void Accept(WireSpike spike, List<Delivery> deliveries) => Accept(_neurons[spike.Neuron], spike, deliveries);

    /// <summary>Takes a spike of a neuron that was found already.</summary>
    public void Accept(HubNeuron neuron, WireSpike spike, List<Delivery> deliveries)
    {
        _time = spike.Time;
        if (_rule is not null && Counts(_rule, spike.Kind))
        {
            foreach ((SynapseState _, SynapseLearning? learning) in neuron.In)
            {
                learning?.Fired(spike.Time);
            }
        }

        if (spike.Kind == SpikeKind.Potential)
        {
            return;   // no action potential: nothing goes down the axon
        }

        if (_rule is not null && _rule.Modulator == spike.Neuron)
        {
            Modulate(spike.Time);
        }

        foreach ((SynapseState synapse, SynapseLearning? learning) in CollectionsMarshal.AsSpan(neuron.Out))
        {
            synapse.Spikes++;
            byte weight = learning?.Arrive(spike.Time) ?? synapse.Node.Weight;
            deliveries.Add(new Delivery(synapse, new WireArrival(synapse.Plan.Post.Id, weight, spike.Time)));
        }
    }

    // Apart from what is done for every spike, so that only this one makes a closure.
    private void Modulate(long time) => _learning.ForEach(learning => learning.Modulate(time));

    private static bool Counts(HubRule rule, SpikeKind kind) =>
        kind == SpikeKind.Spontaneous || kind == (rule.AtPotentials ? SpikeKind.Potential : SpikeKind.Stimulated);

    private static ISynapseNode Make(NodePlan node, HubPlan plan) => node.Model == "number"
        ? new NumberNode { Step = node.Step, State = node.Initial }
        : new TioxMemristor
        {
            Least = node.Least,
            Most = node.Most,
            Potentiation = node.Potentiation,
            Depression = node.Depression,
            Polarity = node.Polarity,
            Voltage = plan.Rule?.Voltage ?? TioxMemristor.UsualVoltage,
            Width = plan.Rule?.Width ?? TioxMemristor.UsualWidth,
            State = node.Initial,
        };

    private void Note(SynapseState synapse, WeightChange change)
    {
        synapse.Potentiations += change == WeightChange.Potentiate ? 1 : 0;
        synapse.Depressions += change == WeightChange.Depress ? 1 : 0;
        if (synapse.Node is not ArrayNode)
        {
            Moved?.Invoke(synapse, _time);
        }
    }
}
