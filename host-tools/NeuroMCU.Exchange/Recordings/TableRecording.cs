// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Spikes as a table: <c>index,time_s,population</c>, with what is known of the run as comments above it.</summary>
internal static class TableRecording
{
    private static readonly CsvColumn[] s_columns =
    [
        new("index") { OtherNames = ["neuron", "id", "i", "sender", "node_id", "node_ids"], IsIndex = true },
        new("time", Dimension.Time) { OtherNames = ["t", "timestamps"] },
        new("population") { Required = false, IsText = true },
    ];

    /// <summary>Writes the spikes of a recording; traces are not part of the table.</summary>
    public static void Write(RunRecording run, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in Origins.Text(run).Split('\n'))
        {
            writer.Write("# " + line + "\n");
        }

        foreach (RecordedPopulation p in run.Populations)
        {
            writer.Write($"# population: {p.First} {p.Size} {p.Name}\n");
        }

        SpikeCsv.Write(run, writer);
    }

    /// <summary>Reads a table of spikes.</summary>
    /// <exception cref="ExchangeException">It cannot be used; names line and cell.</exception>
    public static RunRecording Read(string path)
    {
        List<string> above = [];
        if (OwnTable.Read(path, above) is { } own)
        {
            return Build(path, own, above);
        }

        byte[] bytes = InputFile.ReadBytes(path, CsvSheet.MostBytes);
        string[] comments = [.. Encoding.UTF8.GetString(bytes).Split('\n').TakeWhile(l => l.StartsWith('#')).Select(l => l[1..].Trim())];
        try
        {
            CsvSheet table = CsvSheet.Parse(bytes, path, s_columns);
            ForeignSpikes spikes = new();
            spikes.Populations(comments);
            for (int row = 0; row < table.Count; row++)
            {
                int? index = table.Index(row, 0, 1 << 24);
                double? time = table.Number(row, 1);
                if (index is { } i && time is { } t)
                {
                    spikes.Add(spikes.Population(table.Has(2) ? table.Text(row, 2) : "spikes"), i,
                        (long)Math.Round(t, MidpointRounding.AwayFromZero));
                }
            }

            table.Check();
            return Build(path, spikes, comments);
        }
        catch (CsvException e)
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, $"line {e.Faults[0].Line}", e.Faults[0].Message,
                e.Faults[0].Hint, e);
        }
    }

    private static RunRecording Build(string path, ForeignSpikes spikes, IEnumerable<string> comments)
    {
        List<KeyValuePair<string, string>> origin = [.. Origins.Parse(comments).Where(o => o.Key != "population")];
        return Origins.Apply(spikes.Build(Path.GetFileNameWithoutExtension(path), "a table", null, origin), origin);
    }
}
