// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>
/// Brings up a board whose neurons are none that calibration is for (see <see cref="CalibrationScope" />): it is silent at rest, and
/// each channel answers its drive with spikes. Outputs are safe afterwards, whatever happened.
/// </summary>
public sealed class FiringBringup
{
    private const int Steps = 16;

    private static readonly MeasureTiming s_step = new(300, 300);

    private readonly ICalibrationBench _bench;
    private readonly Action<string, double> _progress;
    private readonly IBringupGuide _guide;

    /// <summary>Initializes a new instance of the <see cref="FiringBringup" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="guide">Who is asked before each stage.</param>
    /// <param name="progress">Receives what is being done; may be null.</param>
    public FiringBringup(ICalibrationBench bench, IBringupGuide guide, Action<string, double>? progress = null)
    {
        _bench = bench;
        _guide = guide;
        _progress = progress ?? ((_, _) => { });
    }

    /// <summary>Looks.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The findings; those so far, and one that says so, when it was cancelled.</returns>
    public async Task<IReadOnlyList<BringupFinding>> RunAsync(CancellationToken cancellation)
    {
        BringupWalk walk = new(_bench, _guide);
        try
        {
            if (!await walk.LookAtRestAsync(cancellation).ConfigureAwait(false)
                || !await walk.BeginSweepAsync("neuron", "ten seconds", cancellation).ConfigureAwait(false))
            {
                return walk.Findings;
            }

            List<BenchReading> readings = [];
            for (int k = 1; k <= Steps; k++)
            {
                _progress("neurons", (double)(k - 1) / Steps);
                readings.AddRange(await _bench.MeasureAsync(
                    [.. _bench.Channels.Select(c => new DriveCode(c.Number, c.MaxCode * k / Steps))], s_step, cancellation)
                    .ConfigureAwait(false));
            }

            foreach (BenchChannel channel in _bench.Channels)
            {
                walk.Add(Neuron(channel, [.. readings.Where(r => r.Channel == channel.Number)]));
            }

            return walk.Findings;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            walk.BreakOff();
            return walk.Findings;
        }
        finally
        {
            await _bench.SafeAsync().ConfigureAwait(false);
        }
    }

    private static BringupFinding Neuron(BenchChannel channel, BenchReading[] readings)
    {
        BenchReading[] firing = [.. readings.Where(r => r.Spikes > 0)];
        if (firing.Length == 0)
        {
            return new BringupFinding(
                "neuron", channel.Name, false, Text($"no spike up to {channel.CurrentOf(channel.MaxCode) * 1e6:0.0} uA"),
                $"the neuron's supply, the wires {channel.Drive.Net} and of its spike output");
        }

        BenchReading most = firing.MaxBy(r => r.Spikes)!;
        return new BringupFinding(
            "neuron",
            channel.Name,
            true,
            Text($"fires from {channel.CurrentOf(firing[0].Code) * 1e6:0.0} uA, most often at {channel.CurrentOf(most.Code) * 1e6:0.0} uA: {most.Spikes} {(most.Spikes == 1 ? "spike" : "spikes")} in {most.Window:0.0} s"),
            string.Empty);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
