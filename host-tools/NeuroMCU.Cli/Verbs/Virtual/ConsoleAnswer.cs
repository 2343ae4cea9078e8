// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroMCU.Cli.Verbs.Virtual;

/// <summary>A direction that a device has written to its console.</summary>
/// <param name="Azimuth">Azimuth in degrees: 0 ahead, positive to the right; null when the answer was unsure.</param>
/// <param name="Confidence">Confidence, 0 to 1.</param>
/// <param name="Doubt">Why it is unsure, in the words of the device; empty for too few spikes, and when it is sure.</param>
/// <param name="Guess">Azimuth in degrees that an unsure answer guesses; null when it is sure, or has no direction.</param>
internal sealed partial record ConsoleAnswer(double? Azimuth, double Confidence, string Doubt, double? Guess = null)
{
    /// <summary>Reads a line of the console.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The answer; null when the line is none.</returns>
    public static ConsoleAnswer? Parse(string line)
    {
        Match match = Answer().Match(line);
        if (!match.Success)
        {
            return null;
        }

        double? Number(string name) =>
            match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : null;
        return new ConsoleAnswer(Number("azimuth"), Number("confidence") ?? 0, match.Groups["doubt"].Value, Number("guess"));
    }

    [GeneratedRegex(@"^[^\s,(][^,(]* (?:(?<azimuth>[+-]?\d+\.\d+) deg|unsure(?: \((?<doubt>[^)]*)\))?(?:, best guess (?<guess>[+-]?\d+\.\d+) deg)?), "
        + @"confidence (?<confidence>\d+\.\d+)$")]
    private static partial Regex Answer();
}
