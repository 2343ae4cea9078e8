// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Files.Yaml;

/// <summary>What all readers of one file share: its name, its findings and its random streams.</summary>
internal sealed class ReadContext
{
    private readonly List<Diagnostic> _errors = [];
    private readonly List<Diagnostic> _warnings = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<YamlNode, YamlNode> _standIns = new(ReferenceEqualityComparer.Instance);

    /// <summary>Starts reading a file.</summary>
    /// <param name="directory">Folder against which paths in the file are resolved.</param>
    public ReadContext(string file, string directory)
    {
        File = file;
        Directory = directory;
    }

    /// <summary>Path as it was given.</summary>
    public string File { get; }

    /// <summary>Lines of the file, for the places of expressions in it.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Whether findings about fields show their line with a mark below it.</summary>
    public bool Marks { get; set; }

    /// <summary>Folder against which paths in the file are resolved.</summary>
    public string Directory { get; }

    /// <summary>How long the network runs, in µs.</summary>
    public int Duration { get; set; } = 1000000;

    /// <summary>Seed of all draws without a seed of their own.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Findings that stop the network, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Errors => Ordered(_errors);

    /// <summary>Findings that do not stop the network, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Warnings => Ordered(_warnings);

    /// <summary>Number of errors so far.</summary>
    public int ErrorCount => _errors.Count;

    /// <summary>Tables that no file holds, by the name that the network file has for them.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Where a field stands.</summary>
    /// <returns>Its place.</returns>
    public SourceLocation LocationOf(Field field)
    {
        YamlNode node = _standIns.GetValueOrDefault(field.Node, field.Node);
        return new SourceLocation(File, (int)node.Start.Line, (int)node.Start.Column, field.Path);
    }

    /// <summary>Lets a node that does not stand in the file have the place of a field that does.</summary>
    public void StandIn(YamlNode node, Field field) => _standIns[node] = field.Node;

    /// <summary>Notes an error.</summary>
    public void Error(Field field, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
    {
        SourceLocation place = LocationOf(field);
        Error(place, message, Marks && field.Path.Length > 0 ? hint + SourceMark.Below(Lines, place, LengthOf(field.Node)) : hint, kind);
    }

    /// <summary>Notes an error.</summary>
    public void Error(SourceLocation location, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
    {
        _errors.Add(Diagnostic.At(location, message, hint, kind));
    }

    /// <summary>Notes something that deserves a look but stops nothing.</summary>
    public void Warn(SourceLocation location, string message, string hint)
    {
        _warnings.Add(Diagnostic.At(location, message, hint));
    }

    /// <summary>Rounds times to whole microseconds, which the device counts, and says it of the one that changes most: of one that was
    /// written with digits below 1 µs always, of one that was drawn or computed where it is off by more than one per cent.</summary>
    /// <param name="times">Times in µs.</param>
    /// <param name="isWritten">Whether they stand in the file as they are; a map is a rule that computes them.</param>
    /// <returns>The rounded times.</returns>
    public double[] WholeMicroseconds(Field field, IReadOnlyList<double> times, bool isWritten)
    {
        double[] whole = [.. times.Select(t => Math.Round(t, MidpointRounding.AwayFromZero))];
        double Change(int i) => whole[i].Equals(times[i]) ? 0 : Math.Abs((whole[i] - times[i]) / times[i]);
        int worst = Enumerable.Range(0, whole.Length).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : Change(i));
        if (worst >= 0 && !Quantity.IsWhole(times[worst]) && (isWritten || Change(worst) > 0.01))
        {
            Warn(
                LocationOf(field),
                "is " + times[worst].ToString("G12", CultureInfo.InvariantCulture) + " us, which becomes " + Scalars.Number(whole[worst]) + " us",
                "the device counts whole microseconds: write a whole number of them");
        }

        return whole;
    }

    /// <summary>Files that the network file names and that were read.</summary>
    public IReadOnlyCollection<string> FilesRead => _files;

    /// <summary>Resolves the path of a file that is going to be read.</summary>
    /// <returns>The path to open.</returns>
    public string ReadFile(string path)
    {
        string resolved = System.IO.Path.Combine(Directory, path);
        _files.Add(resolved);
        return resolved;
    }

    // A map or list is marked to its closing bracket, one over several lines to the end of its first.
    private static int LengthOf(YamlNode node)
    {
        YamlNode last = node.AllNodes.Last();
        int bracket = node is YamlScalarNode ? 0 : 1;
        return node.Start.Line == last.End.Line ? (int)(last.End.Column - node.Start.Column) + bracket : int.MaxValue;
    }

    private static Diagnostic[] Ordered(IEnumerable<Diagnostic> findings)
        => findings.Distinct().OrderBy(d => d.Line).ThenBy(d => d.Column).ToArray();
}
