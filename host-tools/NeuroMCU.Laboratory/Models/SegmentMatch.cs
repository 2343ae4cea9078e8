// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// Double precision that runs by itself for segments of 100 ms, each from the other neuron's state: how many spikes of both come within
/// 1 ms. For neurons whose phase drifts, or whose neighbours part, over longer times.
/// </summary>
internal sealed class SegmentMatch
{
    private const double Length = 0.1;
    private const double Apart = 0.001;

    private readonly ModelRun _twin;
    private readonly List<long> _theirs = [];
    private readonly List<long> _ours = [];
    private readonly long _length;
    private readonly double _apart;
    private readonly int _states;
    private long _steps;
    private long _start;
    private long _lastSpike = long.MinValue / 2;
    private long _fired = long.MinValue / 2;
    private long _matched;
    private long _total;

    /// <summary>Starts both at the start.</summary>
    /// <param name="h">Step in seconds.</param>
    public SegmentMatch(ModelNeurons neurons, EquationProgram program, double h)
    {
        _twin = new ModelRun(neurons, h);
        _length = Math.Max(1, (long)Math.Round(Length / h));
        _apart = Apart / h;
        _states = program.States;
    }

    /// <summary>Pairs within 1 ms as a part of the larger number of spikes of both, so far; 1 without spikes.</summary>
    public double Share
    {
        get
        {
            (long matched, long total) = Pairs();
            return _total + total == 0 ? 1 : (_matched + matched) / (double)(_total + total);
        }
    }

    /// <summary>Takes a step beside the other.</summary>
    /// <param name="fired">Whether the other fired in it.</param>
    /// <param name="values">Its states after it, in SI units.</param>
    public void Compare(bool fired, double[] values)
    {
        _steps++;
        if (fired)
        {
            _theirs.Add(_steps);
            _fired = _lastSpike = _steps;
        }

        if (_twin.Step(0, null))
        {
            _ours.Add(_steps);
            _lastSpike = _steps;
        }

        // A spike of one that the other is about to fire is not cut off by the end of a segment.
        long past = _steps - _start;
        if (past < _length || (_steps - _lastSpike <= _apart && past < 2 * _length))
        {
            return;
        }

        (long matched, long total) = Pairs();
        _matched += matched;
        _total += total;
        _theirs.Clear();
        _ours.Clear();
        _start = _steps;
        for (int i = 0; i < _states; i++)
        {
            _twin.Set(0, i, values[i]);
        }

        _twin.Follow(0, _steps - _fired);
    }

    private (long Matched, long Total) Pairs()
    {
        long matched = 0;
        int i = 0;
        int k = 0;
        while (i < _theirs.Count && k < _ours.Count)
        {
            long later = _theirs[i] - _ours[k];
            bool pair = Math.Abs(later) <= _apart;
            matched += pair ? 1 : 0;
            i += pair || later < 0 ? 1 : 0;
            k += pair || later > 0 ? 1 : 0;
        }

        return (matched, Math.Max(_theirs.Count, _ours.Count));
    }
}
