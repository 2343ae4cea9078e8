// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>Mean firing rate of each population over time, by counting spikes in bins of equal width.</summary>
internal sealed class RateHistogram
{
    private RateHistogram(long binWidth, double[] centres, double[][] rates)
    {
        BinWidth = binWidth;
        Centres = centres;
        Rates = rates;
    }

    /// <summary>Width of a bin in µs.</summary>
    public long BinWidth { get; }

    /// <summary>Middles of the bins in seconds.</summary>
    public double[] Centres { get; }

    /// <summary>By population and bin: spikes per neuron and second, in Hz.</summary>
    public double[][] Rates { get; }

    /// <summary>Counts a run.</summary>
    /// <param name="binWidth">Width in µs; 0 takes 1, 2 or 5 times a power of ten so that about a hundred bins cover the run.</param>
    /// <returns>The histogram. The last bin is cut off at the end of the run and its rate refers to what is left of it.</returns>
    public static RateHistogram Of(RunRecording recording, long binWidth = 0)
    {
        long width = binWidth > 0 ? binWidth : RoundWidth(recording.Duration / 100);
        long duration = Math.Max(recording.Duration, 1);
        int bins = (int)((duration + width - 1) / width);
        double[] centres = new double[bins];
        double[][] rates = new double[recording.Populations.Count][];
        for (int b = 0; b < bins; b++)
        {
            centres[b] = ((b * width) + (Length(b) / 2.0)) / 1e6;
        }

        for (int p = 0; p < rates.Length; p++)
        {
            rates[p] = new double[bins];
        }

        for (int i = 0; i < recording.Spikes.Count; i++)
        {
            int population = recording.PopulationOf(recording.Spikes.Neurons[i]);
            long bin = Math.Min(recording.Spikes.Times[i] / width, bins - 1);
            if (population >= 0)
            {
                rates[population][bin] += 1e6 / Length(bin) / recording.Populations[population].Size;
            }
        }

        return new RateHistogram(width, centres, rates);

        long Length(long bin) => Math.Min(width, duration - (bin * width));
    }

    private static long RoundWidth(long wanted)
    {
        long power = 1;
        while (power * 10 <= wanted)
        {
            power *= 10;
        }

        return wanted <= power ? power : wanted <= 2 * power ? 2 * power : wanted <= 5 * power ? 5 * power : 10 * power;
    }
}
