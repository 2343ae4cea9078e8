// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>Looks along a run at how fast states decay, and so whether the step is short enough for the method.</summary>
internal sealed class StiffnessProbe
{
    private const double Nudge = 1e-6;
    private const double LimitOfRk4 = 2.785;

    private readonly ModelNeurons _neurons;
    private readonly IReadOnlyList<Stepping> _steppings;
    private readonly Action<double[], double[]> _rates;
    private readonly double[] _before;
    private readonly double[] _after;
    private readonly double[] _fastest;
    private readonly int[] _beyond;
    private readonly double _h;

    /// <summary>Prepares.</summary>
    /// <param name="h">Step in seconds.</param>
    public StiffnessProbe(ModelNeurons neurons, double h)
    {
        _neurons = neurons;
        _h = h / neurons.Model.Substeps;
        _steppings = Stepping.Of(neurons, _h);
        _rates = new Evaluator(neurons.Model, _h).Rates(_steppings);
        _before = new double[_steppings.Count];
        _after = new double[_steppings.Count];
        _fastest = new double[_steppings.Count];
        _beyond = new int[_steppings.Count];
    }

    private double Limit => _neurons.Model.Method == StepMethod.Rk4 ? LimitOfRk4 : 2;

    /// <summary>Looks at a state of the run.</summary>
    /// <param name="values">Values of the neuron in the places of the evaluator; unchanged afterwards.</param>
    public void Look(double[] values)
    {
        _rates(values, _before);
        for (int i = 0; i < _steppings.Count; i++)
        {
            if (_steppings[i].Exponential && !_neurons.Model.HasStages)
            {
                continue;
            }

            double old = values[i];
            double nudge = Nudge * _neurons.Range(_steppings[i].State.Least, _steppings[i].State.Most).Width;
            values[i] = old + nudge;
            _rates(values, _after);
            values[i] = old;
            double decay = (_before[i] - _after[i]) / nudge;
            _fastest[i] = Math.Max(_fastest[i], decay);
            _beyond[i] += decay * _h > Limit ? 1 : 0;
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="of">What the finding is of, in brackets behind its cause; empty for the default values.</param>
    /// <returns>One finding per state for which the step is too long.</returns>
    public IEnumerable<Diagnostic> Findings(string of)
    {
        ModelText model = _neurons.Model;
        for (int i = 0; i < _steppings.Count; i++)
        {
            if (_beyond[i] < 2)
            {
                continue;
            }

            ModelState state = _steppings[i].State;
            string method = model.HasStages ? model.Method.ToString().ToLowerInvariant() : "euler";
            double most = Limit / _fastest[i] * 1e6 * model.Substeps;
            string largest = most.ToString("G3", CultureInfo.InvariantCulture);
            string step = (_h * 1e6 * model.Substeps).ToString("G6", CultureInfo.InvariantCulture);
            yield return SourcePiece.Marked(
                model.Lines, state.Location, int.MaxValue,
                "the step of " + step + " us is too long for `" + method + "`: `" + state.Name + "` decays with "
                + (1e6 / _fastest[i]).ToString("G3", CultureInfo.InvariantCulture) + " us; the largest stable step is " + largest + " us" + of,
                "use a step below " + largest + " us"
                + (_steppings[i].A == null ? " or more `substeps`" : ", more `substeps`, or `method: exponential` for this state"));
        }
    }
}
