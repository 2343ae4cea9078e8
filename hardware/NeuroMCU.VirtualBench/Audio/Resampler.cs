// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>
/// Changes the sample rate of a sound: band-limited interpolation by a windowed sinc, one set of coefficients for each phase between the
/// two rates. Linear phase and the same for every channel, so that times between channels are kept.
/// </summary>
/// <remarks>
/// y(n) = Σ x(k) · g · sinc(g·(t − k)) · w((t − k)/W), t = n·f_in/f_out, g = 0.94·min(1, f_out/f_in), W = 32/g (J. O. Smith, Digital Audio
/// Resampling, CCRMA; F. J. Harris, Multirate Signal Processing). Kaiser window, β = 9: stop band below −90 dB, the transition ends at
/// the lower Nyquist frequency.
/// </remarks>
public static class Resampler
{
    /// <summary>Zero crossings of the sinc on each side at the lower rate.</summary>
    private const int ZeroCrossings = 32;

    private const double KaiserBeta = 9;

    /// <summary>Edge of the pass band as a part of the lower Nyquist frequency; the transition is symmetric about the cut-off.</summary>
    private const double CutOff = 0.94;

    /// <summary>Converts one channel.</summary>
    /// <param name="samples">Samples at the old rate; before the first and after the last they go on as these two, so that an offset
    /// has no edge.</param>
    /// <param name="fromRate">Old rate in Hz.</param>
    /// <param name="toRate">New rate in Hz.</param>
    /// <returns>Samples at the new rate, as many as cover the old ones. Sample 0 falls on sample 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public static float[] Convert(ReadOnlySpan<float> samples, int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        if (fromRate == toRate)
        {
            return samples.ToArray();
        }

        int divisor = GreatestCommonDivisor(fromRate, toRate);
        int up = toRate / divisor;
        int down = fromRate / divisor;
        double gain = CutOff * Math.Min(1, (double)toRate / fromRate);
        int reach = (int)Math.Ceiling(ZeroCrossings / gain);
        int taps = 2 * reach;
        float[]?[] phases = new float[]?[up];

        long length = (((long)samples.Length * up) + down - 1) / down;
        float[] result = new float[length];
        for (long n = 0; n < length; n++)
        {
            long position = n * down;
            int phase = (int)(position % up);
            int first = (int)(position / up) - reach + 1;
            float[] weights = phases[phase] ??= Phase((double)phase / up, gain, reach);
            double sum = 0;
            for (int k = 0; k < taps; k++)
            {
                sum += weights[k] * (double)samples[Math.Clamp(first + k, 0, samples.Length - 1)];
            }

            result[n] = (float)sum;
        }

        return result;
    }

    /// <summary>Weights for an output that lies 'fraction' of a sample behind tap reach−1; their sum is one.</summary>
    private static float[] Phase(double fraction, double gain, int reach)
    {
        double[] weights = new double[2 * reach];
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double distance = fraction + reach - 1 - k;
            double x = distance / reach;
            double window = Math.Abs(x) >= 1 ? 0 : BesselI0(KaiserBeta * Math.Sqrt(1 - (x * x))) / BesselI0(KaiserBeta);
            double argument = Math.PI * gain * distance;
            weights[k] = (Math.Abs(argument) < 1e-12 ? 1 : Math.Sin(argument) / argument) * gain * window;
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
