// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Recordings;

/// <summary>Writes spikes as rows: the index within the population, the time in seconds with six decimals, the population.</summary>
internal sealed class SpikeCsvRows
{
    private readonly IReadOnlyList<RecordedPopulation> _populations;
    private readonly string[] _names;

    /// <summary>Rows for the populations of a network.</summary>
    public SpikeCsvRows(IReadOnlyList<RecordedPopulation> populations)
    {
        _populations = populations;
        _names = [.. populations.Select(p => Quote(p.Name))];
    }

    /// <summary>Writes a row.</summary>
    /// <param name="time">Time in µs.</param>
    public void Write(TextWriter writer, int neuron, long time)
    {
        int population = RunRecording.PopulationOf(_populations, neuron);
        int index = population < 0 ? neuron : neuron - _populations[population].First;
        writer.Write(index.ToString(CultureInfo.InvariantCulture));
        writer.Write(',');

        // By integers: a double would turn 0.1 s + 1 us into a row of nines.
        writer.Write((time / 1_000_000).ToString(CultureInfo.InvariantCulture));
        writer.Write('.');
        writer.Write((time % 1_000_000).ToString("D6", CultureInfo.InvariantCulture));
        writer.Write(',');
        writer.Write(population < 0 ? string.Empty : _names[population]);
        writer.Write('\n');
    }

    private static string Quote(string name)
        => name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
