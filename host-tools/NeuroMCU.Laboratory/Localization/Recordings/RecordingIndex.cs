// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using CsvHelper;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>The list that stands beside a set of recordings, <c>index.csv</c>: which file holds which sound from where.</summary>
public static class RecordingIndex
{
    /// <summary>Name of the list.</summary>
    public const string FileName = "index.csv";

    private const string Header = "file,sound,class,condition,azimuth_deg";

    /// <summary>Writes the list of a set.</summary>
    /// <param name="folder">Folder of the recordings.</param>
    /// <param name="recipes">What the set was made of.</param>
    public static void Write(string folder, IEnumerable<RecordingRecipe> recipes)
    {
        using var text = new StringWriter();
        text.Write(Header + "\n");
        using (CsvWriter csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n", HasHeader = false }, leaveOpen: true))
        {
            foreach (RecordingRecipe recipe in recipes)
            {
                foreach (string cell in (string[])[recipe.FileName, recipe.Sound, recipe.Class, recipe.Condition,
                    recipe.Azimuth.ToString(CultureInfo.InvariantCulture)])
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }
        }

        OutputFile.WriteText(Path.Combine(folder, FileName), text.ToString());
    }

    /// <summary>Reads the list of a set.</summary>
    /// <param name="folder">Folder of the recordings.</param>
    /// <returns>The recordings with their full paths.</returns>
    /// <exception cref="InvalidDataException">The list is not one; the message names the line.</exception>
    public static IReadOnlyList<IndexedRecording> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        using CsvReader lines = CsvReader.FromText(InputFile.ReadText(path),
            new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true, AllowLineBreaksInQuotes = false });
        if (!lines.Read() || string.Join(',', Cells(lines)) != Header)
        {
            throw new InvalidDataException($"{path}:1: the first line must be '{Header}'");
        }

        var recordings = new List<IndexedRecording>();
        while (lines.Read())
        {
            string[] cells = Cells(lines);
            if (cells.Length != 5 || !double.TryParse(cells[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double azimuth))
            {
                throw new InvalidDataException($"{path}:{lines.LineNumber}: expected '{Header}', found '{string.Join(',', cells)}'");
            }

            recordings.Add(new IndexedRecording(Path.Combine(folder, cells[0]), cells[1], cells[2], cells[3], azimuth));
        }

        return recordings;
    }

    private static string[] Cells(CsvReader line) => [.. Enumerable.Range(0, line.FieldCount).Select(i => line.GetString(i))];
}

/// <summary>One recording of a set.</summary>
/// <param name="Path">Path of the WAV file.</param>
/// <param name="Sound">Name of the sound.</param>
/// <param name="Class">Class of the sound: click, noise, speech or natural.</param>
/// <param name="Condition">clean, or the name of the noise.</param>
/// <param name="Azimuth">True direction in degrees: 0 ahead, positive to the right.</param>
public sealed record IndexedRecording(string Path, string Sound, string Class, string Condition, double Azimuth);
