// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Random;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>Makes the recording that two microphones in a head's ears would have made of a sound from a direction.</summary>
public sealed class BinauralRenderer
{
    private const float Peak = 0.5f;

    // Longer responses are applied in the frequency domain.
    private const int LongestDirect = 2048;

    private readonly IHead _head;

    /// <summary>Initializes a new instance of the <see cref="BinauralRenderer" /> class.</summary>
    /// <param name="head">The head to listen with.</param>
    public BinauralRenderer(IHead head)
    {
        _head = head;
    }

    /// <summary>Renders a sound.</summary>
    /// <param name="sound">The dry sound at any sample rate.</param>
    /// <param name="sampleRate">Its sample rate in Hz.</param>
    /// <param name="azimuth">Direction in degrees, taken to the nearest measured one.</param>
    /// <param name="noise">Noise at the ears; null for none.</param>
    /// <returns>The recording at the head's sample rate, scaled to a peak of one half.</returns>
    public StereoSound Render(ReadOnlySpan<float> sound, int sampleRate, double azimuth, EarNoise? noise = null)
    {
        float[] dry = Resampler.Convert(sound, sampleRate, _head.SampleRate);
        HeadResponse response = _head.ResponseAt(azimuth);
        float[] left = Convolve(dry, response.Left);
        float[] right = Convolve(dry, response.Right);
        if (noise is not null)
        {
            AddNoise(left, right, noise);
        }

        float largest = Math.Max(left.Max(Math.Abs), right.Max(Math.Abs));
        float gain = largest > 0 ? Peak / largest : 0;
        return new StereoSound(_head.SampleRate, Scaled(left, gain), Scaled(right, gain));
    }

    private static float[] Convolve(float[] dry, IReadOnlyList<float> response)
    {
        if (response.Count > LongestDirect)
        {
            return ConvolveLong(dry, response);
        }

        float[] wet = new float[dry.Length + response.Count - 1];
        for (int tap = 0; tap < response.Count; tap++)
        {
            float factor = response[tap];
            for (int k = 0; k < dry.Length; k++)
            {
                wet[k + tap] += factor * dry[k];
            }
        }

        return wet;
    }

    // That of a room.
    private static float[] ConvolveLong(float[] dry, IReadOnlyList<float> response)
    {
        int length = dry.Length + response.Count - 1;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        Complex[] sound = new Complex[size];
        Complex[] filter = new Complex[size];
        for (int k = 0; k < dry.Length; k++)
        {
            sound[k] = dry[k];
        }

        for (int k = 0; k < response.Count; k++)
        {
            filter[k] = response[k];
        }

        Fourier.Forward(sound, FourierOptions.AsymmetricScaling);
        Fourier.Forward(filter, FourierOptions.AsymmetricScaling);
        for (int k = 0; k < size; k++)
        {
            sound[k] *= filter[k];
        }

        Fourier.Inverse(sound, FourierOptions.AsymmetricScaling);
        return [.. sound.Take(length).Select(value => (float)value.Real)];
    }

    private static void AddNoise(float[] left, float[] right, EarNoise noise)
    {
        double power = left.Concat(right).Average(sample => (double)sample * sample);
        double deviation = Math.Sqrt(power / Math.Pow(10, noise.SignalToNoise / 10));
        var generator = new MersenneTwister(noise.Seed);
        for (int k = 0; k < left.Length; k++)
        {
            left[k] += (float)Normal.Sample(generator, 0, deviation);
            right[k] += (float)Normal.Sample(generator, 0, deviation);
        }
    }

    private static float[] Scaled(float[] samples, float gain) => Array.ConvertAll(samples, sample => sample * gain);
}
