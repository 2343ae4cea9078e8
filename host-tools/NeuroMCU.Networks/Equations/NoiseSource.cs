// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>
/// The random numbers of `noise()`, the same bits as on the device: the sum of the four halves of two draws of an xorshift generator, which
/// is close to a normal distribution and never beyond 3.46 standard deviations.
/// </summary>
internal static class NoiseSource
{
    /// <summary>Largest magnitude of a number.</summary>
    public const int Most = 131070;

    /// <summary>Standard deviation of the numbers.</summary>
    public static readonly double Deviation = Math.Sqrt(4 * ((65536.0 * 65536.0) - 1) / 12);

    /// <summary>Draws.</summary>
    /// <param name="state">State of the generator; never 0.</param>
    /// <returns>A number of mean 0.</returns>
    public static int Draw(ref uint state)
    {
        uint first = Next(ref state);
        uint second = Next(ref state);
        return (int)(first & 0xFFFF) + (int)(first >> 16) + (int)(second & 0xFFFF) + (int)(second >> 16) - Most;
    }

    /// <summary>State at the start.</summary>
    /// <returns>The state.</returns>
    public static uint Start(ulong seed, int source, int neuron)
    {
        // The finaliser of splitmix64, so that neighbours have nothing to do with each other.
        ulong z = seed + (0x9E3779B97F4A7C15UL * (1UL + (ulong)neuron + ((ulong)source << 32)));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        uint state = (uint)((z ^ (z >> 31)) >> 16);
        return state == 0 ? 1 : state;
    }

    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }
}
