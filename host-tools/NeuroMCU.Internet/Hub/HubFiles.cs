// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Hub;

/// <summary>The files that a hub's file names: what is written may be none of those that are read, and each has a folder.</summary>
internal sealed class HubFiles(ReadContext context)
{
    private readonly List<(string Path, string What)> _used = [(context.File, "this file")];

    /// <summary>Notes a file that the hub reads.</summary>
    /// <param name="what">What it is, in words for messages.</param>
    public void Reads(string? path, string what)
    {
        if (path != null)
        {
            _used.Add((path, what));
        }
    }

    /// <summary>Notes the key of a site, which is made where there is none.</summary>
    public void Key(Field field, string path, string site)
    {
        CheckFolder(field, path);
        Reads(path, $"the key of `{site}`");
    }

    /// <summary>Reads the name of a file that the hub writes.</summary>
    /// <param name="what">What it is, in words for messages.</param>
    /// <returns>Its path, or null (none, or reported).</returns>
    public string? Writes(Field? field, string what)
    {
        string? text = field == null ? null : Scalars.Text(context, field, "the name of a file");
        if (text == null)
        {
            return null;
        }

        string path = Path.Combine(context.Directory, text);
        if (Directory.Exists(path))
        {
            context.Error(field!, "is " + field!.Describe() + ", a folder", "name a file in it");
        }
        else if (_used.Find(u => SamePlace.Is(u.Path, path)) is { What: { } use })
        {
            context.Error(field!, "is " + field!.Describe() + ", which is " + use + " too", "name a file of its own");
        }
        else
        {
            CheckFolder(field!, path);
        }

        _used.Add((path, what));
        return path;
    }

    /// <summary>Reads the name of the log.</summary>
    /// <returns>Its path, or null (none, or reported).</returns>
    public string? Log(Field? field)
    {
        int errors = context.ErrorCount;
        string? path = Writes(field, "the log");
        if (path != null && Path.GetExtension(path) == ".nwb")
        {
            context.Error(field!, "is " + field!.Describe() + ", the name of the NWB file that the hub writes beside its log",
                "call it otherwise: `session.hublog`");
        }
        else if (path != null && context.ErrorCount == errors && HubLogWriter.IsOther(path))
        {
            context.Error(field!, "is " + field!.Describe() + ", a file that is no hub log and would be spoilt",
                "name another one: a hub appends to its log, and makes it where there is none");
        }

        return path;
    }

    private void CheckFolder(Field field, string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            context.Error(field, "is " + field.Describe() + ", and there is no folder " + folder, "make it: mkdir -p " + folder);
        }
    }
}
