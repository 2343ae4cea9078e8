// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>
/// Reads spikes from a table with the columns of recorded spikes, <c>index,time_s</c> and if wanted <c>population</c>: a recording can be
/// played back as it is. Whatever of the table does not become a spike is reported.
/// </summary>
internal sealed class SpikeTableReader
{
    private const int Neuron = 0;
    private const int Time = 1;
    private const int Name = 2;

    private static readonly CsvColumn[] s_columns =
    [
        new("index") { OtherNames = ["neuron", "id"], IsIndex = true },
        new("time", Dimension.Time) { OtherNames = ["t"] },
        new("population") { Required = false, IsText = true },
    ];

    private readonly ReadContext _context;
    private readonly CsvSheet _table;
    private readonly Population _population;
    private readonly int _latest;

    private SpikeTableReader(ReadContext context, CsvSheet table, Population population, int latest)
    {
        _context = context;
        _table = table;
        _population = population;
        _latest = latest;
    }

    /// <summary>Reads the spikes of one population.</summary>
    /// <param name="others">Names of the other populations of the network, whose rows are none of this one's.</param>
    /// <param name="latest">Largest time in µs.</param>
    /// <returns>The spikes in the order of the table; null after a report.</returns>
    public static List<StoredSpike>? Read(ReadContext context, Field field, Population population, IReadOnlyCollection<string> others,
        int latest) =>
        TableFile.Read(context, field, s_columns, table => new SpikeTableReader(context, table, population, latest).Spikes(field, others));

    private List<StoredSpike> Spikes(Field field, IReadOnlyCollection<string> others)
    {
        List<StoredSpike> spikes = [];
        int rounded = 0;
        double most = 0;
        int[] rows = RowsOf(field, others);
        foreach (int row in rows)
        {
            int? neuron = _table.Index(row, Neuron, _population.Size);
            if (_table.Number(row, Time) is not { } wanted)
            {
                continue;
            }

            double time = Math.Round(wanted, MidpointRounding.AwayFromZero);
            if (time < 0 || time > _latest)
            {
                _table.Fault(row, Time, "expected a time from 0 to 2147 s");
            }
            else if (neuron != null)
            {
                spikes.Add(new StoredSpike(_population.FirstNeuron + neuron.Value, (int)time));
                rounded += Quantity.IsWhole(wanted) ? 0 : 1;
                most = Math.Max(most, Math.Abs(time - wanted));
            }
        }

        if (_table.Count == 0)
        {
            _context.Warn(_context.LocationOf(field), "names a table without a row under its header: `" + _population.Name
                + "` stays silent", "check that it is the right file");
        }

        WarnOfRounding(rounded, most, spikes.Count);
        return spikes;
    }

    private int[] RowsOf(Field field, IReadOnlyCollection<string> others)
    {
        int[] all = [.. Enumerable.Range(0, _table.Count)];
        if (!_table.Has(Name))
        {
            return all;
        }

        int[] own = Array.FindAll(all, row => string.Equals(_table.Text(row, Name), _population.Name, StringComparison.Ordinal));
        string[] foreign = [.. all.Select(row => _table.Text(row, Name)).Where(n => n != _population.Name && !others.Contains(n))
            .Distinct(StringComparer.Ordinal)];
        if (own.Length == 0 && all.Length > 0)
        {
            string? close = foreign.FirstOrDefault(n => string.Equals(n, _population.Name, StringComparison.OrdinalIgnoreCase));
            _context.Error(
                field,
                "names a table in which no row is for `" + _population.Name + "`: its populations are "
                + List(all.Select(row => _table.Text(row, Name)).Distinct(StringComparer.Ordinal)),
                close != null ? "write `" + _population.Name + "` instead of `" + Printable.Short(close) + "` there: case counts"
                : "correct the names there, or remove the column `population`");
        }
        else if (foreign.Length > 0)
        {
            int left = all.Count(row => foreign.Contains(_table.Text(row, Name), StringComparer.Ordinal));
            _context.Warn(
                _context.LocationOf(field),
                string.Create(CultureInfo.InvariantCulture,
                    $"names a table with {left} rows for populations that this network does not have: {List(foreign)}"),
                "correct the names there, if these spikes are wanted");
        }

        return own;
    }

    private void WarnOfRounding(int rounded, double most, int spikes)
    {
        if (rounded == 0)
        {
            return;
        }

        _context.Warn(
            new SourceLocation(_table.Path, _table.HeaderLine, 1, string.Empty),
            string.Create(CultureInfo.InvariantCulture,
                $"{rounded} of {spikes} times are no whole microseconds: they were rounded by up to {most:0.###} us"),
            "the device counts whole microseconds: round the times yourself, if that matters");
    }

    private static string List(IEnumerable<string> names)
    {
        string[] shown = [.. names.Take(6).Select(n => n.Length == 0 ? "(empty)" : "`" + Printable.Short(n) + "`")];
        return string.Join(", ", shown.Take(5)) + (shown.Length > 5 ? " and others" : string.Empty);
    }
}
