// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>What one population did in a run.</summary>
/// <param name="Population">The population.</param>
/// <param name="Spikes">Spikes of all its neurons.</param>
/// <param name="Active">Neurons with at least one spike.</param>
/// <param name="MeanRate">Spikes per neuron and second, in Hz.</param>
/// <param name="Regularity">
/// Mean over its neurons of the coefficient of variation of their intervals (standard deviation over mean; 0 for a clock, 1 for a Poisson
/// train); NaN when no neuron has three spikes.
/// </param>
public sealed record PopulationActivity(RecordedPopulation Population, long Spikes, int Active, double MeanRate, double Regularity)
{
    /// <summary>Sums a run up, population by population.</summary>
    /// <param name="recording">The run.</param>
    /// <returns>One entry per population, in their order.</returns>
    public static IReadOnlyList<PopulationActivity> Of(RunRecording recording)
    {
        int neurons = 0;
        foreach (RecordedPopulation population in recording.Populations)
        {
            neurons = Math.Max(neurons, population.First + population.Size);
        }

        long[] count = new long[neurons];
        long[] last = new long[neurons];
        double[] sum = new double[neurons];
        double[] squares = new double[neurons];
        for (int i = 0; i < recording.Spikes.Count; i++)
        {
            int neuron = recording.Spikes.Neurons[i];
            if (neuron >= neurons)
            {
                continue;
            }

            long time = recording.Spikes.Times[i];
            if (count[neuron] > 0)
            {
                double interval = time - last[neuron];
                sum[neuron] += interval;
                squares[neuron] += interval * interval;
            }

            count[neuron]++;
            last[neuron] = time;
        }

        PopulationActivity[] activity = new PopulationActivity[recording.Populations.Count];
        for (int p = 0; p < activity.Length; p++)
        {
            RecordedPopulation population = recording.Populations[p];
            long spikes = 0;
            int active = 0;
            int measured = 0;
            double regularity = 0;
            for (int n = population.First; n < population.First + population.Size; n++)
            {
                spikes += count[n];
                active += count[n] > 0 ? 1 : 0;
                if (count[n] > 2 && sum[n] > 0)
                {
                    double intervals = count[n] - 1;
                    double mean = sum[n] / intervals;
                    double variance = Math.Max(0, (squares[n] / intervals) - (mean * mean));
                    regularity += Math.Sqrt(variance) / mean;
                    measured++;
                }
            }

            double seconds = recording.Duration / 1e6;
            double rate = seconds > 0 && population.Size > 0 ? spikes / seconds / population.Size : 0;
            activity[p] = new PopulationActivity(population, spikes, active, rate, measured > 0 ? regularity / measured : double.NaN);
        }

        return activity;
    }
}
