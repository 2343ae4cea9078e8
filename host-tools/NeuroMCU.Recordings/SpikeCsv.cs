// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>
/// Spikes as CSV: <c>index,time_s,population</c>. The index counts from 0 within the population, the time is in seconds with all six
/// decimals of the microsecond; rows ascend in time. Names that hold a comma, a quote or a line break are quoted as in RFC 4180. When the
/// recording is incomplete, a last line says so and why: <c># incomplete: ...</c>.
/// </summary>
public static class SpikeCsv
{
    /// <summary>First line of the file.</summary>
    public const string Header = "index,time_s,population";

    /// <summary>Writes all spikes of a run.</summary>
    /// <param name="recording">The run.</param>
    /// <param name="writer">Where to; lines end in a line feed.</param>
    public static void Write(RunRecording recording, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(writer);
        SpikeCsvRows rows = new(recording.Populations);
        writer.Write(Header + "\n");
        for (int i = 0; i < recording.Spikes.Count; i++)
        {
            rows.Write(writer, recording.Spikes.Neurons[i], recording.Spikes.Times[i]);
        }

        if (recording.Incomplete is { } missing)
        {
            writer.Write("# incomplete: " + Printable.Of(missing) + "\n");
        }
    }
}
