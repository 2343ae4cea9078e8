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
    /// <summary>Converts one channel.</summary>
    /// <param name="samples">Samples at the old rate; before the first and after the last they go on as these two, so that an offset
    /// has no edge.</param>
    /// <param name="fromRate">Old rate in Hz.</param>
    /// <param name="toRate">New rate in Hz.</param>
    /// <returns>Samples at the new rate, as many as cover the old ones. Sample 0 falls on sample 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public static float[] Convert(ReadOnlySpan<float> samples, int fromRate, int toRate)
    {
        ResamplingKernel kernel = new(fromRate, toRate);
        if (fromRate == toRate)
        {
            return samples.ToArray();
        }

        float[] result = new float[kernel.LengthOf(samples.Length)];
        for (int n = 0; n < result.Length; n++)
        {
            result[n] = kernel.At(n, samples, 0);
        }

        return result;
    }
}
