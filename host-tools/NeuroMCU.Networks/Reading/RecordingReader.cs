// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the input that plays a recording to a population.</summary>
internal static class RecordingReader
{
    /// <summary>Reads the spikes that it plays.</summary>
    /// <param name="field">A path, or a map with <c>file</c> and <c>population</c>.</param>
    /// <param name="latest">Largest time in µs.</param>
    /// <returns>The file, and its spikes; null after a report.</returns>
    public static (string File, List<StoredSpike> Spikes)? Read(ReadContext context, Field field, Population population, int latest)
    {
        Field? file = field;
        Field? from = null;
        if (field.Text is null)
        {
            MapReader? map = MapReader.Open(context, field, "a recording, such as `run.nwb`");
            file = map?.Require("file", "run.nwb");
            from = map?.Take("population");
            map?.Finish();
        }

        ForeignRecording? recording = file is null ? null
            : ForeignFile.Read(context, file, "the path of a recording", (files, path) => files.ReadRecording(path));
        if (recording is null || Find(context, from ?? file!, recording, from?.Text, population) is not { } found)
        {
            return null;
        }

        if (!recording.IsComplete)
        {
            context.Warn(context.LocationOf(file!), "`" + file!.Text + "` says that spikes are missing of it", "neuromcu report shows what");
        }

        return Check(context, file!, found, population, latest) ? (file!.Text!, [.. found.Spikes
            .Select(s => new StoredSpike(population.FirstNeuron + s.Neuron, (int)s.Time))]) : null;
    }

    // The one that is asked for, the one of the same name, or the only one.
    private static ForeignTrains? Find(ReadContext context, Field field, ForeignRecording recording, string? asked, Population population)
    {
        string name = asked ?? population.Name;
        ForeignTrains? found = recording.Populations.FirstOrDefault(p => string.Equals(p.Population, name, StringComparison.Ordinal))
            ?? (asked is null && recording.Populations.Count == 1 ? recording.Populations[0] : null);
        if (found is null)
        {
            string[] names = [.. recording.Populations.Select(p => p.Population)];
            context.Error(field, names.Length == 0 ? "names a recording without populations" : "holds no population `" + name + "`",
                names.Length == 0 ? "name a recording of spikes" : Suggestion.Hint(name, names)
                    ?? "write `{file: …, population: NAME}` with one of: " + string.Join(", ", names.Take(12)), DiagnosticKind.Name);
        }
        else if (found.Spikes.Count == 0)
        {
            context.Warn(context.LocationOf(field), "holds no spike of `" + found.Population + "`: `" + population.Name + "` stays silent",
                "check that it is the right file");
        }

        return found;
    }

    private static bool Check(ReadContext context, Field field, ForeignTrains found, Population population, int latest)
    {
        int largest = found.Spikes.Count == 0 ? 0 : found.Spikes.Max(s => s.Neuron);
        if (largest >= population.Size)
        {
            context.Error(field, string.Create(CultureInfo.InvariantCulture,
                $"has spikes of neuron {largest} of `{found.Population}`, and `{population.Name}` has the neurons 0 to {population.Size - 1}"),
                string.Create(CultureInfo.InvariantCulture, $"write `size: {largest + 1}` there"));
            return false;
        }

        int outside = found.Spikes.Count(s => s.Time < 0 || s.Time > latest);
        if (outside > 0)
        {
            context.Error(field, string.Create(CultureInfo.InvariantCulture, $"has {outside} spikes before 0 or after 2147 s"),
                "a network plays spikes from 0 to 2147 s: move the times of the recording");
        }

        return outside == 0;
    }
}
