// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Reference;

/// <summary>A projection that learns, in double precision, from the rule as it was read.</summary>
internal sealed class LearningTwin
{
    private readonly int _targets;
    private readonly LearningRule _rule;
    private readonly double _limit;
    private readonly IReadOnlyList<Connection> _synapses;
    private readonly int[] _group;
    private readonly int[][] _columns;
    private readonly int[] _all;
    private readonly double[] _weights;
    private readonly double[] _sent;
    private readonly double[] _least;
    private readonly double[] _most;
    private readonly double[] _taus;
    private readonly double[][] _values;
    private readonly long[][] _times;
    private readonly Queue<long>[][] _arrivals;
    private readonly int[] _places;
    private readonly double[] _lane;
    private readonly (int State, Func<double[], double> Value)[]?[] _blocks = new (int, Func<double[], double>)[]?[LearningEvent.Count];

    /// <summary>Sets it up at the start.</summary>
    /// <param name="projection">The projection.</param>
    /// <param name="synapses">Its synapses by row, delay and target.</param>
    public LearningTwin(Projection projection, IReadOnlyList<Connection> synapses)
        : this(projection.Learning!, projection.Target.Size, synapses)
    {
    }

    /// <summary>Sets it up at the start, for synapses of no projection.</summary>
    /// <param name="learning">How they learn.</param>
    /// <param name="targets">Number of targets.</param>
    /// <param name="synapses">The synapses by row, delay and target.</param>
    public LearningTwin(ProjectionLearning learning, int targets, IReadOnlyList<Connection> synapses)
    {
        Interval = learning.Interval;
        _targets = targets;
        ModelNeurons neurons = learning.Values;
        _rule = learning.Text;
        _limit = learning.Limit;
        _synapses = synapses;
        _group = new int[synapses.Count];
        for (int k = 1; k < synapses.Count; k++)
        {
            bool same = synapses[k].Pre == synapses[k - 1].Pre && synapses[k].Delay == synapses[k - 1].Delay;
            _group[k] = _group[k - 1] + (same ? 0 : 1);
        }

        _columns = new int[targets][];
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = [.. Enumerable.Range(0, synapses.Count).Where(k => synapses[k].Post == i)];
        }

        _all = [.. Enumerable.Range(0, synapses.Count)];
        _weights = [.. synapses.Select(s => Math.Clamp(s.Weight / _limit, 0, 1))];
        _sent = [.. _weights];
        ModelText model = _rule.Model;
        _least = [.. model.States.Select(s => neurons.Evaluate(s.Least, 0))];
        _most = [.. model.States.Select(s => neurons.Evaluate(s.Most, 0))];
        _taus = [.. _rule.Variables.Select(v => v.Time == null ? double.PositiveInfinity : neurons.Evaluate(v.Time, 0) * 1e6)];
        _values = [.. _rule.Variables.Select(v =>
            Enumerable.Repeat(neurons.Evaluate(model.States[model.StateIndex(v.Name)].Start, 0), CountOf(v)).ToArray())];
        _times = [.. _values.Select(v => new long[v.Length])];
        _arrivals = [.. _rule.Variables.Select(v => v.Course != LearningCourse.Counts ? [] : Enumerable.Range(0, CountOf(v)).Select(_ =>
            new Queue<long>()).ToArray())];
        Evaluator evaluator = new(model, 1e-6);
        _lane = new double[evaluator.Count];
        foreach (ModelParameter parameter in model.Parameters)
        {
            _lane[evaluator.PlaceOf(parameter.Name)] = neurons.Value(parameter.Name, 0);
        }

