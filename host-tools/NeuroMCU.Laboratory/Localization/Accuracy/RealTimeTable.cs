// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.Laboratory.Localization.Accuracy;

/// <summary>What the standalone firmware makes of a sound that lasts, at the costs of a device.</summary>
/// <param name="Sound">What sounded.</param>
/// <param name="Load">Share of the loop's time that was busy while it sounded, 0 to 1.</param>
/// <param name="FirstAnswer">When the first answer came after the onset, in s; null without an answer.</param>
/// <param name="Answers">Answers per second while it sounded.</param>
/// <param name="Sure">How many of the answers were sure, 0 to 1.</param>
/// <param name="MeanError">Mean absolute error of the sure answers in degrees; null without any.</param>
/// <param name="Listened">Share of the sound that was filtered, 0 to 1.</param>
/// <param name="LostFrames">Frames that were lost.</param>
public sealed record RealTimeRow(
    string Sound, double Load, double? FirstAnswer, double Answers, double Sure, double? MeanError, double Listened, long LostFrames);

/// <summary>Sounds that last, heard by the standalone firmware at the costs of a device, and the heap that hearing takes there.</summary>
/// <param name="Rows">The sounds.</param>
/// <param name="HeapBytes">Managed heap in bytes of network, front end, read-out and buffer of the sound on a board without PSRAM: the
/// upper bound that the device reckons with.</param>
/// <param name="FrontEndBytes">The part of it that the engine does not take.</param>
public sealed record RealTimeTable(IReadOnlyList<RealTimeRow> Rows, int HeapBytes, int FrontEndBytes)
{
    /// <summary>Where the sounds come from, in degrees.</summary>
    internal const double Azimuth = 30;

    private const double Farewell = 0.8;

    /// <summary>Names of the columns; one with # holds numbers.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["sound", "#loop", "#first answer", "#answers/s", "#sure", "#error", "#listened", "#lost"];

    /// <summary>Measures the table.</summary>
    /// <param name="network">The network that listens.</param>
    /// <param name="head">The head that it was made for.</param>
    /// <param name="profile">Cost profile of the device; null for the usual one.</param>
    /// <param name="progress">Receives how many sounds of how many were played; may be null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RealTimeTable Measure(
        CompiledNetwork network, IHead head, string? profile, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        (string Name, StereoSound Sound)[] sounds = [.. LastingSounds.Of(head, Azimuth)];
        List<RealTimeRow> rows = [];
        foreach ((string name, StereoSound sound) in sounds)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Play(network, name, sound, profile ?? RecordingPlayer.DefaultProfile));
            progress?.Invoke(rows.Count, sounds.Length);
        }

        int hearing = HearingMemory.Estimate(network.Tables, psram: false);
        return new RealTimeTable(rows, DeviceMemory.Estimate(network.Tables) + hearing, hearing);
    }

    /// <summary>The cells of a row.</summary>
    /// <param name="row">The row.</param>
    public static IReadOnlyList<string> Cells(RealTimeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return
        [
            row.Sound, Share(row.Load), Text(row.FirstAnswer, "0.00", " s"), Text(row.Answers, "0.0", string.Empty), Share(row.Sure),
            Text(row.MeanError, "0.0", "°"), Share(row.Listened), row.LostFrames.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private static string Share(double share) => Text(100 * share, "0", " %");

    private static string Text(double? value, string format, string unit) =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : "none";

    /// <summary>Plays a sound of <see cref="LastingSounds" />.</summary>
    /// <param name="network">The network that listens.</param>
    /// <param name="name">Name of the sound.</param>
    /// <param name="sound">The sound.</param>
    /// <param name="profile">Cost profile of the device.</param>
    internal static RealTimeRow Play(CompiledNetwork network, string name, StereoSound sound, string profile)
    {
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true, Profile = profile });
        device.Store(network.Image);
        List<(double Time, double? Azimuth)> answers = [];
        device.PlaySound(sound);
        long begin = device.Bench.Clock.Now;
        device.ConsoleWritten = line =>
        {
            int at = line.IndexOf("azimuth ", StringComparison.Ordinal);
            if (at >= 0)
            {
                string word = line[(at + 8)..].Split(' ')[0];
                double? azimuth = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
                answers.Add(((device.Bench.Clock.Now - begin) / 1e6, azimuth));
            }
        };
        long onset = begin + (long)(LastingSounds.Lead * 1e6);
        long over = begin + (long)((LastingSounds.Lead + LastingSounds.Seconds) * 1e6);
        long end = over + (long)(Farewell * 1e6);
        long busy = 0;
        while (device.Bench.Clock.Now < end)
        {
            long before = device.Bench.Clock.Now;
            bool works = device.Turn(end);
            long loud = Math.Min(over, device.Bench.Clock.Now) - Math.Max(onset, before);
            busy += works && loud > 0 ? loud : 0;
        }

        double[] errors = [.. answers.Select(a => a.Azimuth).OfType<double>().Select(azimuth => Math.Abs(azimuth - Azimuth))];
        HeardSound heard = device.Heard;
        int during = answers.Count(a => a.Time < LastingSounds.Lead + LastingSounds.Seconds);
        return new RealTimeRow(
            name,
            (double)busy / (over - onset),
            answers.Count == 0 ? null : answers[0].Time - LastingSounds.Lead,
            during / LastingSounds.Seconds,
            answers.Count == 0 ? 0 : (double)errors.Length / answers.Count,
            errors.Length == 0 ? null : errors.Average(),
            heard.Sound == 0 ? 0 : (double)heard.Listened / heard.Sound,
            heard.Lost);
    }
}
