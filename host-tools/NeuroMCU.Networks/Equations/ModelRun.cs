// NeuroMCU, MIT licence. See LICENSE in the repository root.


namespace NeuroMCU.Networks.Equations;

/// <summary>
/// Neurons of a model in double precision, in the order of the semantics page: what arrived is added; right-hand sides from the old state;
/// ranges; refractory hold; the condition of a spike on the new state; its assignments; other events.
/// </summary>
internal sealed class ModelRun
{
    private readonly ModelText _model;
    private readonly double[][] _values;
    private readonly double[] _next;
    private readonly Interval[] _ranges;
    private readonly ClosedRange[] _lossless;
    private readonly Interval[] _inputRanges;
    private readonly Action<double[], double[]> _step;
    private readonly double[] _old;
    private readonly double[] _sum;
    private readonly double _h;
    private readonly int _firstNoise;
    private readonly double _noiseUnit;
    private readonly double _duration;
    private readonly uint[][] _noise;
    private readonly long[] _steps;
    private readonly Func<double[], bool>? _when;
    private readonly (int State, Func<double[], double> Value)[] _then;
    private readonly (Func<double[], bool> When, (int State, Func<double[], double> Value)[] Then)[] _events;
    private readonly int _held;
    private readonly long _heldSteps;
    private readonly long[] _count;
    private readonly double[] _heldValue;
    private readonly bool[] _above;
    private readonly double[] _drive;
    private readonly Func<double[], double>[] _outputs;
    private readonly double[][] _shown;
    private readonly WaveRun _waves;
    private readonly double[] _waveSums;
    private readonly double[][] _given;
    private readonly IReadOnlyDictionary<long, double[]>? _arrivals;

    /// <summary>Sets neurons up at the start.</summary>
    /// <param name="h">Step in seconds.</param>
    public ModelRun(ModelNeurons neurons, double h)
    {
        _model = neurons.Model;
        _h = h / _model.Substeps;
        neurons.SetStep(_h);
        Evaluator evaluator = new(_model, _h);
        IReadOnlyList<Stepping> steppings = Stepping.Of(neurons, _h);
        _step = _model.HasStages ? evaluator.Rates(steppings) : evaluator.Step(steppings);
        _firstNoise = evaluator.PlaceOf(ModelText.Time) - _model.Noises.Count;
        _noiseUnit = neurons.NoiseUnit;
        _duration = neurons.Duration;
        _arrivals = neurons.Arrivals;
        _steps = new long[neurons.Size];
        _noise = [.. Enumerable.Range(0, neurons.Size).Select(n => _model.Noises.Select((_, i) => NoiseSource.Start(neurons.Seed, i, n))
            .ToArray())];
        _old = new double[_model.States.Count];
        _sum = new double[_model.States.Count];
        _ranges = [.. _model.States.Select(s => neurons.Range(s.Least, s.Most))];
        _lossless = [.. _model.States.Select((s, i) => neurons.Closed(i) is var c && _model.Spike?.Then.Any(t => t.State == s.Name) == true
            ? c with { Above = true } : c)];
        _inputRanges = [.. _model.Inputs.Select(i => neurons.Range(i.Least, i.Most))];
        _when = _model.Spike == null ? null : evaluator.Condition(_model.Spike.When);
        _then = _model.Spike == null ? [] : Assignments(_model.Spike, evaluator);
        _events = [.. _model.Events.Select(e => (evaluator.Condition(e.When), Assignments(e, evaluator)))];
        _held = _model.StateIndex(_model.Held);
        _heldSteps = _model.Refractory == null ? 0 : (long)Math.Ceiling((neurons.Evaluate(_model.Refractory, 0) / h) - 1e-6);
        _next = new double[_model.States.Count];
        _values = new double[neurons.Size][];
        _count = new long[neurons.Size];
        _heldValue = new double[neurons.Size];
        _above = new bool[neurons.Size];
        _drive = new double[neurons.Size];
        _outputs = [.. _model.Outputs.Select(o => evaluator.Number(o.Value))];
        _shown = new double[neurons.Size][];
        _waves = new WaveRun(neurons.Waves, neurons.Size, Math.Max(1, (int)Math.Round(h * 1e6)));
        _waveSums = new double[_model.Inputs.Count];
        _given = new double[neurons.Size][];
        for (int n = 0; n < neurons.Size; n++)
        {
            double[] values = new double[evaluator.Count];
            for (int i = 0; i < _model.States.Count; i++)
            {
                values[i] = Math.Clamp(neurons.Evaluate(_model.States[i].Start, n), _ranges[i].Least, _ranges[i].Most);
            }

            for (int i = 0; i < _model.Inputs.Count; i++)
            {
                values[_model.States.Count + i] = Math.Clamp(neurons.Value(_model.Inputs[i].Name, n), _inputRanges[i].Least,
                    _inputRanges[i].Most);
            }

            foreach (ModelParameter parameter in _model.Parameters)
            {
                values[evaluator.PlaceOf(parameter.Name)] = neurons.Value(parameter.Name, n);
            }

            _values[n] = values;
            _given[n] = values[_model.States.Count..(_model.States.Count + _model.Inputs.Count)];
            _drive[n] = _model.Inputs.Count == 0 ? 0 : neurons.Value(_model.Inputs[0].Name, n);
            _above[n] = _when != null && _when(values);
            _shown[n] = new double[_outputs.Length];
            Show(n);
        }
    }

