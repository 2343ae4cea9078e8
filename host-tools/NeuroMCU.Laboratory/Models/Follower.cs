// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// Double precision that follows another neuron: where the two disagree about a spike it is set to the other's state, and the slip is
/// counted.
/// </summary>
internal sealed class Follower
{
    private readonly ModelRun _twin;
    private readonly EquationProgram _program;
    private readonly bool _atSpikes;
    private readonly double[] _squares;
    private long _agreed;
    private long _sinceSpike = long.MaxValue / 2;

    /// <summary>Starts at the start.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <param name="atSpikes">Whether it is set to the other's state after each spike as well, so that no difference lives on from one
    /// interval to the next.</param>
    public Follower(ModelNeurons neurons, EquationProgram program, double h, bool atSpikes = false)
    {
        _atSpikes = atSpikes;
        _twin = new ModelRun(neurons, h);
        _program = program;
        _squares = new double[program.States];
    }

    /// <summary>Spikes of the other.</summary>
    public long Spikes { get; private set; }

    /// <summary>Steps on which the two disagreed about a spike.</summary>
    public long Slips { get; private set; }

    /// <summary>A state of double precision.</summary>
    /// <returns>The value in SI units.</returns>
    public double Value(int state) => _twin.Value(0, state);

    /// <summary>How far the variables are apart on the other steps.</summary>
    public IReadOnlyList<VariableError> Errors =>
        [.. _squares.Select((s, i) => new VariableError(_program.Variables[i].Name,
            Math.Sqrt(s / Math.Max(1, _agreed)) / (_program.Variables[i].Most - _program.Variables[i].Least)))];

    /// <summary>Takes a step beside the other.</summary>
    /// <param name="fired">Whether the other fired in it.</param>
    /// <param name="values">Its states after it, in SI units.</param>
    public void Compare(bool fired, double[] values)
    {
        Spikes += fired ? 1 : 0;
        _sinceSpike = fired ? 0 : _sinceSpike + 1;
        if (_twin.Step(0, null) != fired)
        {
            Slips++;
            TakeOver(values);
            return;
        }

        _agreed++;
        for (int i = 0; i < values.Length; i++)
        {
            double error = values[i] - _twin.Value(0, i);
            _squares[i] += error * error;
        }

        if (fired && _atSpikes)
        {
            TakeOver(values);
        }
    }

    private void TakeOver(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _twin.Set(0, i, values[i]);
        }

        _twin.Follow(0, _sinceSpike);
    }
}
