// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>A head at the sample rate of the front end, which saves most of the time of rendering; on request of another size.</summary>
/// <param name="head">The head.</param>
/// <param name="scale">How many times as large it is: its responses last so much longer.</param>
internal sealed class TrainingHead(IHead head, double scale = 1) : IHead
{
    /// <summary>Sample rate in Hz.</summary>
    public const int Rate = 8000;

    // Silence around a response, so that the skirts of the resampling are kept.
    private const int Skirt = 256;

    private readonly ConcurrentDictionary<(double Azimuth, double Elevation), HeadResponse> _responses = new();

    /// <inheritdoc />
    public int SampleRate => Rate;

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth) => ResponseAt(azimuth, 0);

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth, double elevation) =>
        _responses.GetOrAdd((azimuth, elevation), key =>
        {
            HeadResponse response = head.ResponseAt(key.Azimuth, key.Elevation);
            return new HeadResponse(key.Azimuth, Converted(response.Left), Converted(response.Right));
        });

    private float[] Converted(IReadOnlyList<float> response)
    {
        float[] padded = [.. new float[Skirt], .. response, .. new float[Skirt]];
        return Resampler.Convert(padded, head.SampleRate, (int)Math.Round(Rate * scale / 8) * 8);
    }
}
