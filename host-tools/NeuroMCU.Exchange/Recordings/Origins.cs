// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>What a recording says of its making, as lines <c>name: value</c>.</summary>
internal static class Origins
{
    private const string Spikes = "spikes";

    /// <summary>Everything that the recording itself says, then what was added to it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(RunRecording run) =>
    [
        new("network", run.Network),
        new("ran_on", run.RanOn),
        new("duration_us", run.Duration.ToString(CultureInfo.InvariantCulture)),
        new(Spikes, run.Spikes.Count.ToString(CultureInfo.InvariantCulture)),
        .. run.Incomplete is { } missing ? [new KeyValuePair<string, string>("incomplete", missing)] : Array.Empty<KeyValuePair<string,
            string>>(),
        .. run.Origin,
    ];

    /// <summary>The lines.</summary>
    public static string Text(RunRecording run) =>
        string.Join('\n', Of(run).Select(Line));

    /// <summary>One line.</summary>
    public static string Line(KeyValuePair<string, string> origin) =>
        origin.Key + ": " + origin.Value.Replace("\r", string.Empty, StringComparison.Ordinal).Replace('\n', ' ');

    /// <summary>Reads lines.</summary>
    public static List<KeyValuePair<string, string>> Parse(IEnumerable<string> lines) =>
        [.. lines.Select(l => l.Split(": ", 2)).Where(l => l.Length == 2 && l[0].Length > 0
            && l[0].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            .Select(l => new KeyValuePair<string, string>(l[0], l[1].TrimEnd()))];

    /// <summary>Value of a name; null where there is none.</summary>
    public static string? Find(IEnumerable<KeyValuePair<string, string>> origin, string name) =>
        origin.Where(o => o.Key == name).Select(o => o.Value).FirstOrDefault();

    /// <summary>Takes what the recording itself holds out of the lines.</summary>
    public static RunRecording Apply(RunRecording run, IReadOnlyList<KeyValuePair<string, string>> origin) => run with
    {
        Network = Find(origin, "network") ?? run.Network,
        RanOn = Find(origin, "ran_on") ?? run.RanOn,
        Duration = long.TryParse(Find(origin, "duration_us"), NumberStyles.None, CultureInfo.InvariantCulture, out long duration)
            ? Math.Max(duration, run.Duration) : run.Duration,
        EndedEarly = Find(origin, "incomplete") ?? Missing(run, origin),
        Origin = [.. origin.Where(o => o.Key is not ("network" or "ran_on" or "duration_us" or "incomplete" or Spikes))],
    };

    // Tables and events have no end of their own: one that is cut off between two spikes shows by their number only.
    private static string? Missing(RunRecording run, IEnumerable<KeyValuePair<string, string>> origin) =>
        long.TryParse(Find(origin, Spikes), NumberStyles.None, CultureInfo.InvariantCulture, out long written) && written > run.Spikes.Count
            ? string.Create(CultureInfo.InvariantCulture, $"of {written} spikes that were written, the file holds {run.Spikes.Count}: it was cut off")
            : null;

    /// <summary>A time of a foreign file in µs.</summary>
    /// <exception cref="ExchangeException">It is no time.</exception>
    public static long Micros(string file, string place, double seconds) => double.IsFinite(seconds) && Math.Abs(seconds) < 9e12
        ? (long)Math.Round(seconds * 1e6, MidpointRounding.AwayFromZero)
        : throw new ExchangeException(ExchangeProblem.Recording, file, place, $"the time {Number.Text(seconds)} s is none",
            "correct it in the program that wrote it");
}
