// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Random;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>White and pink noise from 0° to 90°, heard through a head: what a calibration listens to.</summary>
internal sealed class CalibrationSounds
{
    /// <summary>Usual distance of two directions in degrees.</summary>
    public const double Step = 5;

    private const int Samples = 16000;
    private const double LowestPink = 30;

    private static readonly int[] s_whiteSeeds = [50, 51, 52, 53, 54, 55];
    private static readonly int[] s_pinkSeeds = [60, 61];

    private const double LongestDelay = 2500;

    private readonly PcmSound[][] _sounds;
    private readonly IHead _head;

    /// <summary>Renders the sounds.</summary>
    /// <param name="sampleRate">Sample rate of the front end in Hz.</param>
    /// <param name="step">Distance of two directions in degrees, a part of 90.</param>
    public CalibrationSounds(IHead head, int sampleRate, double step = Step)
    {
        Azimuths = [.. Enumerable.Range(0, (int)Math.Round(90 / step) + 1).Select(i => i * step)];
        _head = head;
        BinauralRenderer renderer = new(head);
        float[][] dry = [.. s_whiteSeeds.Select(White), .. s_pinkSeeds.Select(seed => Pink(White(seed), head.SampleRate))];
        _sounds = Azimuths.AsParallel().AsOrdered()
            .Select(azimuth => dry.Select(noise => PcmSound.Of(renderer.Render(noise, head.SampleRate, azimuth), sampleRate)).ToArray())
            .ToArray();
    }

    /// <summary>Directions in degrees.</summary>
    public IReadOnlyList<double> Azimuths { get; }

    /// <summary>The sounds from a direction.</summary>
    /// <param name="index">Index of the direction in <see cref="Azimuths" />.</param>
    /// <returns>The sounds.</returns>
    public IReadOnlyList<PcmSound> From(int index) => _sounds[index];

    /// <summary>By how much the left ear hears later than the right, all frequencies together, in µs.</summary>
    /// <param name="index">Index of the direction in <see cref="Azimuths" />.</param>
    public double BroadbandDelay(int index)
    {
        HeadResponse response = _head.ResponseAt(Azimuths[index]);
        StereoSound pulse = new(_head.SampleRate, [.. response.Left], [.. response.Right]);
        return DelayEstimator.Estimate(pulse, CorrelationKind.Plain, LongestDelay);
    }

    private static float[] White(int seed)
    {
        MersenneTwister generator = new(seed);
        return Enumerable.Range(0, Samples).Select(_ => (float)Normal.Sample(generator, 0, 0.1)).ToArray();
    }

    // Power falls by 3 dB per octave.
    private static float[] Pink(float[] white, int sampleRate)
    {
        Complex[] spectrum = white.Select(v => new Complex(v, 0)).ToArray();
        Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
        for (int k = 0; k < spectrum.Length; k++)
        {
            int bin = Math.Min(k, spectrum.Length - k);
            spectrum[k] /= Math.Sqrt(Math.Max(LowestPink, (double)bin * sampleRate / spectrum.Length));
        }

        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);
        return spectrum.Select(v => (float)v.Real).ToArray();
    }
}
