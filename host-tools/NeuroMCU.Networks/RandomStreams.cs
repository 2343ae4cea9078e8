// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using MathNet.Numerics.Random;

namespace NeuroMCU.Networks;

/// <summary>Seeded random streams: the same seed and name give the same numbers on every machine and in every release.</summary>
public static class RandomStreams
{
    /// <summary>Makes the generator of a named place.</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="name">Name of the place, such as a field path; different names give independent streams.</param>
    /// <returns>A xoshiro256** generator (Blackman and Vigna 2018).</returns>
    public static Random Create(long seed, string name)
        => new Xoshiro256StarStar((int)Hash(seed, name), threadSafe: false);

    /// <summary>32-bit seed of a named place, for generators that take one (Poisson sources).</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="name">Name of the place.</param>
    /// <returns>FNV-1a of both.</returns>
    public static uint Hash(long seed, string name)
    {
        uint hash = 2166136261;
        foreach (char c in seed.ToString(CultureInfo.InvariantCulture) + "/" + name)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
