// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Laboratory.Localization.Claps;

/// <summary>
/// A head that is known by claps only: of each direction the difference between the microphones, in delay and level at every frequency, and
/// between the directions what lies between. What both have in common, the sound of the clap, cancels.
/// </summary>
public sealed class ClapHead : IHead
{
    private const int Taps = 1024;

    // Above, claps differ from sounds that are heard; the front end's bands end at 2.7 kHz.
    private const double Highest = 5000;
    private const double FadeTo = 7000;

    // Neighbouring frequencies that are averaged, to each side: a window of 5 ms tells apart no more.
    private const int Smoothing = 4;

    private readonly ClapSet _claps;
    private readonly Difference[] _measured;

    /// <summary>Makes a head of claps that agree. The left side counts as the mirror of the right.</summary>
    /// <param name="claps">The claps, without problems.</param>
    public ClapHead(ClapSet claps)
    {
        ArgumentNullException.ThrowIfNull(claps);
        _claps = claps;
        _measured = [.. claps.Claps.GroupBy(c => Math.Abs(c.Azimuth)).OrderBy(g => g.Key).Select(g => Difference.Of(g.Key, [.. g], claps))];
    }

    /// <inheritdoc />
    public int SampleRate => Clap.Rate;

    /// <inheritdoc />
    public double Step => 2.5;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth)
    {
        double side = Math.Abs(azimuth) > 90 ? 180 - Math.Abs(azimuth) : Math.Abs(azimuth);
        (double delay, Complex[] logarithm) = At(side);
        Complex[] left = new Complex[Taps];
        Complex[] right = new Complex[Taps];
        for (int k = 0; k <= Taps / 2; k++)
        {
            double frequency = (double)k * SampleRate / Taps;
            double fade = frequency >= FadeTo ? 0
                : frequency <= Highest ? 1
                : 0.5 + (0.5 * Math.Cos(Math.PI * (frequency - Highest) / (FadeTo - Highest)));

            // Half of the difference at each ear: the right one hears it earlier, and louder.
            Complex half = (logarithm[k] / 2) + (Complex.ImaginaryOne * Math.PI * frequency * delay / 1e6);
            Complex middle = fade * Complex.Exp(-Complex.ImaginaryOne * Math.PI * k);
            Set(left, k, middle * Complex.Exp(-half));
            Set(right, k, middle * Complex.Exp(half));
        }

        float[] near = Pulse(right);
        float[] far = Pulse(left);
        return azimuth < 0 ? new HeadResponse(azimuth, near, far) : new HeadResponse(azimuth, far, near);
    }

    private static void Set(Complex[] spectrum, int k, Complex value)
    {
        spectrum[k] = k is 0 or Taps / 2 ? value.Real : value;
        if (k > 0)
        {
            spectrum[Taps - k] = Complex.Conjugate(spectrum[k]);
        }
    }

    private static float[] Pulse(Complex[] spectrum)
    {
        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);
        return Array.ConvertAll(spectrum, value => (float)value.Real);
    }

    // The delay follows the line that all claps agree on, and how far each is off it; the rest grows with the sine.
    private (double Delay, Complex[] Logarithm) At(double azimuth)
    {
        int above = Array.FindIndex(_measured, m => m.Azimuth >= azimuth);
        Difference outer = above < 0 ? _measured[^1] : _measured[above];
        Difference? inner = above > 0 ? _measured[above - 1] : null;
        double innerSine = inner is null ? 0 : Sine(inner.Azimuth);
        double outerSine = Sine(outer.Azimuth);
        double share = above < 0 ? Sine(azimuth) / outerSine
            : outerSine - innerSine < 1e-9 ? 1
            : (Sine(azimuth) - innerSine) / (outerSine - innerSine);
        double off = ((inner?.Off ?? 0) * (1 - Math.Min(1, share))) + (outer.Off * Math.Min(1, share));
        double innerShare = above < 0 || inner is null ? 0 : 1 - share;
        Complex[] logarithm =
        [
            .. outer.Logarithm.Select((value, k) => (share * value) + (innerShare * (inner is null ? Complex.Zero : inner.Logarithm[k]))),
        ];
        return (_claps.DelayAt(azimuth) + off, logarithm);
    }

    private static double Sine(double azimuth) => Math.Sin(azimuth * Math.PI / 180);

    /// <summary>What differs between the microphones at an angle to the right: the mean of all claps from there and from its
    /// mirror.</summary>
    /// <param name="Azimuth">Azimuth in degrees, at least 0.</param>
    /// <param name="Off">Delay off the line of all claps, in µs.</param>
    /// <param name="Logarithm">Logarithm of right over left without the delay, for each frequency up to half the rate.</param>
    private sealed record Difference(double Azimuth, double Off, Complex[] Logarithm)
    {
        public static Difference Of(double azimuth, Clap[] claps, ClapSet set)
        {
            Complex[] cross = new Complex[(Taps / 2) + 1];
            double[] near = new double[cross.Length];
            double[] far = new double[cross.Length];
            double delay = 0;
            int count = 0;
            foreach (Clap clap in claps)
            {
                // Straight ahead a clap is its own mirror.
                foreach (bool mirrored in azimuth > 0 ? [clap.Azimuth < 0] : (bool[])[false, true])
                {
                    Add(cross, near, far, mirrored ? clap.Right : clap.Left, mirrored ? clap.Left : clap.Right);
                    delay += mirrored ? -clap.Delay : clap.Delay;
                    count++;
                }
            }

            delay /= count;
            Complex[] logarithm = new Complex[cross.Length];
            for (int k = 0; k < logarithm.Length; k++)
            {
                int centre = Math.Min(k, (int)(Highest * Taps / Clap.Rate));
                logarithm[k] = k == 0 ? 0 : Ratio(cross, near, far, centre, delay);
            }

            return azimuth > 0
                ? new Difference(azimuth, delay - set.DelayAt(azimuth), logarithm)
                : new Difference(azimuth, 0, new Complex[cross.Length]);
        }

        private static void Add(Complex[] cross, double[] near, double[] far, float[] left, float[] right)
        {
            Complex[] l = Spectrum(left);
            Complex[] r = Spectrum(right);
            for (int k = 0; k < cross.Length; k++)
            {
                cross[k] += r[k] * Complex.Conjugate(l[k]);
                far[k] += l[k].Magnitude * l[k].Magnitude;
                near[k] += r[k].Magnitude * r[k].Magnitude;
            }
        }

        // The phase is smoothed without the delay, which would turn it on from one frequency to the next.
        private static Complex Ratio(Complex[] cross, double[] near, double[] far, int centre, double delay)
        {
            Complex sum = Complex.Zero;
            double nearSum = 1e-30;
            double farSum = 1e-30;
            for (int k = Math.Max(1, centre - Smoothing); k <= centre + Smoothing; k++)
            {
                double turn = 2 * Math.PI * k * Clap.Rate / Taps * delay / 1e6;
                sum += cross[k] * Complex.Exp(-Complex.ImaginaryOne * turn);
                nearSum += near[k];
                farSum += far[k];
            }

            return new Complex(0.5 * Math.Log(nearSum / farSum), sum.Phase);
        }

        private static Complex[] Spectrum(float[] samples)
        {
            Complex[] spectrum = new Complex[Taps];
            for (int k = 0; k < samples.Length; k++)
            {
                spectrum[k] = samples[k];
            }

            Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
            return spectrum;
        }
    }
}
