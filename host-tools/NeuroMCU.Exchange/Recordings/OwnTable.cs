// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>
/// Reads tables of spikes as <see cref="SpikeCsv" /> writes them, line by line: a long run has more rows than a table of unknown dialect may
/// have, which is held in memory as text.
/// </summary>
internal static class OwnTable
{
    private const int Decimals = 6;

    /// <summary>Reads it.</summary>
    /// <param name="comments">Takes the comments above the header.</param>
    /// <returns>The spikes; null when it is another kind of table.</returns>
    public static ForeignSpikes? Read(string path, List<string> comments)
    {
        using StreamReader reader = new(path, Encoding.UTF8);
        string? line;
        while ((line = reader.ReadLine()) is not null && line.StartsWith('#'))
        {
            comments.Add(line[1..].Trim());
        }

        if (line != SpikeCsv.Header)
        {
            return null;
        }

        ForeignSpikes spikes = new();
        spikes.Populations(comments);
        while ((line = reader.ReadLine()) is not null)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (Row(line) is { } row)
            {
                spikes.Add(spikes.Population(row.Population), row.Index, row.Time);
            }
            else if (reader.Peek() >= 0 || line.EndsWith('"'))
            {
                return null;   // edited by hand: the reader of all dialects names what is wrong
            }
        }

        return spikes;
    }

    // A last line that is cut off in the middle is no spike.
    private static (int Index, long Time, string Population)? Row(string line)
    {
        int first = line.IndexOf(',', StringComparison.Ordinal);
        int second = first < 0 ? -1 : line.IndexOf(',', first + 1);
        int point = first < 0 ? -1 : line.IndexOf('.', first + 1);
        return second > 0 && second - point - 1 == Decimals
            && int.TryParse(line.AsSpan(0, first), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && long.TryParse(line.AsSpan(first + 1, point - first - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && int.TryParse(line.AsSpan(point + 1, Decimals), NumberStyles.None, CultureInfo.InvariantCulture, out int micros)
            && line.Length > second + 1 && line[second + 1] != '"' && line.IndexOf(',', second + 1) < 0 && seconds < int.MaxValue
            ? (index, (seconds * 1_000_000) + micros, line[(second + 1)..]) : null;
    }
}
