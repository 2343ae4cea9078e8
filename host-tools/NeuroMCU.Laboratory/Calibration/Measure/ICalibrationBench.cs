// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>
/// What calibration can set and measure: all channels of a board at once. Codes above a channel's limit are never asked for. After an
/// error, and at the end, the caller calls <see cref="SafeAsync" />.
/// </summary>
public interface ICalibrationBench
{
    /// <summary>Gets the channels, by their number.</summary>
    IReadOnlyList<BenchChannel> Channels { get; }

    /// <summary>Gets how long the board has been driven or watched so far, on its own clock.</summary>
    TimeSpan BenchTime { get; }

    /// <summary>Drives channels, waits, and counts spikes, on all of them at the same time. Channels that are not named are driven with
    /// code 0.</summary>
    /// <param name="drives">Channels and codes, each channel once.</param>
    /// <param name="timing">How long to wait and to count.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>One reading per named channel, in the order of <paramref name="drives" />.</returns>
    Task<IReadOnlyList<BenchReading>> MeasureAsync(IReadOnlyList<DriveCode> drives, MeasureTiming timing, CancellationToken cancellation);

    /// <summary>Takes the drive away from channels and empties their membranes, so that a latched thyristor lets go.</summary>
    /// <param name="channels">Numbers of the channels.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Done.</returns>
    Task ReleaseAsync(IReadOnlyList<int> channels, CancellationToken cancellation);

    /// <summary>Takes every output to its safe level.</summary>
    /// <returns>Done.</returns>
    Task SafeAsync();
}
