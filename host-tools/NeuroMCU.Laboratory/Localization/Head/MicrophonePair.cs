// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>
/// Two microphones in free air, nothing between them: a far sound from azimuth θ reaches the left one later by d·sin θ/c, the same at all
/// frequencies. Cardioids that are turned outwards also hear it at different levels.
/// </summary>
public sealed class MicrophonePair : IHead
{
    /// <summary>Speed of sound in air of 20 °C, in m/s.</summary>
    public const double SpeedOfSound = 343;

    private const int Rate = 44_100;

    // Samples on each side of a delayed pulse: the windowed sinc is flat to 0.1 dB up to 20 kHz.
    private const int Reach = 48;

    private readonly double _spacing;
    private readonly double? _turned;

    /// <summary>Sets two microphones up.</summary>
    /// <param name="spacing">Distance between them in m.</param>
    /// <param name="turned">Null for microphones that hear all around; for cardioids the angle in degrees by which each is turned
    /// outwards.</param>
    public MicrophonePair(double spacing, double? turned = null)
    {
        _spacing = spacing;
        _turned = turned;
    }

    /// <inheritdoc />
    public int SampleRate => Rate;

    /// <inheritdoc />
    public double Step => 2.5;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth)
    {
        double half = DelayAt(azimuth) / 2 * Rate;
        int length = (2 * Reach) + (int)(_spacing / SpeedOfSound * Rate) + 1;
        return new HeadResponse(azimuth, Pulse(length, half, Gain(azimuth, -1)), Pulse(length, -half, Gain(azimuth, 1)));
    }

    /// <summary>By how much the left microphone hears later than the right, in s.</summary>
    /// <param name="azimuth">Azimuth in degrees: 0 ahead, positive to the right.</param>
    public double DelayAt(double azimuth) => _spacing * Math.Sin(azimuth * Math.PI / 180) / SpeedOfSound;

    private double Gain(double azimuth, int side) =>
        _turned is { } turned ? 0.5 * (1 + Math.Cos((azimuth - (side * turned)) * Math.PI / 180)) : 1;

    // A band-limited pulse in the middle, moved by a part of a sample.
    private static float[] Pulse(int length, double delay, double gain)
    {
        double middle = (length - 1) / 2.0;
        float[] taps = new float[length];
        for (int k = 0; k < length; k++)
        {
            double t = k - middle - delay;
            double window = Math.Abs(t) < Reach ? 0.5 + (0.5 * Math.Cos(Math.PI * t / Reach)) : 0;
            taps[k] = (float)(gain * window * (Math.Abs(t) < 1e-12 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t)));
        }

        return taps;
    }
}
