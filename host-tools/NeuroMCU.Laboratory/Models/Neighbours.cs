// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>How differently neurons fire in double precision that start a millionth of their ranges apart: what a count of one run is
/// worth where they part.</summary>
internal static class Neighbours
{
    private const int Count = 8;
    private const double Distance = 1e-6;

    /// <summary>Runs them.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <param name="steps">Number of steps.</param>
    /// <returns>Least and most spikes.</returns>
    public static (long Least, long Most) Of(ModelNeurons neurons, double h, long steps)
    {
        long[] spikes = new long[Count];
        for (int n = 0; n < Count; n++)
        {
            ModelRun run = new(neurons, h);
            Interval range = neurons.Range(neurons.Model.States[0].Least, neurons.Model.States[0].Most);

            // Away from the end that it may start at.
            double away = run.Value(0, 0) > (range.Least + range.Most) / 2 ? -Distance : Distance;
            run.Set(0, 0, run.Value(0, 0) + (away * n * range.Width));
            for (long i = 0; i < steps; i++)
            {
                spikes[n] += run.Step(0, null) ? 1 : 0;
            }
        }

        return (spikes.Min(), spikes.Max());
    }
}