        _places = [.. model.States.Select(s => evaluator.PlaceOf(s.Name))];
        foreach (RuleStep step in _rule.Steps)
        {
            _blocks[step.Event] = [.. step.Lines.Select(l => (model.StateIndex(l.Name), evaluator.Number(l.Value)))];
        }
    }

    /// <summary>Interval in µs between blocks of time; 0 for none.</summary>
    public int Interval { get; }

    /// <summary>Updates of a synapse so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Weights now, in the unit of the projection's weights, in the order of the synapses.</summary>
    public IReadOnlyList<double> Weights => [.. _weights.Select(w => w * _limit)];

    /// <summary>Weight of a synapse now, in the unit of the projection's weights.</summary>
    /// <param name="synapse">Its place.</param>
    /// <returns>The weight.</returns>
    public double WeightOf(int synapse) => _weights[synapse] * _limit;

    /// <summary>Gives a synapse another weight, which something else than the rule has brought about.</summary>
    /// <param name="synapse">Its place.</param>
    /// <param name="weight">In the unit of the projection's weights.</param>
    public void SetWeight(int synapse, double weight) => _weights[synapse] = Math.Clamp(weight / _limit, 0, 1);

    /// <summary>What a synapse sends.</summary>
    /// <param name="synapse">Its place.</param>
    /// <returns>In the unit of the projection's weights.</returns>
    public double Sent(int synapse) => (_rule.Sends ? _sent[synapse] : _weights[synapse]) * _limit;

    /// <summary>A spike arrives at neighbouring synapses of a row.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="time">Time in µs.</param>
    public void Arrive(int from, int to, long time)
    {
        for (int v = 0; v < _arrivals.Length; v++)
        {
            if (_arrivals[v].Length > 0)
            {
                Queue<long> queue = _arrivals[v][_group[from]];
                queue.Enqueue(time);
                if (queue.Count > _rule.Variables[v].LookBack)
                {
                    queue.Dequeue();
                }
            }
        }

        Run(LearningEvent.Arrival, [.. Enumerable.Range(from, to - from)], time);
    }

    /// <summary>A target fires.</summary>
    /// <param name="neuron">Which.</param>
    /// <param name="time">Time in µs.</param>
    public void Fired(int neuron, long time) => Run(LearningEvent.Firing, _columns[neuron], time);

    /// <summary>The modulator fires.</summary>
    /// <param name="time">Time in µs.</param>
    public void Modulate(long time) => Run(LearningEvent.Modulation, _all, time);

    /// <summary>An interval has passed.</summary>
    /// <param name="time">Time in µs.</param>
    public void Tick(long time) => Run(LearningEvent.Time, _all, time);

    private int CountOf(RuleVariable variable)
    {
        return variable.Owner switch
        {
            LearningOwner.Source => _group.Length == 0 ? 0 : _group[^1] + 1,
            LearningOwner.Target => _targets,
            LearningOwner.Synapse => _synapses.Count,
            _ => 1,
        };
    }

    private int IndexOf(RuleVariable variable, int synapse)
    {
        return variable.Owner switch
        {
            LearningOwner.Source => _group[synapse],
            LearningOwner.Target => _synapses[synapse].Post,
            LearningOwner.Synapse => synapse,
            _ => 0,
        };
    }

    // All lanes see what the event began with; what they share is set once, from the first of them.
    private void Run(int at, int[] synapses, long time)
    {
        if (_blocks[at] is not { } lines || synapses.Length == 0)
        {
            return;
        }

        Updates += synapses.Length;
        double[][] results = [.. synapses.Select(k => Lane(lines, k, time))];
        HashSet<int> set = [.. lines.Select(l => l.State)];
        for (int i = 0; i < synapses.Length; i++)
        {
            int k = synapses[i];
            double[] lane = results[i];
            _weights[k] = set.Contains(0) ? lane[0] : _weights[k];
            _sent[k] = set.Contains(1) ? lane[1] : _sent[k];
            for (int v = 0; v < _rule.Variables.Count; v++)
            {
                if (set.Contains(v + 2) && (i == 0 || !_rule.IsShared(_rule.Variables[v].Name, at)))
                {
                    int index = IndexOf(_rule.Variables[v], k);
                    _values[v][index] = lane[v + 2];
                    _times[v][index] = time;
                }
            }
        }
    }

    private double[] Lane((int State, Func<double[], double> Value)[] lines, int synapse, long time)
    {
        _lane[_places[0]] = _weights[synapse];
        _lane[_places[1]] = _sent[synapse];
        for (int v = 0; v < _rule.Variables.Count; v++)
        {
            RuleVariable variable = _rule.Variables[v];
            int index = IndexOf(variable, synapse);
            _lane[_places[v + 2]] = variable.Course switch
            {
                LearningCourse.Counts => _arrivals[v][index].Count(t => time - t <= _taus[v]),
                LearningCourse.Decays => _values[v][index] * Math.Exp(-(time - _times[v][index]) / _taus[v]),
                _ => _values[v][index],
            };
        }

        foreach ((int state, Func<double[], double> value) in lines)
        {
            _lane[_places[state]] = Math.Clamp(value(_lane), _least[state], _most[state]);
        }

        return [.. _places.Select(p => _lane[p])];
    }
}
