// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>The weights with which samples at one rate make those at another, one set for each phase between the two rates.</summary>
internal sealed class ResamplingKernel
{
    /// <summary>Zero crossings of the sinc on each side at the lower rate.</summary>
    private const int ZeroCrossings = 32;

    private const double KaiserBeta = 9;

    /// <summary>Edge of the pass band as a part of the lower Nyquist frequency; the transition is symmetric about the cut-off.</summary>
    private const double CutOff = 0.94;

    private readonly bool _same;
    private readonly int _up;
    private readonly int _down;
    private readonly double _gain;
    private readonly int _reach;
    private readonly float[]?[] _phases;

    /// <summary>Prepares a pair of rates.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public ResamplingKernel(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        _same = fromRate == toRate;
        int divisor = GreatestCommonDivisor(fromRate, toRate);
        _up = toRate / divisor;
        _down = fromRate / divisor;
        _gain = CutOff * Math.Min(1, (double)toRate / fromRate);
        _reach = (int)Math.Ceiling(ZeroCrossings / _gain);
        _phases = new float[_up][];
    }

    /// <summary>How many samples cover so many old ones.</summary>
    public long LengthOf(long samples) => ((samples * _up) + _down - 1) / _down;

    /// <summary>How many samples need none beyond so many old ones.</summary>
    public long SafeLengthOf(long samples) => _same ? samples : Math.Max(0, LengthOf(samples - _reach));

    /// <summary>Index of the first old sample that a new one needs; may be negative.</summary>
    public long FirstOf(long index) => _same ? index : (index * _down / _up) - _reach + 1;

    /// <summary>Makes a sample.</summary>
    /// <param name="index">Its index at the new rate.</param>
    /// <param name="samples">Old samples; before the first and behind the last of all they go on as these two.</param>
    /// <param name="first">Index of the first of them.</param>
    public float At(long index, ReadOnlySpan<float> samples, long first)
    {
        if (_same)
        {
            return samples[(int)(index - first)];
        }

        int phase = (int)(index * _down % _up);
        long from = FirstOf(index) - first;
        float[] weights = _phases[phase] ??= Phase((double)phase / _up);
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += weights[k] * (double)samples[(int)Math.Clamp(from + k, 0, samples.Length - 1)];
        }

        return (float)sum;
    }

    /// <summary>Weights for an output that lies 'fraction' of a sample behind tap reach−1; their sum is one.</summary>
    private float[] Phase(double fraction)
    {
        double[] weights = new double[2 * _reach];
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double distance = fraction + _reach - 1 - k;
            double x = distance / _reach;
            double window = Math.Abs(x) >= 1 ? 0 : BesselI0(KaiserBeta * Math.Sqrt(1 - (x * x))) / BesselI0(KaiserBeta);
            double argument = Math.PI * _gain * distance;
            weights[k] = (Math.Abs(argument) < 1e-12 ? 1 : Math.Sin(argument) / argument) * _gain * window;
            sum += weights[k];
        }

        return Array.ConvertAll(weights, w => (float)(w / sum));
    }

    /// <summary>Modified Bessel function of the first kind, order 0: Σ ((x/2)^k / k!)² (Abramowitz and Stegun 9.6.12).</summary>
    private static double BesselI0(double x)
    {
        double term = 1;
        double sum = 1;
        double quarter = x * x / 4;
        for (int k = 1; term > sum * 1e-16; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
