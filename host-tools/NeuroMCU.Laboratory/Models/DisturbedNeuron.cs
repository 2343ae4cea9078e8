// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// One neuron in double precision whose states are disturbed after each step as little as an arithmetic cannot avoid. Where equations
/// tear neighbours apart, even this slips.
/// </summary>
internal sealed class DisturbedNeuron
{
    private readonly ModelRun _run;
    private readonly Func<int, double, double> _disturb;

    private DisturbedNeuron(ModelRun run, int states, Func<int, double, double> disturb)
    {
        _run = run;
        _disturb = disturb;
        Values = new double[states];
    }

    /// <summary>States after the last step, in SI units.</summary>
    public double[] Values { get; }

    /// <summary>Rounded to the device's units: what no arithmetic of that resolution can do better than.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <returns>The neuron.</returns>
    public static DisturbedNeuron Rounded(ModelNeurons neurons, EquationProgram program, double h)
        => new(new ModelRun(neurons, h), program.States,
            (i, value) => Math.Round(value / program.Variables[i].Resolution) * program.Variables[i].Resolution);

    /// <summary>Changed by the last bit of a double, up and down: what two right ways of writing the same sum differ by, and so what no
    /// arithmetic whatever can do better than.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <returns>The neuron.</returns>
    public static DisturbedNeuron LastBit(ModelNeurons neurons, EquationProgram program, double h)
    {
        Random random = new(1);
        return new(new ModelRun(neurons, h), program.States,
            (_, value) => random.Next(2) == 0 ? Math.BitIncrement(value) : Math.BitDecrement(value));
    }

    /// <summary>Takes it to the next step.</summary>
    /// <returns>Whether it fired.</returns>
    public bool Step()
    {
        bool fired = _run.Step(0, null);
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = _disturb(i, _run.Value(0, i));
            _run.Set(0, i, Values[i]);
        }

        return fired;
    }
}
