// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Networks.Equations;

/// <summary>The models that come with the program as texts (models/), and those in files.</summary>
public static class ModelLibrary
{
    private const string Prefix = "models/";
    private const string RulePrefix = "learning/";
    private const string Suffix = ".yaml";

    /// <summary>Names of the models that come with the program, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        typeof(ModelLibrary).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Names of the learning rules that come with the program, in order.</summary>
    public static IReadOnlyList<string> RuleNames { get; } =
        typeof(ModelLibrary).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(RulePrefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[RulePrefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Tells whether something names a learning rule rather than a model.</summary>
    /// <param name="nameOrPath">A name, or the path of a file.</param>
    /// <returns>True for the name of a rule that comes with the program, and for a file that begins as one.</returns>
    public static bool IsRule(string nameOrPath) => IsPath(nameOrPath)
        ? File.Exists(nameOrPath) && FileText(nameOrPath).Split('\n').Any(l => l.StartsWith("neuromcu-learning:", StringComparison.Ordinal))
        : RuleNames.Contains(nameOrPath, StringComparer.Ordinal);

    /// <summary>Text of a learning rule that comes with the program.</summary>
    /// <param name="name">One of <see cref="RuleNames" />.</param>
    /// <returns>The YAML text.</returns>
    /// <exception cref="NetworkFileException">There is no such rule.</exception>
    public static string RuleTextOf(string name)
    {
        using Stream? stream = typeof(ModelLibrary).Assembly.GetManifestResourceStream(RulePrefix + name + Suffix);
        if (stream == null)
        {
            string hint = Suggestion.Hint(name, RuleNames) ?? "known: " + string.Join(", ", RuleNames) + "; or give the path of a .yaml file";
            throw new NetworkFileException([new Diagnostic(name, 0, 0, string.Empty, "no learning rule of that name comes with the program", hint, DiagnosticKind.Name)]);
        }

        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a learning rule by its name or path.</summary>
    /// <param name="nameOrPath">A name, or the path of a file.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="NetworkFileException">There is none, or its text has errors.</exception>
    internal static LearningRule FindRule(string nameOrPath)
    {
        return IsPath(nameOrPath)
            ? ModelTextReader.ReadRule(FileText(nameOrPath), nameOrPath)
            : ModelTextReader.ReadRule(RuleTextOf(nameOrPath), "models/" + RulePrefix + nameOrPath + Suffix);
    }

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

        return ModelTextReader.Read(FileText(nameOrPath), nameOrPath);
    }

    private static string FileText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, "cannot be read: " + e.Message, "check the path; `neuromcu model list` names the models that come with the program")]);
        }
    }
}
