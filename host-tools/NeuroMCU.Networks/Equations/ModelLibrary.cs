// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Networks.Equations;

/// <summary>The models that come with the program as texts (models/), and those in files.</summary>
public static class ModelLibrary
{
    private const string Prefix = "models/";
    private const string Suffix = ".yaml";

    /// <summary>Names of the models that come with the program, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        typeof(ModelLibrary).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Tells whether something is the path of a file rather than a name.</summary>
    /// <param name="nameOrPath">The text.</param>
    /// <returns>Whether it ends like a YAML file.</returns>
    public static bool IsPath(string nameOrPath)
    {
        return nameOrPath.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            || nameOrPath.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Text of a model that comes with the program.</summary>
    /// <param name="name">One of <see cref="Names" />.</param>
    /// <returns>The YAML text.</returns>
    /// <exception cref="NetworkFileException">There is no such model.</exception>
    public static string TextOf(string name)
    {
        using Stream? stream = typeof(ModelLibrary).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream == null)
        {
            string hint = Suggestion.Hint(name, Names) ?? "known: " + string.Join(", ", Names) + "; or give the path of a .yaml file";
            throw new NetworkFileException([new Diagnostic(name, 0, 0, string.Empty, "no model of that name comes with the program", hint,
                DiagnosticKind.Name)]);
        }

        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a model by its name or path.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="NetworkFileException">There is none, or its text has errors.</exception>
    internal static ModelText Find(string nameOrPath)
    {
        if (!IsPath(nameOrPath))
        {
            return ModelTextReader.Read(TextOf(nameOrPath), Prefix + nameOrPath + Suffix);
        }

        string text;
        try
        {
            text = File.ReadAllText(nameOrPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new NetworkFileException([new Diagnostic(nameOrPath, 0, 0, string.Empty, "cannot be read: " + e.Message,
                "check the path; `neuromcu model list` names the models that come with the program")]);
        }

        return ModelTextReader.Read(text, nameOrPath);
    }
}
