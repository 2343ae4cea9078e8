// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.CrossCorrelation;

/// <summary>
/// The yardstick for every localiser: the delay between two ears by generalised cross-correlation, in double precision on the host.
/// </summary>
/// <remarks>C. H. Knapp and G. C. Carter, IEEE Trans. ASSP 24, 320 (1976).</remarks>
internal static class DelayEstimator
{
    /// <summary>Longest delay that is looked for, in µs; a head gives less than 800.</summary>
    public const double Longest = 1000;

    private const int Oversampling = 4;

    /// <summary>Estimates by how much the left ear hears later than the right.</summary>
    /// <param name="longest">Longest delay that is looked for, in µs.</param>
    /// <returns>Delay in µs, positive for a sound from the right; 0 for a silent recording.</returns>
    public static double Estimate(StereoSound sound, CorrelationKind kind, double longest = Longest)
    {
        int size = 1;
        while (size < 2 * sound.Length)
        {
            size *= 2;
        }

        Complex[] cross = Spectrum(sound.Left, size);
        Complex[] right = Spectrum(sound.Right, size);
        for (int k = 0; k < size; k++)
        {
            cross[k] *= Complex.Conjugate(right[k]);
        }

        if (kind == CorrelationKind.PhaseTransform)
        {
            Whiten(cross);
        }

        Complex[] correlation = Widened(cross);
        Fourier.Inverse(correlation, FourierOptions.AsymmetricScaling);
        double rate = (double)Oversampling * sound.SampleRate;
        int reach = Math.Min((int)Math.Ceiling(longest * 1e-6 * rate), (correlation.Length / 2) - 1);
        double At(int lag) => correlation[lag < 0 ? lag + correlation.Length : lag].Real;
        int best = 0;
        for (int lag = -reach; lag <= reach; lag++)
        {
            if (At(lag) > At(best))
            {
                best = lag;
            }
        }

        return (best + Vertex(At(best - 1), At(best), At(best + 1))) * 1e6 / rate;
    }

    private static void Whiten(Complex[] spectrum)
    {
        // Bins far below the strongest hold rounding errors, not sound; they must not be raised to its level.
        double least = 1e-12 * spectrum.Max(bin => bin.Magnitude);
        for (int k = 0; k < spectrum.Length; k++)
        {
            double magnitude = spectrum[k].Magnitude;
            spectrum[k] = magnitude > least ? spectrum[k] / magnitude : 0;
        }
    }

    // The same spectrum at a higher sample rate: the correlation comes out interpolated between samples.
    private static Complex[] Widened(Complex[] spectrum)
    {
        int half = spectrum.Length / 2;
        var wide = new Complex[Oversampling * spectrum.Length];
        Array.Copy(spectrum, wide, half);
        Array.Copy(spectrum, half + 1, wide, wide.Length - half + 1, half - 1);
        return wide;
    }

    private static Complex[] Spectrum(float[] samples, int size)
    {
        var spectrum = new Complex[size];
        for (int k = 0; k < samples.Length; k++)
        {
            spectrum[k] = samples[k];
        }

        Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
        return spectrum;
    }

    // Top of the parabola through three neighbouring values, relative to the middle one.
    private static double Vertex(double before, double middle, double after)
    {
        double bend = before - (2 * middle) + after;
        return bend < 0 ? Math.Clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
    }
}
