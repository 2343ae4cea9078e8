// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>States of a neuron or channel that does not fire, on the device and in double precision: without spikes to slip, they are what
/// can be wrong.</summary>
internal sealed class SilentStates
{
    private const int Samples = 20000;
    private const double PartOfRest = 1e-3;

    private readonly ModelNeurons _neurons;
    private readonly EquationProgram _program;
    private readonly long _every;
    private readonly List<double>[] _values;
    private readonly List<double>[] _errors;
    private long _steps;

    /// <summary>Starts without samples.</summary>
    /// <param name="steps">Steps that are to come; of many some are looked at.</param>
    public SilentStates(ModelNeurons neurons, EquationProgram program, long steps)
    {
        _neurons = neurons;
        _program = program;
        _every = Math.Max(1, steps / Samples);
        _values = [.. Enumerable.Range(0, program.States).Select(_ => new List<double>())];
        _errors = [.. Enumerable.Range(0, program.States).Select(_ => new List<double>())];
    }

    /// <summary>Takes the states after a step.</summary>
    /// <param name="device">Those of the device, in SI units.</param>
    /// <param name="twin">Those of double precision, by number.</param>
    public void Add(double[] device, Func<int, double> twin)
    {
        if (_steps++ % _every != 0)
        {
            return;
        }

        for (int i = 0; i < _values.Length; i++)
        {
            _values[i].Add(twin(i));
            _errors[i].Add(Math.Abs(device[i] - twin(i)));
        }
    }

    /// <summary>What is apart. A switch that comes a step later is no error of what it switches: a step in a hundred does not count. What
    /// rests, rests at a value of its own size.</summary>
    /// <param name="of">What the findings are of, in brackets behind their causes.</param>
    /// <returns>One finding per state.</returns>
    public IEnumerable<Diagnostic> Findings(string of)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            // Beside a membrane, channels that are as good as shut may be coarse: their range counts.
            double span = i > 0 && _neurons.Model.Spike != null ? _program.Variables[i].Most - _program.Variables[i].Least
                : Math.Max(_values[i].Max() - _values[i].Min(), PartOfRest * _values[i].Max(Math.Abs));
            _errors[i].Sort();
            double error = _errors[i][_errors[i].Count * 99 / 100];
            if (error > ModelFindings.MostError * span)
            {
                yield return ModelFindings.Apart(_neurons, _program, i, error, span, of);
            }
        }
    }
}
