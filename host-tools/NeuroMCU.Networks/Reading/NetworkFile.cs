// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Boards;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads network files; <c>docs/reference/network-file.md</c> describes every field.</summary>
public static class NetworkFile
{
    /// <summary>Version of the format that this reader understands.</summary>
    public const int FormatVersion = 1;

    /// <summary>Shortest step in µs.</summary>
    internal const int LeastStep = 10;

    /// <summary>Longest step in µs.</summary>
    internal const int MostStep = 100000;

    /// <summary>What reads files of other programs; null where nothing does.</summary>
    internal static IForeignFiles? ForeignFiles { get; set; }

    /// <summary>Reads a network file, or a network of another program.</summary>
    /// <param name="path">Its path; files that it names are resolved against its folder.</param>
    /// <param name="settings">Values that replace those of the file; null for none.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The file cannot be read or has errors; all of them are listed.</exception>
    public static Network Load(string path, IReadOnlyList<NetworkSetting>? settings = null)
        => Parse(ReadText(path), path, settings);

    /// <summary>The text of a network file; for a network of another program the network file that imports it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text.</returns>
    /// <exception cref="NetworkFileException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        if (ForeignFiles is { } files && files.IsNetwork(path))
        {
            return $"neuromcu: 1\n{ImportReader.Name}: '{Path.GetFileName(path).Replace("'", "''", StringComparison.Ordinal)}'\n";
        }

        return File.Exists(path) && ForeignFiles?.CommandForRecording(path) is { } command
            ? throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, "is a recording and no network", command)])
            : YamlText.ReadText(path);
    }

    /// <summary>Reads a network from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="path">Path that messages name, and against whose folder files are resolved.</param>
    /// <param name="settings">Values that replace those of the text; null for none.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">The text has errors; all of them are listed.</exception>
    public static Network Parse(string text, string path, IReadOnlyList<NetworkSetting>? settings = null)
    {
        YamlNode root = YamlText.Parse(text, path, "write one network that begins with `neuromcu: 1`");
        ReadContext context = new(path, Path.GetDirectoryName(path) ?? string.Empty) { Lines = text.Split('\n') };
        ILookup<bool, NetworkSetting> first = (settings ?? []).ToLookup(s => s.Name is "step" || s.Name.Split('.')[0] == ImportReader.Name);
        Apply(first[true], root);
        bool whole = ImportReader.Merge(context, root);
        Apply(whole ? first[false] : [], root);
        MapReader? map = MapReader.Open(context, new Field(root, string.Empty), "a network: a map that begins with `neuromcu: 1`");
        Network? network = map == null || !whole ? null : ReadNetwork(context, map);
        if (network == null || context.ErrorCount > 0)
        {
            throw new NetworkFileException(context.Errors) { File = path };
        }

        return network;
    }

    private static void Apply(IEnumerable<NetworkSetting> settings, YamlNode root)
    {
        foreach (NetworkSetting setting in settings)
        {
            setting.Apply(root);
        }
    }

    private static Network? ReadNetwork(ReadContext context, MapReader map)
    {
        if (!ReadVersion(context, map))
        {
            return null;
        }

        map.Take(ImportReader.Name);
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
        context.Duration = duration;
        (int? queue, int? spikes) = ReadCapacity(context, map.Take("capacity"));
        Field? populationsField = map.Require("populations", "{cells: {model: lif, size: 10, tau: 20 ms, threshold: 1.0}}");
        PopulationSet populations = populationsField == null ? new PopulationSet() : PopulationSet.Read(context, populationsField);
        NetworkSites? sites = SiteReader.Read(context, map.Field, map.Take("sites"), map.Take("wire"));
        SiteReader.Check(context, sites, populations.Readable);
        List<Projection> projections = ProjectionReader.Read(context, map.Take("projections"), populations);
        InputReader inputs = InputReader.Read(context, map.Take("inputs"), populations);
        List<TraceRequest> traces = RecordReader.Read(context, map.Take("record"), populations, projections);
        Field? readoutsField = map.Take("readouts");
        List<Readout> readouts = ReadoutReader.Read(context, readoutsField, populations);
        MicrophonePair? hearing = HearingReader.Read(context, map.Take("hearing"), populations);
        List<OutputBinding> outputs = OutputReader.Read(context, map.Take("outputs"), populations, readouts, KeysOf(readoutsField));
        map.Finish();
        if (inputs.Sound != null && hearing == null && context.ErrorCount == 0)
        {
            context.Error(inputs.Sound.Location, "there is no `hearing` section that could listen",
                "add `hearing:` with `left`, `right` and `sample_rate`");
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
                Sites = sites,
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
        return field?.Node is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? string.Empty)
            .ToArray() : [];
    }
}
