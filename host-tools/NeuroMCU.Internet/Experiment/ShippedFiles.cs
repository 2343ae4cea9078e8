// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Experiment;

/// <summary>The files of the three-neuron chain that the program carries.</summary>
internal static class ShippedFiles
{
    private const string Prefix = "internet/";

    /// <summary>Names of the files.</summary>
    public static IReadOnlyList<string> Names =>
        [.. typeof(ShippedFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, System.StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..])];

    /// <summary>The text of a file.</summary>
    /// <returns>The text.</returns>
    public static string Text(string name)
    {
        using Stream stream = typeof(ShippedFiles).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new FileNotFoundException("the program was built without " + name, name);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
