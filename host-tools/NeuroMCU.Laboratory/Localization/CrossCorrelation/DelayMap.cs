// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization.CrossCorrelation;

/// <summary>A head's delay between the ears as a function of azimuth, for turning a cross-correlation into a direction.</summary>
public sealed class DelayMap
{
    private const string Header = "azimuth_deg,plain_us,phase_transform_us";
    private const int Step = 5;
    private const double Reserve = 1.25;
    private const double LongestOfAny = 2500;
    private const int Steps = 90 / Step;

    private static readonly int[] s_seeds = [50, 51, 52, 53, 54];

    private readonly double[] _azimuth;
    private readonly Dictionary<CorrelationKind, double[]> _delay;

    private DelayMap(double[] azimuth, Dictionary<CorrelationKind, double[]> delay)
    {
        _azimuth = azimuth;
        _delay = delay;
    }

    /// <summary>Gets KEMAR's map, measured once and shipped with the tool.</summary>
    public static DelayMap Kemar { get; } = ReadKemar();

    /// <summary>Gets the longest delay in µs that an estimate is to look for.</summary>
    public double Longest => Math.Max(DelayEstimator.Longest, Reserve * _delay.Values.Max(d => d[^1]));

    /// <summary>Gets the map of a head: KEMAR's as it ships, that of another one measured.</summary>
    public static DelayMap Of(IHead head) => head is SofaHead { IsKemar: true } ? Kemar : Measure(head);

    /// <summary>Measures a head with white noise from 0° to 90°; the left side is taken as the mirror of the right.</summary>
    /// <param name="head">The head.</param>
    public static DelayMap Measure(IHead head)
    {
        var renderer = new BinauralRenderer(head);
        double[] azimuth = Enumerable.Range(0, Steps + 1).Select(step => (double)(step * Step)).ToArray();
        var delay = new Dictionary<CorrelationKind, double[]>();
        foreach (CorrelationKind kind in Enum.GetValues<CorrelationKind>())
        {
            double Heard(double direction, int seed) => DelayEstimator.Estimate(
                renderer.Render(Noise(seed, head.SampleRate), head.SampleRate, direction), kind, LongestOfAny);
            delay[kind] = Array.ConvertAll(azimuth, direction => s_seeds.Select(seed => Heard(direction, seed)).Median());
            delay[kind][0] = 0;
        }

        return new DelayMap(azimuth, delay);
    }

    /// <summary>Finds the direction that a delay belongs to.</summary>
    /// <param name="delay">Delay of the left ear behind the right in µs.</param>
    /// <param name="kind">How the delay was estimated.</param>
    /// <returns>Azimuth in degrees, −90 to 90.</returns>
    public double AzimuthOf(double delay, CorrelationKind kind)
    {
        double[] known = _delay[kind];
        double size = Math.Abs(delay);
        for (int k = 1; k < known.Length; k++)
        {
            if (size <= known[k] && known[k] > known[k - 1])
            {
                double share = (size - known[k - 1]) / (known[k] - known[k - 1]);
                return Math.Sign(delay) * (_azimuth[k - 1] + (Math.Clamp(share, 0, 1) * (_azimuth[k] - _azimuth[k - 1])));
            }
        }

        return Math.Sign(delay) * _azimuth[^1];
    }

    /// <summary>Finds the delay that belongs to a direction.</summary>
    /// <param name="azimuth">Azimuth in degrees, −90 to 90.</param>
    /// <param name="kind">How the delay would be estimated.</param>
    /// <returns>Delay of the left ear behind the right in µs.</returns>
    public double DelayOf(double azimuth, CorrelationKind kind)
    {
        double position = Math.Min(Math.Abs(azimuth), 90) / Step;
        int below = Math.Min((int)position, Steps - 1);
        double[] known = _delay[kind];
        return Math.Sign(azimuth) * (known[below] + ((position - below) * (known[below + 1] - known[below])));
    }

    /// <summary>Writes the map as CSV.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(TextWriter writer)
    {
        writer.Write(Header + "\n");
        for (int k = 0; k < _azimuth.Length; k++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{_azimuth[k]},{_delay[CorrelationKind.Plain][k]:F1},{_delay[CorrelationKind.PhaseTransform][k]:F1}\n"));
        }
    }

    private static float[] Noise(int seed, int length)
    {
        var generator = new MersenneTwister(seed);
        float[] noise = new float[length / 3];
        for (int k = 0; k < noise.Length; k++)
        {
            noise[k] = (float)Normal.Sample(generator, 0, 0.1);
        }

        return noise;
    }

    private static DelayMap ReadKemar()
    {
        using var reader = new StreamReader(typeof(DelayMap).Assembly.GetManifestResourceStream("kemar-delays.csv")!);
        double[][] rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return new DelayMap(
            rows.Select(row => row[0]).ToArray(),
            new Dictionary<CorrelationKind, double[]>
            {
                [CorrelationKind.Plain] = rows.Select(row => row[1]).ToArray(),
                [CorrelationKind.PhaseTransform] = rows.Select(row => row[2]).ToArray(),
            });
    }
}
