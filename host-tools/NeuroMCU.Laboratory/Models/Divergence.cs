// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// How fast two neurons part that began next to each other: the largest Lyapunov exponent of the stepped equations (Benettin et al.,
/// Meccanica 15, 9, 1980). A neuron that fires evenly has 0, a chaotic one has more.
/// </summary>
internal sealed class Divergence
{
    private const double Distance = 1e-7;

    private readonly ModelRun _one;
    private readonly ModelRun _other;
    private readonly double[] _widths;
    private readonly long _every;
    private readonly double _h;
    private long _steps;
    private double _sum;
    private double _time;

    /// <summary>Starts two neurons.</summary>
    /// <param name="h">Step in seconds.</param>
    public Divergence(ModelNeurons neurons, double h)
    {
        _h = h;
        _one = new ModelRun(neurons, h);
        _other = new ModelRun(neurons, h);
        _widths = [.. neurons.Model.States.Select(s => neurons.Range(s.Least, s.Most).Width)];
        _every = Math.Max(1, (long)Math.Round(0.02 / h));
        for (int i = 0; i < _widths.Length; i++)
        {
            _other.Set(0, i, _one.Value(0, i) + (Distance * _widths[i] / Math.Sqrt(_widths.Length)));
        }
    }

    /// <summary>The exponent in 1/s; 0 before anything was measured.</summary>
    public double Exponent => _time == 0 ? 0 : _sum / _time;

    /// <summary>Takes both a step on.</summary>
    public void Step()
    {
        bool first = _one.Step(0, null);
        bool second = _other.Step(0, null);
        _steps++;

        // A spike of one alone is no distance yet: the other one's follows.
        if (_steps % _every != 0 || first != second)
        {
            return;
        }

        double square = 0;
        for (int i = 0; i < _widths.Length; i++)
        {
            double part = (_other.Value(0, i) - _one.Value(0, i)) / _widths[i];
            square += part * part;
        }

        // Two that have met stay together: the distance is taken to have shrunk to what numbers resolve.
        double distance = Math.Max(Math.Sqrt(square), 1e-14);
        bool counts = _steps > 10 * _every;
        _sum += counts ? Math.Log(distance / Distance) : 0;
        _time += counts ? _every * _h : 0;
        for (int i = 0; i < _widths.Length; i++)
        {
            double part = square == 0 ? _widths[i] / Math.Sqrt(_widths.Length) * Distance
                : (_other.Value(0, i) - _one.Value(0, i)) * Distance / distance;
            _other.Set(0, i, _one.Value(0, i) + part);
        }

        _other.Follow(0, _one);
    }
}