    /// <summary>How often each state was cut off at an end of its range, but for where a spike took it away or its
    /// equation leads no farther.</summary>
    public IReadOnlyDictionary<string, long> Clipped => _clipped;

    /// <summary>How often that was at the upper end.</summary>
    public IReadOnlyDictionary<string, long> ClippedAbove => _clippedAbove;

    private readonly Dictionary<string, long> _clippedAbove = new(StringComparer.Ordinal);

    private readonly Dictionary<string, long> _clipped = new(StringComparer.Ordinal);

    /// <summary>Value of a variable.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="variable">States, then inputs, then outputs.</param>
    /// <returns>The value in SI units.</returns>
    public double Value(int neuron, int variable)
    {
        int computed = variable - _model.States.Count - _model.Inputs.Count;
        return computed < 0 ? _values[neuron][variable] : _shown[neuron][computed];
    }

    /// <summary>All values of a neuron in the places of the evaluator.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <returns>The values in SI units.</returns>
    public double[] Values(int neuron) => _values[neuron];

    /// <summary>Sets a state.</summary>
    /// <param name="value">The value in SI units.</param>
    public void Set(int neuron, int state, double value)
    {
        _values[neuron][state] = value;
    }

    /// <summary>Takes over when the other side fired, after its states were set.</summary>
    /// <param name="sinceSpike">Steps since its last spike; 0 where it fired in this one.</param>
    public void Follow(int neuron, long sinceSpike)
    {
        _above[neuron] = sinceSpike == 0 || (_when != null && _when(_values[neuron]));
        _heldValue[neuron] = _values[neuron][_held];
        _count[neuron] = Math.Max(0, _heldSteps - sinceSpike);
    }

    /// <summary>Takes over from another run where it stands within a refractory period and above its threshold; states are left
    /// alone.</summary>
    public void Follow(int neuron, ModelRun other)
    {
        _above[neuron] = other._above[neuron];
        _heldValue[neuron] = other._heldValue[neuron];
        _count[neuron] = other._count[neuron];
    }

    /// <summary>Adds to the first input.</summary>
    /// <param name="change">What to add in SI units.</param>
    public void ChangeDrive(int neuron, double change)
    {
        if (_model.Inputs.Count > 0)
        {
            _drive[neuron] += change;
            _given[neuron][0] = Math.Clamp(_drive[neuron], _inputRanges[0].Least, _inputRanges[0].Most);
            if (_waves.IsEmpty)
            {
                _values[neuron][_model.States.Count] = _given[neuron][0];
            }
        }
    }

