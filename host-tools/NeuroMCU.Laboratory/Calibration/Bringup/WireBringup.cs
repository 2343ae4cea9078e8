// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>
/// Looks at a board whose channels are wires from a DAC to an ADC: the codes are stepped through and what comes back has to lie on a
/// straight line. Only the range in which the ESP32's ADC is meant to be used with full attenuation is judged, 150 to 2450 mV (ESP-IDF
/// programming guide, "Analog to Digital Converter"); outside of it the converter bends.
/// </summary>
public sealed class WireBringup
{
    private const double Lowest = 0.150;
    private const double Highest = 2.450;
    private const int Steps = 24;

    // ESP-IDF states 60 mV for this attenuation after calibration; references differ from chip to chip by 1000 to 1200 mV around 1100.
    private const double MostDeviation = 0.060;
    private const double SlopeTolerance = 0.15;

    private readonly DeviceBench _bench;
    private readonly IBringupGuide _guide;
    private readonly Action<string, double> _progress;

    /// <summary>Initializes a new instance of the <see cref="WireBringup" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="guide">Who is asked before each stage.</param>
    /// <param name="progress">Receives what is being done.</param>
    public WireBringup(DeviceBench bench, IBringupGuide guide, Action<string, double> progress)
    {
        _bench = bench;
        _guide = guide;
        _progress = progress;
    }

    /// <summary>Whether every channel of a board is a wire: its drive and its sense are one net.</summary>
    /// <param name="channels">The board's channels.</param>
    /// <returns>True for a board without neurons.</returns>
    public static bool Fits(IReadOnlyList<BenchChannel> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels.All(c => c.Sense is { } sense && sense.Net == c.Drive.Net);
    }

    /// <summary>Looks. Outputs are safe afterwards, whatever happened.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The findings; those so far, and one that says so, when it was cancelled.</returns>
    public async Task<IReadOnlyList<BringupFinding>> RunAsync(CancellationToken cancellation)
    {
        BringupWalk walk = new BringupWalk(_bench, _guide);
        try
        {
            string nets = string.Join(", ", _bench.Channels.Select(c => c.Drive.Net));
            BringupStage stage = new BringupStage(
                "linearity", $"The DAC of each wire ({nets}) is stepped from {Lowest:0.00} to {Highest:0.00} V and read back by its ADC.",
                BringupWalk.Supplies(_bench.Channels));
            if (await walk.BeginAsync(stage, cancellation).ConfigureAwait(false))
            {
                foreach (BenchChannel channel in _bench.Channels)
                {
                    walk.Add(await LinearityAsync(channel, cancellation).ConfigureAwait(false));
                }
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

    private async Task<BringupFinding> LinearityAsync(BenchChannel channel, CancellationToken cancellation)
    {
        double perCode = channel.Drive.Reference * 1e-3 / channel.Drive.FullCode;
        int from = (int)Math.Ceiling(Lowest / perCode);
        int to = Math.Min(channel.MaxCode, (int)Math.Floor(Highest / perCode));
        List<(int Code, double Volts)> points = [];
        for (int i = 0; i <= Steps; i++)
        {
            int code = from + (int)Math.Round((double)(to - from) * i / Steps);
            _progress("linearity of " + channel.Name, (double)i / Steps);
            points.Add((code, await _bench.ReadBackAsync(channel, code, cancellation).ConfigureAwait(false)));
        }

        return Judge(channel.Name, points, perCode);
    }

    // The straight line of least squares, and what lies farthest from it.
    private static BringupFinding Judge(string name, IReadOnlyList<(int Code, double Volts)> points, double perCode)
    {
        double code = points.Average(p => p.Code), volts = points.Average(p => p.Volts);
        double slope = points.Sum(p => (p.Code - code) * (p.Volts - volts)) / points.Sum(p => (p.Code - code) * (p.Code - code));
        (int worst, double deviation) = points.Select(p => (p.Code, p.Volts - volts - (slope * (p.Code - code))))
            .MaxBy(p => Math.Abs(p.Item2));
        string reading = string.Create(
            CultureInfo.InvariantCulture,
            $"at most {Math.Abs(deviation) * 1e3:0.0} mV from a straight line, at code {worst} ({MostDeviation * 1e3:0} mV allowed); "
            + $"{slope * 1e3:0.00} mV per code ({perCode * 1e3:0.00} expected)");
        bool follows = Math.Abs(slope - perCode) <= SlopeTolerance * perCode;
        bool straight = Math.Abs(deviation) <= MostDeviation;
        string advice = !follows ? "the wire from the DAC's pin to the ADC's pin: missing, at the wrong pin, or loaded"
            : !straight ? "the supply and the ground of the module while the DAC is driven, a load on the wire, noise of Wi-Fi"
            : string.Empty;
        return new BringupFinding("linearity", name, follows && straight, reading, advice);
    }
}
