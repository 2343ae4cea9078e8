// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// One neuron in double precision whose states are rounded to the device's units after each step: what no arithmetic of that resolution
/// can do better than. Where equations tear neighbours apart, even this slips.
/// </summary>
internal sealed class RoundedNeuron
{
    private readonly ModelRun _run;
    private readonly double[] _units;

    public RoundedNeuron(ModelNeurons neurons, EquationProgram program, double h)
    {
        _run = new ModelRun(neurons, h);
        _units = [.. program.Variables.Take(program.States).Select(v => v.Resolution)];
        Values = new double[program.States];
    }

    /// <summary>States after the last step, in SI units.</summary>
    public double[] Values { get; }

    /// <summary>Takes it to the next step.</summary>
    /// <returns>Whether it fired.</returns>
    public bool Step()
    {
        bool fired = _run.Step(0, null);
        for (int i = 0; i < _units.Length; i++)
        {
            Values[i] = Math.Round(_run.Value(0, i) / _units[i]) * _units[i];
            _run.Set(0, i, Values[i]);
        }

        return fired;
    }
}