    /// <summary>Brings a neuron one step on.</summary>
    /// <param name="arrived">What arrived at each state, in SI units; null for nothing.</param>
    /// <returns>Whether it fires.</returns>
    public bool Step(int n, double[]? arrived)
    {
        double[] values = _values[n];
        arrived ??= _arrivals?.GetValueOrDefault(_steps[n] / _model.Substeps);
        if (arrived != null)
        {
            for (int i = 0; i < arrived.Length; i++)
            {
                values[i] = arrived[i] == 0 ? values[i] : Within(i, values[i] + arrived[i], default);
            }
        }

        if (!_waves.IsEmpty)
        {
            _waves.Next(n, _waveSums);
            for (int i = 0; i < _waveSums.Length; i++)
            {
                values[_model.States.Count + i] = Math.Clamp(_given[n][i] + _waveSums[i], _inputRanges[i].Least, _inputRanges[i].Most);
            }
        }

        bool holds = _count[n] > 0;
        for (int part = 0; part < _model.Substeps; part++)
        {
            for (int i = 0; i < _noise[n].Length; i++)
            {
                values[_firstNoise + i] = NoiseSource.Draw(ref _noise[n][i]) * _noiseUnit;
            }

            values[_firstNoise + _noise[n].Length] = Math.Min(_steps[n]++ * _h, _duration);
            if (_model.HasStages)
            {
                Stages(values);
            }
            else
            {
                _step(values, _next);
            }

            for (int i = 0; i < _next.Length; i++)
            {
                values[i] = Within(i, _next[i], _lossless[i]);
            }
        }

        values[_held] = holds ? _heldValue[n] : values[_held];

        bool above = _when != null && _when(values);
        bool fires = above && !holds && (_then.Length > 0 || !_above[n]);
        _above[n] = above;
        _count[n] -= holds ? 1 : 0;
        if (fires)
        {
            Assign(_then, values);
            _heldValue[n] = values[_held];
            _count[n] = _heldSteps;
        }

        foreach ((Func<double[], bool> when, (int State, Func<double[], double> Value)[] then) in _events)
        {
            if (when(values))
            {
                Assign(then, values);
            }
        }

        Show(n);
        return fires;
    }

    private void Show(int n)
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            _shown[n][i] = _outputs[i](_values[n]);
        }
    }

    // midpoint: y1 = y + h/2·f(y), y + h·f(y1). rk4: y1, y2 = y + h/2·f(y1), y3 = y + h·f(y2), (y1 + 2·y2 + y3 − y)/3 + h/6·f(y3). Stages
    // keep
    // within the ranges, so that no rate is evaluated beyond a spike's peak.
    private void Stages(double[] values)
    {
        Array.Copy(values, _old, _old.Length);
        Array.Clear(_sum);
        bool rk4 = _model.Method == StepMethod.Rk4;
        Stage(values, _h / 2, 1);
        if (rk4)
        {
            Stage(values, _h / 2, 2);
            Stage(values, _h, 1);
        }

        _step(values, _next);
        for (int i = 0; i < _next.Length; i++)
        {
            _next[i] = rk4 ? ((_sum[i] - _old[i]) / 3) + (_h / 6 * _next[i]) : _old[i] + (_h * _next[i]);
        }
    }

    private void Stage(double[] values, double h, double weight)
    {
        _step(values, _next);
        for (int i = 0; i < _next.Length; i++)
        {
            values[i] = Math.Clamp(_old[i] + (h * _next[i]), _ranges[i].Least, _ranges[i].Most);
            _sum[i] += weight * values[i];
        }
    }

    private static (int State, Func<double[], double> Value)[] Assignments(ModelEvent e, Evaluator evaluator)
        => [.. e.Then.Select(t => (evaluator.PlaceOf(t.State), evaluator.Number(t.Value)))];

    private void Assign((int State, Func<double[], double> Value)[] assignments, double[] values)
    {
        foreach ((int state, Func<double[], double> value) in assignments)
        {
            values[state] = Within(state, value(values), default);
        }
    }

    // At a lossless end nothing is cut off: equation or spike take it back.
    private double Within(int state, double value, ClosedRange lossless)
    {
        Interval range = _ranges[state];
        double within = value >= range.Least ? Math.Min(value, range.Most) : range.Least;
        if (!within.Equals(value) && !(value > range.Most ? lossless.Above : lossless.Below))
        {
            string name = _model.States[state].Name;
            _clipped[name] = _clipped.GetValueOrDefault(name) + 1;
            _clippedAbove[name] = _clippedAbove.GetValueOrDefault(name) + (value > range.Most ? 1 : 0);
        }

        return within;
    }
}
