// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroMCU.Cli.Verbs.Virtual;

/// <summary>A direction that a device has written to its console.</summary>
/// <param name="Azimuth">Azimuth in degrees: 0 ahead, positive to the right; null when the answer was unsure.</param>
/// <param name="Confidence">Confidence, 0 to 1.</param>
/// <param name="Doubt">Why it is unsure, in the words of the device; empty for too few spikes, and when it is sure.</param>
internal sealed partial record ConsoleAnswer(double? Azimuth, double Confidence, string Doubt)
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

        double Number(string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        return new ConsoleAnswer(match.Groups["azimuth"].Success ? Number("azimuth") : null, Number("confidence"), match.Groups["doubt"].Value);
    }

    [GeneratedRegex(@"^\S.* (?:(?<azimuth>[+-]?\d+\.\d+) deg|unsure(?: \((?<doubt>[^)]*)\))?), confidence (?<confidence>\d+\.\d+)$")]
    private static partial Regex Answer();
}
