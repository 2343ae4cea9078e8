// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Random;

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>
/// A head in a room with flat walls: the sound itself, its mirror images in the walls for the first 80 ms, each from its own
/// direction, and then a diffuse tail of pulses from everywhere, whose energy decays by 60 dB in the reverberation time.
/// </summary>
/// <remarks>
/// Images: J. B. Allen and D. A. Berkley, J. Acoust. Soc. Am. 65, 943 (1979). Walls absorb what W. C. Sabine's formula asks for; the tail
/// has the energy density 4W/(c·A) of a diffuse field (H. Kuttruff, Room Acoustics).
/// </remarks>
public sealed class RoomHead : IHead
{
    private const double Mixing = 0.08;
    private const double SabineFactor = 0.161;

    private const double AngleStep = 5;

    // Pulses of the tail per second: more are no longer heard apart.
    private const int Density = 8000;
    private const int Images = 8;

    private static readonly double[] s_room = [6.2, 5.1, 2.9];
    private static readonly double[] s_listener = [2.9, 2.3, 1.4];

    private readonly IHead _head;
    private readonly double _reverberation;
    private readonly double _distance;
    private readonly double _absorption;

    /// <summary>Puts a head into a room of 6.2 m × 5.1 m × 2.9 m.</summary>
    /// <param name="head">The head.</param>
    /// <param name="reverberation">Reverberation time (60 dB) in s, 0.15 to 3.</param>
    /// <param name="distance">Distance of the source in m, 0.2 to 2.</param>
    public RoomHead(IHead head, double reverberation, double distance)
    {
        _head = head;
        _reverberation = reverberation;
        _distance = distance;
        double volume = s_room[0] * s_room[1] * s_room[2];
        _absorption = SabineFactor * volume / reverberation;
    }

    /// <inheritdoc />
    public int SampleRate => _head.SampleRate;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth)
    {
        // For each direction of the source the head looks another way, so that no wall is always at the same ear.
        MersenneTwister random = new((int)Math.Round(azimuth) + 1000);
        double facing = random.NextDouble() * 360;
        int length = (int)((Mixing + _reverberation) * SampleRate);
        float[] left = new float[length];
        float[] right = new float[length];
        AddImages(left, right, azimuth, facing);
        AddTail(left, right, random);
        return new HeadResponse(azimuth, left, right);
    }

    private static double Image(int order, int axis, double source) => (order & 1) == 0 ? (order * s_room[axis]) + source
        : ((order + 1) * s_room[axis]) - source;

    private void AddImages(float[] left, float[] right, double azimuth, double facing)
    {
        double surface = 2 * ((s_room[0] * s_room[1]) + (s_room[1] * s_room[2]) + (s_room[0] * s_room[2]));
        double reflection = Math.Sqrt(1 - Math.Min(0.99, _absorption / surface));
        (double sine, double cosine) = Math.SinCos((facing + azimuth) * Math.PI / 180);
        double[] source = [s_listener[0] + (_distance * sine), s_listener[1] + (_distance * cosine), s_listener[2]];
        for (int i = -Images; i <= Images; i++)
        {
            for (int j = -Images; j <= Images; j++)
            {
                for (int k = -Images; k <= Images; k++)
                {
                    double x = Image(i, 0, source[0]) - s_listener[0];
                    double y = Image(j, 1, source[1]) - s_listener[1];
                    double z = Image(k, 2, source[2]) - s_listener[2];
                    double range = Math.Sqrt((x * x) + (y * y) + (z * z));
                    double time = range / MicrophonePair.SpeedOfSound;
                    if (time < Mixing)
                    {
                        double gain = Math.Pow(reflection, Math.Abs(i) + Math.Abs(j) + Math.Abs(k)) / range;
                        double around = (Math.Atan2(x, y) * 180 / Math.PI) - facing;
                        AddPulse(left, right, From(around, z / range), time, gain);
                    }
                }
            }
        }
    }

    private void AddTail(float[] left, float[] right, MersenneTwister random)
    {
        // Energy relative to the sound itself at 1 m: 4/A over 1/(4π).
        double decay = _reverberation / (6 * Math.Log(10));
        double energy = 16 * Math.PI / _absorption / (decay * Density);
        int pulses = (int)(Density * _reverberation);
        for (int k = 0; k < pulses; k++)
        {
            double time = Mixing + (random.NextDouble() * _reverberation);
            double height = (2 * random.NextDouble()) - 1;
            double gain = Math.Sqrt(energy * Math.Exp(-time / decay)) * (random.Next(2) == 0 ? 1 : -1);
            AddPulse(left, right, From((random.NextDouble() * 360) - 180, height), time, gain);
        }
    }

    private HeadResponse From(double azimuth, double height)
    {
        double elevation = Math.Asin(height) * 180 / Math.PI;
        return _head.ResponseAt(Math.Round(azimuth / AngleStep) * AngleStep, Math.Round(elevation / AngleStep) * AngleStep);
    }

    private void AddPulse(float[] left, float[] right, HeadResponse response, double time, double gain)
    {
        int at = (int)Math.Round(time * SampleRate);
        int count = Math.Min(response.Left.Count, left.Length - at);
        for (int k = 0; k < count; k++)
        {
            left[at + k] += (float)gain * response.Left[k];
            right[at + k] += (float)gain * response.Right[k];
        }
    }
}
