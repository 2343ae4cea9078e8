// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Host.Boards;
using NeuroMCU.Host.Disks;
using NeuroMCU.Host.Networks.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Host.Networks;

/// <summary>Reads network files; <c>docs/reference/network-file.md</c> describes every field.</summary>
public static class NetworkFile
{
    /// <summary>Version of the format that this reader understands.</summary>
    public const int FormatVersion = 1;

    private const int LeastStep = 10;
    private const int MostStep = 100000;

    /// <summary>Reads a network file.</summary>
    /// <param name="path">Its path; files that it names are resolved against its folder.</param>
    /// <param name="settings">Values that replace those of the file; null for none.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The file cannot be read or has errors; all of them are listed.</exception>
    public static Network Load(string path, IReadOnlyList<NetworkSetting>? settings = null)
    {
        return Parse(ReadText(path), path, settings);
    }

    /// <summary>Reads a network from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="path">Path that messages name, and against whose folder files are resolved.</param>
    /// <param name="settings">Values that replace those of the text; null for none.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static Network Parse(string text, string path, IReadOnlyList<NetworkSetting>? settings = null)
    {
        YamlNode root = ParseYaml(text, path);
        foreach (NetworkSetting setting in settings ?? [])
        {
            setting.Apply(root);
        }

        ReadContext context = new(path, Path.GetDirectoryName(path) ?? string.Empty) { Lines = text.Split('\n') };
        MapReader? map = MapReader.Open(context, new Field(root, string.Empty), "a network: a map that begins with `neuromcu: 1`");
        Network? network = map == null ? null : ReadNetwork(context, map);
        if (network == null || context.ErrorCount > 0)
        {
            throw new NetworkFileException(context.Errors) { File = path };
        }

        return network;
    }

