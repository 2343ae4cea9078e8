// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Cli.Inputs;

/// <summary>What the network is made for: a measured head, or microphones that a length describes.</summary>
/// <param name="Shown">The options that chose it, as they were typed.</param>
internal sealed record HeadChoice(IHead Head, string Made, string Shown)
{
    private const double ClosestSpacing = 30;
    private const double WidestSpacing = 500;
    private const double SmallestRadius = 20;
    private const double LargestRadius = 250;

    private static readonly Option<string?> s_head = new("--head")
    {
        Description = "Measured head, a SOFA file (default: KEMAR of Debian's libmysofa1)",
        HelpName = "FILE.sofa",
    };

    private static readonly Option<string?> s_spacing = new("--spacing")
    {
        Description = "In place of a head: two microphones so far apart in free air, such as 20cm",
        HelpName = "LENGTH",
    };

    private static readonly Option<string?> s_sphere = new("--sphere")
    {
        Description = "In place of a head: microphones at the ends of a diameter of a ball of this radius, such as 8.75cm",
        HelpName = "RADIUS",
    };

    /// <summary>The options that choose a head.</summary>
    public static IEnumerable<Option> Options => [s_head, s_spacing, s_sphere];

    /// <summary>Reads what was chosen.</summary>
    /// <exception cref="CliException">Two of them were chosen, or a length makes no sense.</exception>
    /// <exception cref="HeadException">The file of the head cannot be read.</exception>
    public static HeadChoice Of(ParseResult line)
    {
        Option<string?>[] chosen = [.. ((Option<string?>[])[s_head, s_spacing, s_sphere]).Where(o => line.GetValue(o) is not null)];
        if (chosen.Length > 1)
        {
            throw new CliException(ExitCode.Usage, $"{chosen[0].Name} and {chosen[1].Name} exclude each other",
                "a network is made for one head", $"leave {chosen[1].Name} out");
        }

        if (line.GetValue(s_spacing) is { } spacing)
        {
            double length = Length(spacing, "--spacing", ClosestSpacing, WidestSpacing, "20cm",
                "microphones closer together hear no delay, wider apart no delay of one direction only");
            return new HeadChoice(new MicrophonePair(length / 1000), $"two microphones {Text(length)} apart in free air",
                $" --spacing {spacing.Replace(" ", string.Empty, StringComparison.Ordinal)}");
        }

        if (line.GetValue(s_sphere) is { } sphere)
        {
            double radius = Length(sphere, "--sphere", SmallestRadius, LargestRadius, "8.75cm",
                "it is the radius, half the distance between the microphones");
            return new HeadChoice(new SphereHead(radius / 1000), $"microphones in a ball of {Text(radius)} radius",
                $" --sphere {sphere.Replace(" ", string.Empty, StringComparison.Ordinal)}");
        }

        string path = line.GetValue(s_head) ?? SofaHead.KemarPath;
        bool kemar = string.Equals(path, SofaHead.KemarPath, StringComparison.Ordinal);
        return new HeadChoice(
            SofaHead.Open(path, SofaHead.KemarRate), kemar ? "the head of the recordings (MIT KEMAR)" : $"the head in {path}", kemar
            ? string.Empty : $" --head {path}");
    }

    private static double Length(string text, string option, double least, double most, string example, string why)
    {
        double length = Quantities.Positive(text, Dimension.Length, option, example);
        return length >= least && length <= most
            ? length
            : throw new CliException(
                ExitCode.Usage, $"{option} is '{text}', expected {Text(least)} to {Text(most)}", why,
                $"write a length such as {option} {example}");
    }

    private static string Text(double millimetres) => string.Create(CultureInfo.InvariantCulture, $"{millimetres / 10:0.###} cm");
}
