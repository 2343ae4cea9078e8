// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>
/// The delay and the level between the ears that a head makes, alike at all frequencies: what an editor makes of a sound that is to come
/// from a direction.
/// </summary>
/// <param name="head">The head.</param>
/// <param name="share">How large the level is in decibels, against that of the head.</param>
internal sealed class PlainHead(IHead head, double share) : IHead
{
    private const double LongestDelay = 2500;
    private const int Taps = 160;

    private readonly ConcurrentDictionary<double, HeadResponse> _responses = new();

    /// <inheritdoc />
    public int SampleRate => TrainingHead.Rate;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth) => _responses.GetOrAdd(azimuth, Plain);

    private HeadResponse Plain(double azimuth)
    {
        HeadResponse response = head.ResponseAt(azimuth);
        StereoSound pulse = new(head.SampleRate, [.. response.Left], [.. response.Right]);
        double half = DelayEstimator.Estimate(pulse, CorrelationKind.Plain, LongestDelay) * TrainingHead.Rate / 2e6;
        double level = Math.Sqrt(response.Right.Sum(v => (double)v * v) / response.Left.Sum(v => (double)v * v));
        return new HeadResponse(azimuth, Pulse(half, 1), Pulse(-half, Math.Pow(level, share)));
    }

    // A band-limited pulse in the middle, so many samples late.
    private static float[] Pulse(double late, double height) =>
    [
        .. Enumerable.Range(0, Taps).Select(k =>
        {
            double t = k - (Taps / 2) - late;
            double window = Math.Abs(t) < Taps / 4 ? 0.5 + (0.5 * Math.Cos(4 * Math.PI * t / Taps)) : 0;
            return (float)(height * window * (Math.Abs(t) < 1e-9 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t)));
        }),
    ];
}