    /// <summary>Reads the text of a file of this kind.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The text.</returns>
    /// <exception cref="NetworkFileException">It cannot be read.</exception>
    internal static string ReadText(string path)
    {
        try
        {
            return InputFile.ReadText(path);
        }
        catch (InputFileException e)
        {
            throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, e.What, e.Next)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string hint = e is FileNotFoundException or DirectoryNotFoundException
                ? "check the path; examples/ holds networks to start from"
                : "check that it is a file that you may read";
            throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, "cannot be read: " + e.Message, hint)]);
        }
    }

    /// <summary>Reads the one document of a YAML text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">File that messages name.</param>
    /// <param name="expected">What to write where there is no document, or more than one.</param>
    /// <returns>Its root.</returns>
    /// <exception cref="NetworkFileException">It is no YAML.</exception>
    internal static YamlNode ParseYaml(string text, string path, string expected = "write one network that begins with `neuromcu: 1`")
    {
        YamlStream stream = [];
        Parser parser = new(new StringReader(text));
        try
        {
            YamlBounds.CheckDepth(text);
            stream.Load(parser);
            YamlBounds.CheckAliases(stream);
        }
        catch (YamlException e)
        {
            (string message, string hint) = YamlBounds.Explain(e);
            throw NotYaml(path, IndentingTab(text) ?? e.Start, message, hint);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser has states that it does not expect itself; what it read last is near the place.
            (string message, string hint) = YamlBounds.Explain(new YamlException("unexpected text"));
            throw NotYaml(path, parser.Current?.End ?? Mark.Empty, message, hint);
        }

        if (stream.Documents.Count != 1)
        {
            throw new NetworkFileException([
                new Diagnostic(
                    path, 1, 1, string.Empty, stream.Documents.Count == 0 ? "is empty" : "holds more than one document",
                    expected),
            ]);
        }

        return stream.Documents[0].RootNode;
    }

    // The parser names the beginning of the map that a tab indents; the reader looks for the tab.
    private static Mark? IndentingTab(string text)
    {
        int line = 1;
        foreach (ReadOnlySpan<char> row in text.AsSpan().EnumerateLines())
        {
            int tab = row.IndexOf('\t');
            if (tab >= 0 && row[..tab].IsWhiteSpace() && !row.IsWhiteSpace())
            {
                return new Mark(0, line, tab + 1);
            }

            line++;
        }

        return null;
    }

    private static NetworkFileException NotYaml(string path, Mark place, string message, string hint)
    {
        return new NetworkFileException([
            new Diagnostic(
                path, (int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column), string.Empty, message, hint, DiagnosticKind.Syntax),
        ]);
    }

    private static Network? ReadNetwork(ReadContext context, MapReader map)
    {
        if (!ReadVersion(context, map))
        {
            return null;
        }

        Field? nameField = map.Take("name");
        Field? boardField = map.Take("board");
        Field? stepField = map.Take("step");
        Field? seedField = map.Take("seed");
        Field? durationField = map.Take("duration");
        context.Seed = (seedField == null ? null : Scalars.Integer(context, seedField, 0, uint.MaxValue)) ?? 1;
        string? name = nameField == null ? Path.GetFileNameWithoutExtension(context.File) : Scalars.Text(context, nameField, "a name");
        string? board = boardField == null ? null : Scalars.Text(context, boardField, "the name of a board");
        if (board != null && BoardCatalog.IsPath(board))
        {
            board = Path.Combine(context.Directory, board);   // a path counts from the file that names it
        }

        int step = (stepField == null ? null : Scalars.Microseconds(context, stepField, LeastStep, MostStep)) ?? 100;
        int duration = (durationField == null ? null : Scalars.Microseconds(context, durationField, 1, int.MaxValue - 1)) ?? 1000000;
        (int? queue, int? spikes) = ReadCapacity(context, map.Take("capacity"));
        Field? populationsField = map.Require("populations", "{cells: {model: lif, size: 10, tau: 20 ms, threshold: 1.0}}");
        PopulationSet populations = populationsField == null ? new PopulationSet() : PopulationSet.Read(context, populationsField);
        List<Projection> projections = ProjectionReader.Read(context, map.Take("projections"), populations);
        InputReader inputs = InputReader.Read(context, map.Take("inputs"), populations);
        List<TraceRequest> traces = RecordReader.Read(context, map.Take("record"), populations);
        Field? readoutsField = map.Take("readouts");
        List<Readout> readouts = ReadoutReader.Read(context, readoutsField, populations);
        MicrophonePair? hearing = HearingReader.Read(context, map.Take("hearing"), populations);
        List<OutputBinding> outputs = OutputReader.Read(context, map.Take("outputs"), populations, readouts, KeysOf(readoutsField));
        map.Finish();
        if (inputs.Sound != null && hearing == null && context.ErrorCount == 0)
        {
            context.Error(inputs.Sound.Location, "there is no `hearing` section that could listen", "add `hearing:` with `left`, `right` and `sample_rate`");
        }

        foreach (Population population in populations.Readable.Where(p => p.Equations != null))
        {
            population.Equations!.Duration = duration * 1e-6;
            population.Equations.Seed = ((ulong)context.Seed << 16) + (ulong)population.Index;
        }

        return name == null
            ? null
            : new Network
            {
                Name = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
                File = context.File,
                Board = board,
                BoardLocation = context.LocationOf(boardField ?? map.Field),
                Step = step,
                StepGiven = stepField != null,
                Duration = duration,
                Seed = context.Seed,
                QueueCapacity = queue,
                SpikeCapacity = spikes,
                Populations = populations.Readable,
                Projections = projections,
                StoredSpikes = inputs.Spikes,
                SpikeInputs = inputs.SpikeInputs,
                PoissonInputs = inputs.Poisson,
                Drives = inputs.Drives,
                Sound = inputs.Sound,
                Hearing = hearing,
                Traces = traces,
                Readouts = readouts,
                Outputs = outputs,
                Warnings = context.Warnings,
                FilesRead = context.FilesRead,
            };
    }

    // A file without a version, or of another one, is not searched for further errors: they would be errors against the wrong rules.
    private static bool ReadVersion(ReadContext context, MapReader map)
    {
        Field? field = map.Take("neuromcu");
        if (field == null)
        {
            context.Error(map.Field, "is no network file: `neuromcu` is missing", "begin the file with `neuromcu: 1`");
            return false;
        }

        long? version = Scalars.Integer(context, field, 1, int.MaxValue);
        if (version is > FormatVersion)
        {
            context.Error(field, "is " + field.Describe() + "; this program reads version 1", "update NeuroMCU, or write `neuromcu: 1`");
            return false;
        }

        return true;
    }

    private static (int? Queue, int? Spikes) ReadCapacity(ReadContext context, Field? field)
    {
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map with `queue` and `spikes`");
        if (map == null)
        {
            return (null, null);
        }

        Field? queueField = map.Take("queue");
        Field? spikesField = map.Take("spikes");
        map.Finish();
        int? queue = (int?)(queueField == null ? null : Scalars.Integer(context, queueField, 1, ImageLayout.MaxQueueCapacity));
        int? spikes = (int?)(spikesField == null ? null : Scalars.Integer(context, spikesField, 1, ImageLayout.MaxSpikeCapacity));
        return (queue, spikes);
    }

    private static string[] KeysOf(Field? field)
    {
        return field?.Node is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? string.Empty).ToArray() : [];
    }
}
