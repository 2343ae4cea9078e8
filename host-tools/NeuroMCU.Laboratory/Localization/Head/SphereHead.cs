// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>
/// A rigid sphere with a microphone at each end of a diameter, in a plane wave: the exact solution, whose delays between the ears fall from
/// 3a/c·sin θ at low frequencies towards a/c·(θ + sin θ) at high ones, and whose shadow grows with frequency.
/// </summary>
/// <remarks>
/// Lord Rayleigh (Phil. Trans. R. Soc. A 203, 87, 1904) in the form of R. O. Duda and W. L. Martens (J. Acoust. Soc. Am. 104, 3048,
/// 1998) for a distant source: H(µ, Θ) = µ⁻² Σ (−i)^(m−1)·(2m+1)·P_m(cos Θ)/h'_m(µ), µ = 2πfa/c, Θ the angle between source and ear,
/// and h_m the spherical Hankel function of the first kind, in the time convention exp(−iωt). Both limits: G. F. Kuhn (J. Acoust. Soc.
/// Am. 62, 157, 1977); the second is R. S. Woodworth's (Experimental Psychology, 1938).
/// </remarks>
public sealed class SphereHead : IHead
{
    private const int Rate = 44_100;
    private const int Taps = 1024;

    // Where the pulse would be at the place of the sphere's centre.
    private const int Middle = 256;

    // The response is faded out above, so that it does not end at a cliff.
    private const double FadeFrom = 18_000;
    private const double FadeTo = 22_000;

    private const double Negligible = 1e-9;

    private readonly double _radius;
    private readonly ConcurrentDictionary<double, float[]> _responses = new();

    /// <summary>Makes a sphere.</summary>
    /// <param name="radius">Its radius in m.</param>
    public SphereHead(double radius)
    {
        _radius = radius;
    }

    /// <inheritdoc />
    public int SampleRate => Rate;

    /// <inheritdoc />
    public double Step => 2.5;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth) => new(azimuth, ResponseFrom(azimuth + 90), ResponseFrom(azimuth - 90));

    /// <summary>The pressure at an ear over that at the place of the sphere's centre without the sphere.</summary>
    /// <param name="frequency">Frequency in Hz, at least 0.</param>
    /// <param name="angle">Angle between the source and the ear in degrees, seen from the centre.</param>
    /// <returns>Amplitude and phase, in the time convention exp(+iωt).</returns>
    public Complex PressureAt(double frequency, double angle)
    {
        double x = 2 * Math.PI * frequency * _radius / MicrophonePair.SpeedOfSound;
        if (x < 1e-4)
        {
            return Complex.One;
        }

        double cosine = Math.Cos(angle * Math.PI / 180);
        (double legendre, double legendreBefore) = (1, 0);
        Complex before = Complex.Exp(Complex.ImaginaryOne * x) / x;
        Complex hankel = -Complex.ImaginaryOne * before;
        Complex turn = Complex.ImaginaryOne;
        Complex sum = Complex.Zero;
        for (int m = 0; ; m++)
        {
            // h'_m = h_(m−1) − (m+1)/x·h_m, where h_(−1) = exp(ix)/x.
            Complex term = turn * (((2 * m) + 1) * legendre) / (before - ((m + 1) / x * hankel));
            sum += term;
            if (m > x && term.Magnitude <= Negligible * sum.Magnitude && ((2 * m) + 1) / hankel.Magnitude < Negligible)
            {
                break;
            }

            (hankel, before) = ((((2 * m) + 1) / x * hankel) - before, hankel);
            (legendre, legendreBefore) = (((((2 * m) + 1) * cosine * legendre) - (m * legendreBefore)) / (m + 1), legendre);
            turn *= -Complex.ImaginaryOne;
        }

        return Complex.Conjugate(sum / (x * x));
    }

    private float[] ResponseFrom(double angle) => _responses.GetOrAdd(Math.Round(Math.Abs(angle), 6), Response);

    private float[] Response(double angle)
    {
        Complex[] spectrum = new Complex[Taps];
        for (int k = 0; k <= Taps / 2; k++)
        {
            double frequency = (double)k * Rate / Taps;
            double fade = frequency <= FadeFrom ? 1
                : frequency >= FadeTo ? 0
                : 0.5 + (0.5 * Math.Cos(Math.PI * (frequency - FadeFrom) / (FadeTo - FadeFrom)));
            spectrum[k] = fade == 0 ? 0 : fade * PressureAt(frequency, angle)
                * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * k * Middle / Taps);
            spectrum[(Taps - k) % Taps] = Complex.Conjugate(spectrum[k]);
        }

        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);
        return Array.ConvertAll(spectrum, value => (float)value.Real);
    }
}
