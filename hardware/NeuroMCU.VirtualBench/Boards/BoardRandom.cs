// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>
/// Chance that is the same on every machine and in every version: SplitMix64 (Steele, Lea, Flood 2014), so that a seed names a board
/// for good.
/// </summary>
internal sealed class BoardRandom : IPartChance
{
    private ulong _state;

    /// <summary>Initializes a new instance of the <see cref="BoardRandom" /> class.</summary>
    /// <param name="stream">Number of what is drawn, so that one draw more here does not move all the others.</param>
    public BoardRandom(long seed, int stream)
    {
        _state = Mix(unchecked((ulong)seed + (0x9e3779b97f4a7c15UL * (ulong)(stream + 1))));
    }

    /// <summary>Gets a number from 0 to below 1.</summary>
    public double Uniform()
    {
        _state = unchecked(_state + 0x9e3779b97f4a7c15UL);
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <inheritdoc />
    public double Between(double least, double most) => least + ((most - least) * Uniform());

    /// <summary>Gets a normal number (Box and Muller).</summary>
    public double Normal(double mean, double deviation)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return mean + (deviation * radius * Math.Cos(2 * Math.PI * Uniform()));
    }

    /// <summary>Gets a normal number that is drawn again beyond three deviations: parts are sold sorted.</summary>
    public double Sorted(double mean, double deviation)
    {
        double value;
        do
        {
            value = Normal(mean, deviation);
        }
        while (Math.Abs(value - mean) > 3 * deviation);
        return value;
    }

    /// <inheritdoc />
    public double In(ValueSpread spread)
    {
        (double alpha, double beta) = spread.Shapes;
        double x = Gamma(alpha);
        double y = Gamma(beta);
        return spread.Least + ((spread.Most - spread.Least) * x / (x + y));
    }

    /// <summary>
    /// Gets a number of mean 0 and deviation 1 that depends on nothing but its arguments: noise at a time. The sum of four uniform
    /// numbers, normal to within 3.4 deviations; it is asked for once in a sample, so that logarithms would cost too much.
    /// </summary>
    public static double NoiseAt(long seed, int stream, long time)
    {
        ulong z = Mix(unchecked((ulong)seed + (0x9e3779b97f4a7c15UL * (ulong)(stream + 1)) + (0xd1342543de82ef95UL * (ulong)time)));
        ulong sum = (z & 0xffff) + ((z >> 16) & 0xffff) + ((z >> 32) & 0xffff) + (z >> 48);
        return ((sum / 65535.0) - 2) * 1.7320508075688772;
    }

    // Marsaglia and Tsang 2000; a shape below 1 by their power of a uniform number.
    private double Gamma(double shape)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(0, 1);
            double v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
            return z ^ (z >> 31);
        }
    }
}
