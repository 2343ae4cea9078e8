// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Claps;

/// <summary>Recordings of claps: a folder of WAV files whose names end in the angle, or a list of files and angles.</summary>
public static partial class ClapFiles
{
    /// <summary>First line of a list.</summary>
    public const string Header = "file,azimuth_deg";

    private const double FarthestAngle = 90;

    /// <summary>Name of the recording of a clap.</summary>
    /// <param name="azimuth">Azimuth in degrees.</param>
    public static string NameOf(double azimuth) => string.Create(CultureInfo.InvariantCulture, $"clap_{azimuth:+0.##;-0.##;0}.wav");

    /// <summary>Reads claps.</summary>
    /// <param name="path">A folder of files such as <c>clap_-60.wav</c> and <c>clap_30_2.wav</c>, or a CSV file with the columns file and azimuth_deg.</param>
    /// <exception cref="InputFileException">There are none, or the list is not one; the message names the line.</exception>
    public static IReadOnlyList<Clap> Read(string path)
    {
        (string File, double Azimuth)[] files = Directory.Exists(path) ? InFolder(path) : InList(path);
        return [.. files.Select(f => Clap.In(Path.GetFileName(f.File), f.Azimuth, WavReader.Read(f.File)))];
    }

    private static (string File, double Azimuth)[] InFolder(string folder)
    {
        (string File, double Azimuth)[] found =
        [
            .. from file in Directory.GetFiles(folder).Order(StringComparer.Ordinal)
               let match = Name().Match(Path.GetFileName(file))
               where match.Success
               select (file, double.Parse(match.Groups["azimuth"].Value, CultureInfo.InvariantCulture)),
        ];
        if (found.Length == 0)
        {
            throw new InputFileException(folder, "has no recordings of claps", "name them by their angle: clap_-60.wav, clap_0.wav, clap_+30.wav");
        }

        foreach ((string file, double azimuth) in found.Where(f => Math.Abs(f.Azimuth) > FarthestAngle))
        {
            throw new InputFileException(file, $"{azimuth} deg is behind the microphones", $"angles are −{FarthestAngle} to {FarthestAngle} deg");
        }

        return found;
    }

    private static (string File, double Azimuth)[] InList(string path)
    {
        string[] lines = InputFile.ReadText(path).ReplaceLineEndings("\n").Split('\n');
        if (!string.Equals(lines[0].Trim(), Header, StringComparison.Ordinal))
        {
            throw new InputFileException($"{path}:1", $"the first line is '{lines[0].Trim()}'", $"write '{Header}', and one file with its angle on each line");
        }

        List<(string, double)> files = [];
        for (int k = 1; k < lines.Length; k++)
        {
            string[] cells = lines[k].Split(',', StringSplitOptions.TrimEntries);
            if (cells is [""])
            {
                continue;
            }

            if (cells.Length != 2 || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double azimuth)
                || !(Math.Abs(azimuth) <= FarthestAngle))
            {
                throw new InputFileException(
                    $"{path}:{k + 1}", $"'{lines[k]}' is no file and angle", $"write a file and its angle, −{FarthestAngle} to {FarthestAngle}, such as a.wav,-60");
            }

            files.Add((Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, cells[0]), azimuth));
        }

        return [.. files];
    }

    [GeneratedRegex(@"_(?<azimuth>[+-]?\d+(?:\.\d+)?)(?:_\d+)?\.wav$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
