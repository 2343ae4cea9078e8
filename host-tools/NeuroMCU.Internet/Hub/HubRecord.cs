// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>A spike as the hub took it.</summary>
/// <param name="Time">Hub time in µs at which the neuron fired.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordedSpike(long Time, NeuronPlan Neuron, SpikeKind Kind);

/// <summary>A weight after a pulse.</summary>
/// <param name="Time">Hub time in µs.</param>
/// <param name="State">Resistance in Ω, or the number.</param>
/// <param name="Weight">The weight, 0 to 255.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordedWeight(long Time, SynapseState Synapse, double State, byte Weight);

/// <summary>What passed through a hub, up to a number of rows; what came after that is counted.</summary>
internal sealed class HubRecord
{
    /// <summary>Most spikes, and most weights, that are kept.</summary>
    public const int MostRows = 2_000_000;

    private readonly List<RecordedSpike> _spikes = [];
    private readonly List<RecordedWeight> _weights = [];

    /// <summary>Spikes and potentials in the order of arrival.</summary>
    public IReadOnlyList<RecordedSpike> Spikes => _spikes;

    /// <summary>Weights after each pulse.</summary>
    public IReadOnlyList<RecordedWeight> Weights => _weights;

    /// <summary>Rows that found no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether rows are kept: a hub that works for months and of which nobody wants tables keeps none.</summary>
    public bool IsKept { get; set; } = true;

    /// <summary>Adds a spike.</summary>
    public void Add(RecordedSpike spike)
    {
        if (!IsKept)
        {
            return;
        }

        if (_spikes.Count < MostRows)
        {
            _spikes.Add(spike);
        }
        else
        {
            Dropped++;
        }
    }

    /// <summary>Adds a weight.</summary>
    public void Add(RecordedWeight weight)
    {
        if (!IsKept)
        {
            return;
        }

        if (_weights.Count < MostRows)
        {
            _weights.Add(weight);
        }
        else
        {
            Dropped++;
        }
    }

    /// <summary>Writes the spikes as a table.</summary>
    public void WriteSpikes(TextWriter writer)
    {
        writer.Write("site,neuron,id,kind,time_s\n");
        foreach (RecordedSpike s in _spikes)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{s.Neuron.Site.Name},{s.Neuron.Name},{s.Neuron.Id},{(int)s.Kind},{s.Time / 1e6:0.000000}\n"));
        }

        Note(writer);
    }

    /// <summary>Writes the weights as a table.</summary>
    public void WriteWeights(TextWriter writer)
    {
        writer.Write("synapse,node,time_s,state,weight\n");
        foreach (RecordedWeight w in _weights)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{w.Synapse.Plan.Name},{w.Synapse.Plan.Node.Name},{w.Time / 1e6:0.000000},{w.State:0.###},{w.Weight}\n"));
        }

        Note(writer);
    }

    private void Note(TextWriter writer)
    {
        if (Dropped > 0)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"# incomplete: {Dropped} rows found no room\n"));
        }
    }
}
