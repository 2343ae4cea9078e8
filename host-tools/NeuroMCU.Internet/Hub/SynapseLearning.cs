// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Rules;
using NeuroMCU.Networks;
using NeuroMCU.Reference;

namespace NeuroMCU.Internet.Hub;

/// <summary>
/// One synapse of a hub and its rule: the rule works on the weight that the node has, and the node is moved as the rule says. Time does
/// not go back in it: an event that arrives after a later one counts as if it had happened with that one.
/// </summary>
internal sealed class SynapseLearning
{
    private readonly HubRule _rule;
    private readonly ISynapseNode _node;
    private readonly LearningTwin _twin;
    private readonly Action<WeightChange> _moved;
    private long _now = long.MinValue;
    private long _next;

    /// <summary>Begins without a past.</summary>
    /// <param name="moved">Called after each pulse.</param>
    public SynapseLearning(HubRule rule, ISynapseNode node, Action<WeightChange> moved)
    {
        (_rule, _node, _moved) = (rule, node, moved);
        _twin = new LearningTwin(rule.Learning, 1, [new Connection(0, 0, node.Fraction, 0)]);
    }

    /// <summary>A spike of the presynaptic neuron passes.</summary>
    /// <param name="time">When it fired, in µs.</param>
    /// <returns>The weight that it gets, 0 to 255.</returns>
    public byte Arrive(long time)
    {
        Run(time, now => _twin.Arrive(0, 1, now));
        return _rule.Learning.Text.Sends ? (byte)Math.Round(255 * Math.Clamp(_twin.Sent(0), 0, 1), MidpointRounding.ToEven) : _node.Weight;
    }

    /// <summary>The postsynaptic neuron fires.</summary>
    public void Fired(long time) => Run(time, now => _twin.Fired(0, now));

    /// <summary>The modulator fires.</summary>
    public void Modulate(long time) => Run(time, _twin.Modulate);

    private void Run(long time, Action<long> happen)
    {
        if (_now == long.MinValue)
        {
            _next = time + _twin.Interval;
        }

        _now = Math.Max(_now, time);
        for (; _twin.Interval > 0 && _next <= _now; _next += _twin.Interval)
        {
            Step(_next, _twin.Tick);
        }

        Step(_now, happen);
    }

    private void Step(long time, Action<long> happen)
    {
        double before = _node.Fraction;
        _twin.SetWeight(0, before);
        happen(time);
        double change = _twin.WeightOf(0) - before;
        if (change == 0)
        {
            return;
        }

        WeightChange direction = change > 0 ? WeightChange.Potentiate : WeightChange.Depress;
        if (_rule.Width is null)
        {
            _node.Move(change);
        }
        else
        {
            _node.Pulse(direction);
        }

        _moved(direction);
    }
}
