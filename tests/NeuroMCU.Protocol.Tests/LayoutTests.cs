// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Tests.Layout;

namespace NeuroMCU.Protocol.Tests;

/// <summary>
/// The code and the page say what firmware/NeuroMCU.Protocol/messages.txt declares. NEUROMCU_UPDATE_GOLDEN=1 writes both anew: build again
/// and look at the difference afterwards.
/// </summary>
public class LayoutTests
{
    private static readonly string s_code = Path.Combine(Repository.Root, "firmware", "NeuroMCU.Protocol", "Messages");
    private static readonly string s_page = Path.Combine(Repository.Root, "docs", "reference", "wire.md");

    [Fact]
    public void The_code_is_made_from_the_declarations()
    {
        var files = CodeText.Files(DeclarationReader.Read());
        foreach (var (name, text) in files)
        {
            Same(Path.Combine(s_code, name), text);
        }

        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(s_code, "*.g.cs").Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_is_made_from_the_declarations() =>
        Same(s_page, PageText.Renewed(File.ReadAllText(s_page), DeclarationReader.Read()));

    private static void Same(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(text, File.Exists(path) ? File.ReadAllText(path) : string.Empty);
    }
}
