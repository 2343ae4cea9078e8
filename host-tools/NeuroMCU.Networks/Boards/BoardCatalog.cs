// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Networks.Boards;

/// <summary>The board profiles that come with the program (hardware/boards).</summary>
public static class BoardCatalog
{
    /// <summary>Name of the board that the virtual bench stands for when none is named.</summary>
    public const string DefaultName = "ears-devkit";

    private const string Prefix = "boards/";
    private const string Suffix = ".yaml";

    /// <summary>Gets the names in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        typeof(BoardCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Whether a board is given by the path of its profile.</summary>
    /// <param name="nameOrPath">A name or a path.</param>
    /// <returns>True for what ends in '.yaml' or '.yml'.</returns>
    public static bool IsPath(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return nameOrPath.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            || nameOrPath.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Finds a board by its name, or reads a profile by its path.</summary>
    /// <param name="nameOrPath">A name from <see cref="Names" />, or a path that ends in '.yaml' or '.yml'.</param>
    /// <returns>The board.</returns>
    /// <exception cref="BoardFileException">There is no such board, or its profile has errors.</exception>
    public static BoardDescription Find(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (IsPath(nameOrPath))
        {
            return BoardProfileFile.Load(nameOrPath);
        }

        using Stream? stream = typeof(BoardCatalog).Assembly.GetManifestResourceStream(Prefix + nameOrPath + Suffix);
        if (stream == null)
        {
            string hint = Suggestion.Hint(nameOrPath, Names) ?? "known: " + string.Join(", ", Names) + "; or give the path of a .yaml file";
            throw new BoardFileException([new Diagnostic(nameOrPath, 0, 0, string.Empty, "no board of that name is known", hint,
                DiagnosticKind.Name)]);
        }

        using StreamReader reader = new(stream, Encoding.UTF8);
        return BoardProfileFile.Parse(reader.ReadToEnd(), nameOrPath + Suffix);
    }
}
