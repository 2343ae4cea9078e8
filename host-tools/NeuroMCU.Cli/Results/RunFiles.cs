// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Results;

/// <summary>The files that a run can leave behind.</summary>
internal sealed class RunFiles
{
    private readonly Option<string?> _folder = new("--out",
        "-o")
    {
        Description = "Write spikes.csv, traces.csv, spikes.npz and report.html into this folder, or the recording into this file: "
            + ".npz, .csv, .nwb, .h5 (SONATA), .nir, .aedat, .eieio, .edf or .wav",
        HelpName = "DIR|FILE",
    };

    private readonly Option<string?> _report = new Option<string?>("--report")
    {
        Description = "Write the HTML report to this file",
        HelpName = "FILE.html"
    }
        .EndingIn("a page", ".html", ".htm");

    private readonly Option<string?> _figure = PictureFiles.Option();

    /// <summary>Picture that was asked for; null for none.</summary>
    public string? PictureOf(ParseResult line) => line.GetValue(_figure);

    /// <summary>Folder that was asked for; null for none.</summary>
    public string? FolderOf(ParseResult line) => FileOf(line) is null ? line.GetValue(_folder) : null;

    /// <summary>Recording that was asked for by the ending of --out; null for a folder, or none.</summary>
    public string? FileOf(ParseResult line) =>
        line.GetValue(_folder) is { } path && RecordingFile.Endings.Contains(Path.GetExtension(path).ToLowerInvariant())
            && !Directory.Exists(path) ? path : null;

    /// <summary>Page that was asked for; null for none.</summary>
    public string? PageOf(ParseResult line) => line.GetValue(_report);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_report);
        command.Add(_figure);
    }

    /// <summary>Checks before the run that its files can be written and replace no input, and begins the one that grows with the
    /// run.</summary>
    /// <param name="origin">What is known of the run by now: the growing file says it. Null for nothing.</param>
    /// <returns>The growing file; null when no folder was asked for.</returns>
    /// <exception cref="CliException">A file would replace an input.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public SpikeLog? Begin(VerbContext context, ParseResult line, IReadOnlyList<RecordedPopulation> populations,
        IReadOnlyList<KeyValuePair<string, string>>? origin = null)
    {
        if (line.GetValue(_report) is { } file)
        {
            context.ForWriting(file);
        }

        if (line.GetValue(_figure) is { } picture)
        {
            context.ForWriting(picture);
        }

        if (FileOf(line) is { } recording)
        {
            string partial = GrowingFile.PathOf(recording);
            context.ForWritingAll(recording, partial);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(recording))!);
            return new SpikeLog(partial, GrowingFile.EncodingOf(recording, populations, origin));
        }

        if (FolderOf(line) is not { } folder)
        {
            return null;
        }

        foreach (string name in new[] { "spikes.csv", "traces.csv", "spikes.npz", "report.html", "spikes.partial.csv" })
        {
            context.ForWriting(Path.Combine(folder, name));
        }

        if (File.Exists(folder))
        {
            throw new CliException(ExitCode.Usage, $"{folder} is a file, and --out names a folder", null,
                "name a folder that is there or to be made");
        }

        Directory.CreateDirectory(folder);
        return new SpikeLog(Path.Combine(folder, "spikes.partial.csv"), GrowingFile.EncodingOf("spikes.csv", populations, origin));
    }

    /// <summary>Writes what the options ask for, and says where.</summary>
    /// <param name="growing">The file that grew with the run; it is removed once the recording is on disk.</param>
    /// <returns>Paths that were written, and what kept the others from being so.</returns>
    public WrittenFiles Write(VerbContext context, ParseResult line, RunRecording run, HtmlReport report, SpikeLog? growing = null)
    {
        WrittenFiles written = new();
        if (FileOf(line) is { } recording)
        {
            if (written.Try(recording, path => OutputFile.Write(path,
                stream => RecordingFile.Write(path, run, DateTimeOffset.Now, stream))))
            {
                growing?.Remove();
            }

            if (RecordingFile.Leaves(recording, run) is { } left)
            {
                context.Say($"note: {recording}: {left}");
            }
        }

        if (FolderOf(line) is { } folder)
        {
            Directory.CreateDirectory(folder);
            if (written.Try(Path.Combine(folder, "spikes.csv"), path => OutputFile.WriteText(path, text => SpikeCsv.Write(run, text))))
            {
                growing?.Remove();
            }

            if (run.Traces.Count > 0)
            {
                written.Try(Path.Combine(folder, "traces.csv"), path => OutputFile.WriteText(path, text => TraceCsv.Write(run, text)));
            }

            written.Try(Path.Combine(folder, "spikes.npz"), path => OutputFile.Write(path, stream => RecordingNpz.Write(run, stream)));
            written.Try(Path.Combine(folder, "report.html"), report.Save);
        }

        if (line.GetValue(_report) is { } file)
        {
            written.Try(file, report.Save);
        }

        if (line.GetValue(_figure) is { } picture)
        {
            written.Try(() => PictureFiles.Write(context, picture, report));
        }

        foreach (string path in written.Paths)
        {
            context.Say("wrote " + path);
        }

        if (written.Problem is not null && growing is not null && File.Exists(growing.Path))
        {
            context.Say($"{growing.Path} holds the spikes as far as there was room for them"
                + (growing.Failure is null ? string.Empty : " (" + growing.Failure + ")"));
        }

        return written;
    }

    /// <summary>What reports say that they were made with.</summary>
    public static string MadeWith => "neuromcu " + Bundle.Version.Split('+')[0];
}

/// <summary>What became of the files of a run: one that cannot be written does not keep the others from being so.</summary>
internal sealed class WrittenFiles
{
    private readonly List<string> _paths = [];

    /// <summary>Files that were written.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Why the first one that could not be written was not; null when all were.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Writes a file.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Try(string path, Action<string> write) => Try(() =>
    {
        write(path);
        return [path];
    });

    /// <summary>Writes files.</summary>
    /// <returns>Whether they were written.</returns>
    public bool Try(Func<IReadOnlyList<string>> write)
    {
        try
        {
            _paths.AddRange(write());
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ExplainedException)
        {
            Problem ??= e;
            return false;
        }
    }
}
