// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>Recordings that are heard one after the other: a CSV file that says when each begins, and where its sound comes from.</summary>
/// <param name="Sounds">The recordings in order of time.</param>
public sealed record RecordingMix(IReadOnlyList<MixedSound> Sounds)
{
    private const string Header = "start_s,file,azimuth_deg";
    private const double LongestStart = 600;

    /// <summary>Reads a list.</summary>
    /// <param name="path">The CSV file; recordings are found relative to it, and all have the same rate.</param>
    /// <exception cref="InputFileException">The list is not one; the message names the line.</exception>
    public static RecordingMix Read(string path)
    {
        string[] lines = InputFile.ReadText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (!string.Equals(lines[0].Trim(), Header, StringComparison.Ordinal))
        {
            throw new InputFileException($"{path}:1", $"the first line is '{lines[0].Trim()}'", $"write '{Header}', and a recording on each line");
        }

        List<MixedSound> sounds = [];
        for (int k = 1; k < lines.Length; k++)
        {
            string[] cells = lines[k].Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != 3 || !Number(cells[0], out double start) || !(start is >= 0 and <= LongestStart)
                || !Number(cells[2], out double azimuth) || !(Math.Abs(azimuth) <= 180))
            {
                throw new InputFileException(
                    $"{path}:{k + 1}", $"'{lines[k]}' is no start, file and azimuth", $"write a start of 0 to {LongestStart} s, such as 1.5,a.wav,-60");
            }

            string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, cells[1]);
            StereoSound sound = WavReader.Read(file);
            if (sounds.Count > 0 && sounds[0].Sound.SampleRate != sound.SampleRate)
            {
                throw new InputFileException(
                    $"{path}:{k + 1}", $"{cells[1]} has {sound.SampleRate} samples per second, others {sounds[0].Sound.SampleRate}", "record all at one rate");
            }

            sounds.Add(new MixedSound(start, azimuth, sound));
        }

        return sounds.Count > 0
            ? new RecordingMix([.. sounds.OrderBy(s => s.Start)])
            : throw new InputFileException(path, "names no recording", $"write lines below '{Header}', such as 1.5,a.wav,-60");
    }

    /// <summary>Mixes the recordings; they end half a second after the last.</summary>
    public StereoSound Mixed()
    {
        int rate = Sounds[0].Sound.SampleRate;
        int length = (int)((Sounds.Max(s => s.Start + s.Sound.Duration.TotalSeconds) + 0.5) * rate);
        float[] left = new float[length];
        float[] right = new float[length];
        foreach (MixedSound sound in Sounds)
        {
            int at = (int)Math.Round(sound.Start * rate);
            for (int k = 0; k < sound.Sound.Length; k++)
            {
                left[at + k] += sound.Sound.Left[k];
                right[at + k] += sound.Sound.Right[k];
            }
        }

        return new StereoSound(rate, left, right);
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}

/// <summary>A recording in a mix.</summary>
/// <param name="Start">When it begins, in s.</param>
/// <param name="Azimuth">Where its sound comes from, in degrees.</param>
/// <param name="Sound">The recording.</param>
public sealed record MixedSound(double Start, double Azimuth, StereoSound Sound);
