// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>What an array is shown, and the right answer.</summary>
/// <param name="Sound">What it is made of: presentations of one sound are all in the training or all in the test.</param>
/// <param name="Inputs">Inputs of the rows, 0 to 65536.</param>
/// <param name="Right">The right column.</param>
public sealed record Presentation(string Sound, IReadOnlyList<int> Inputs, int Right)
{
    /// <summary>Inputs as parts of 1.</summary>
    public double[] Parts => [.. Inputs.Select(i => i / 65536.0)];

    /// <summary>Whether there is anything to see.</summary>
    public bool IsEmpty => Inputs.All(i => i == 0);

    /// <summary>Sums counts of neighbouring places into pools, the largest of which is 1.</summary>
    /// <param name="counts">Spikes of each place.</param>
    /// <param name="pools">Number of pools.</param>
    /// <returns>Inputs, all 0 where nothing fired.</returns>
    public static int[] Pool(IReadOnlyList<int> counts, int pools)
    {
        int[] sums = new int[pools];
        for (int place = 0; place < counts.Count; place++)
        {
            sums[place * pools / counts.Count] += counts[place];
        }

        int most = sums.Max();
        return [.. sums.Select(s => most == 0 ? 0 : (int)Math.Round(65536.0 * s / most))];
    }
}
