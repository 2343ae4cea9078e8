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

    /// <summary>What holds its weight.</summary>
    public ISynapseNode Node { get; } = node;

    /// <summary>Spikes that passed.</summary>
    public long Spikes { get; set; }

    /// <summary>Pulses of potentiation.</summary>
    public long Potentiations { get; set; }

    /// <summary>Pulses of depression.</summary>
    public long Depressions { get; set; }
}

/// <summary>
/// The network of a hub without its wires: takes spikes in the order in which they arrive, moves weights by the rule, and says what
/// goes where. Nothing in it reads a clock or draws a number, so that the same spikes always give the same weights.
/// </summary>
internal sealed class HubCore
{
    private readonly Dictionary<int, NeuronState> _neurons;
    private readonly RateRule? _rule;
    private readonly Dictionary<SynapseState, int> _places;

    /// <summary>Builds the network.</summary>
    public HubCore(HubPlan plan)
    {
        _rule = plan.Rule;
        Nodes = plan.Nodes.ToDictionary(n => n.Name, n => Make(n, plan), StringComparer.Ordinal);
        Synapses = [.. plan.Synapses.Select(s => new SynapseState(s, Nodes[s.Node.Name]))];
        _places = Synapses.Select((s, k) => (s, k)).ToDictionary(p => p.s, p => p.k);
        _neurons = plan.Neurons.ToDictionary(n => n.Id, n => new NeuronState(n, new SpikeHistory(plan.Rule?.LookBack ?? 1)));
        foreach (SynapseState synapse in Synapses)
        {
            _neurons[synapse.Plan.Pre.Id].Out.Add(synapse);
            _neurons[synapse.Plan.Post.Id].In.Add(synapse);
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
    public NeuronPlan? Find(int id) => _neurons.GetValueOrDefault(id)?.Plan;

    /// <summary>Place of a synapse in the file.</summary>
    /// <returns>From 0.</returns>
    public int PlaceOf(SynapseState synapse) => _places[synapse];

    /// <summary>Presynaptic neurons of a neuron.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyCollection<int> SourcesOf(int id) => _neurons.TryGetValue(id, out NeuronState? neuron)
        ? [.. neuron.In.Select(s => s.Plan.Pre.Id)] : [];

    /// <summary>Takes a spike of a neuron that the hub has.</summary>
    public void Accept(WireSpike spike, ICollection<Delivery> deliveries)
    {
        NeuronState neuron = _neurons[spike.Neuron];
        if (_rule is not null)
        {
            foreach (SynapseState synapse in neuron.In)
            {
                Learn(synapse, _rule.Decide(spike.Kind, spike.Time, _neurons[synapse.Plan.Pre.Id].History), spike.Time);
            }
        }

        if (spike.Kind == SpikeKind.Potential)
        {
            return;   // no action potential: nothing goes down the axon
        }

        neuron.History.Add(spike.Time);
        foreach (SynapseState synapse in neuron.Out)
        {
            synapse.Spikes++;
            deliveries.Add(new Delivery(synapse, new WireArrival(synapse.Plan.Post.Id, synapse.Node.Weight, spike.Time)));
        }
    }

    private static ISynapseNode Make(NodePlan node, HubPlan plan) => node.Model == "number"
        ? new NumberNode { Step = node.Step, State = node.Initial }
        : new TioxMemristor
        {
            Least = node.Least,
            Most = node.Most,
            Potentiation = node.Potentiation,
            Depression = node.Depression,
            Polarity = node.Polarity,
            Voltage = plan.PulseVoltage,
            Width = plan.PulseWidth,
            State = node.Initial,
        };

    private void Learn(SynapseState synapse, WeightChange change, long time)
    {
        if (change == WeightChange.None || !synapse.Plan.Plastic)
        {
            return;
        }

        synapse.Node.Pulse(change);
        synapse.Potentiations += change == WeightChange.Potentiate ? 1 : 0;
        synapse.Depressions += change == WeightChange.Depress ? 1 : 0;
        Moved?.Invoke(synapse, time);
    }

    private sealed record NeuronState(NeuronPlan Plan, SpikeHistory History)
    {
        public List<SynapseState> In { get; } = [];

        public List<SynapseState> Out { get; } = [];
    }
}
