// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Spikes of a band at both ears, times in µs.</summary>
internal sealed record SpikeTrains(List<int> Left, List<int> Right);

/// <summary>How often a coincidence neuron would fire, as a function of its delay: a running cross-correlation of the ears'
/// spikes.</summary>
internal sealed class CoincidenceCurve
{
    private const int Step = 10;
    private const double TimeConstant = 150;
    private const double Weight = 0.6;
    private const int Refractory = 300;

    // A peak is looked for in sums over seven neighbours, and its centre of mass is iterated until it stays.
    private const int Smoothing = 3;
    private const int Rounds = 5;

    private readonly int[] _counts;

    private readonly int _longest;

    private CoincidenceCurve(int[] counts, int longest)
    {
        _longest = longest;
        _counts = counts;
    }

    /// <summary>Counts coincidences over several sounds.</summary>
    /// <param name="longest">Longest delay in µs, a multiple of 10.</param>
    /// <returns>The curve.</returns>
    public static CoincidenceCurve Of(IReadOnlyList<SpikeTrains> trains, int longest)
    {
        int[] counts = new int[(2 * longest / Step) + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            int delay = (i * Step) - longest;
            counts[i] = trains.Sum(t => Count(t, delay));
        }

        return new CoincidenceCurve(counts, longest);
    }

    /// <summary>Finds the delay at which most coincidences fall.</summary>
    /// <param name="guess">Delay in µs around which to look.</param>
    /// <param name="reach">How far to look, in µs.</param>
    /// <param name="width">Half the width in µs over which the centre of mass is taken.</param>
    /// <returns>The delay in µs.</returns>
    public double Peak(double guess, double reach, double width)
    {
        int[] near = _counts.Select((count, i) => Math.Abs(DelayOf(i) - guess) < reach ? count : 0).ToArray();
        int[] sums = near.Select((_, i) => Enumerable.Range(-Smoothing, (2 * Smoothing) + 1)
            .Sum(k => i + k >= 0 && i + k < near.Length ? near[i + k] : 0)).ToArray();
        int[] best = Enumerable.Range(0, sums.Length).Where(i => sums[i] == sums.Max()).ToArray();
        int middle = best[best.Length / 2];
        int half = (int)(width / Step);
        double centre = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int from = Math.Max(0, middle - half);
            int to = Math.Min(near.Length - 1, middle + half);
            double mass = Enumerable.Range(from, to - from + 1).Sum(i => (double)near[i]);
            centre = Enumerable.Range(from, to - from + 1).Sum(i => (double)near[i] * DelayOf(i)) / Math.Max(1, mass);
            int next = (int)Math.Round((centre + _longest) / Step);
            if (next == middle)
            {
                break;
            }

            middle = next;
        }

        return centre;
    }

    private int DelayOf(int index) => (index * Step) - _longest;

    // A delay above 0 holds the right ear back.
    private static int Count(SpikeTrains trains, int delay)
    {
        int holdLeft = delay < 0 ? -delay : 0;
        int holdRight = delay > 0 ? delay : 0;
        double membrane = 0;
        int last = 0;
        int spike = -Refractory - 1;
        int count = 0;
        for (int i = 0, j = 0; i < trains.Left.Count || j < trains.Right.Count;)
        {
            int left = i < trains.Left.Count ? trains.Left[i] + holdLeft : int.MaxValue;
            int right = j < trains.Right.Count ? trains.Right[j] + holdRight : int.MaxValue;
            int time = Math.Min(left, right);
            _ = left <= right ? i++ : j++;
            if (time - spike < Refractory)
            {
                continue;
            }

            membrane = (membrane * Math.Exp(-(time - last) / TimeConstant)) + Weight;
            last = time;
            if (membrane >= 1)
            {
                membrane = 0;
                spike = time;
                count++;
            }
        }

        return count;
    }
}
