// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>Whether a neuron would fire more or less often with finer steps, in double precision.</summary>
internal static class StepPilot
{
    private const int EnoughSpikes = 100;

    // Steps times rates: some 0.2 s of the host's time.
    private const long MostWork = 3000000;

    /// <summary>Runs the neuron at the step and at a part of it.</summary>
    /// <param name="neurons">The neuron.</param>
    /// <param name="step">Step in µs.</param>
    /// <param name="duration">Simulated time in µs after which it ends at the latest.</param>
    /// <param name="of">What the finding is of, in brackets behind its cause.</param>
    /// <returns>The finding; none where the spikes agree, neighbours fire as differently, or noise makes both runs different
    /// ones.</returns>
    public static IEnumerable<Diagnostic> Of(ModelNeurons neurons, int step, long duration, string of)
    {
        ModelText model = neurons.Model;
        if (model.Spike == null || model.Noises.Count > 0 || neurons.Waves.Any(w => w.Shape == WaveShape.Noise)
            || FinerOf(neurons, step) is not (> 1 and int finer))
        {
            return [];
        }

        double h = step * 1e-6;
        int rates = model.Method == StepMethod.Rk4 ? 4 : model.HasStages ? 2 : 1;
        long most = Math.Min(duration / step, MostWork / (model.States.Count * rates * model.Substeps * (1 + finer)));
        (long steps, List<double> own) = Spikes(neurons, h, most, EnoughSpikes);
        IReadOnlyDictionary<long, double[]>? arrivals = neurons.Arrivals;
        neurons.Arrivals = arrivals?.ToDictionary(a => a.Key * finer, a => a.Value);
        (_, List<double> fine) = Spikes(neurons, h / finer, steps * finer, int.MaxValue);
        neurons.Arrivals = arrivals;
        neurons.SetStep(h / model.Substeps);
        if (!AreApart(own, fine))
        {
            return [];
        }

        (long fewest, long largest) = Neighbours.Of(neurons, h, steps);
        return fine.Count >= fewest - 1 && fine.Count <= largest + 1 ? []
            : [ModelFindings.TooLong(model, step, own.Count, fine.Count, finer, of)];
    }

    // Waveforms have steps of whole microseconds.
    private static int FinerOf(ModelNeurons neurons, int step)
        => neurons.Waves.Count == 0 ? 2 : Array.Find([2, 3, 5, 7], n => step % n == 0);

    private static (long Steps, List<double> Times) Spikes(ModelNeurons neurons, double h, long steps, int enough)
    {
        ModelRun run = new(neurons, h);
        List<double> times = [];
        long step = 0;
        while (step < steps && times.Count < enough)
        {
            step++;
            if (run.Step(0, null))
            {
                times.Add(step * h);
            }
        }

        return (step, times);
    }

    // Counts, and times of the last spike that both have: a burst that the end of the run parts is no difference.
    private static bool AreApart(List<double> own, List<double> fine)
    {
        const double Bar = ModelFindings.CountsApart;
        int both = Math.Min(own.Count, fine.Count);
        int apart = Math.Abs(own.Count - fine.Count);
        if (apart < 2 || apart <= Bar * (both + apart))
        {
            return false;
        }

        return both < 2 || Math.Abs(own[both - 1] - fine[both - 1]) > Bar * (own[both - 1] - Math.Min(own[0], fine[0]));
    }
}
