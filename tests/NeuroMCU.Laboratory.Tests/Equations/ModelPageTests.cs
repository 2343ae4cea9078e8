// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>The pages of the models: their tables are what <c>model page</c> makes, and their pictures are there.</summary>
public sealed class ModelPageTests
{
    /// <summary>Models with a page.</summary>
    public static TheoryData<string> Models => [.. ModelLibrary.Names.Where(n => File.Exists(Path.Combine(Folder, n + ".md")))];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_page_has_the_values_the_cost_and_the_picture_of_its_model(string name)
    {
        string page = Page(name + ".md");
        foreach (string part in ModelPage.Fixed(name))
        {
            Assert.True(page.Contains(part.Trim(), StringComparison.Ordinal),
                $"run: neuromcu model page {name} --into docs/models/{name}.md\n{part}");
        }

        Assert.Contains($"](images/{name}.png)", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "images", name + ".png")));
    }

    // Those that run fast.
    [Theory]
    [InlineData("exponential-if")]
    [InlineData("mott")]
    [InlineData("hodgkin-huxley")]
    [InlineData("adex")]
    public void A_page_has_the_runs_of_its_model(string name)
    {
        string page = Page(name + ".md");
        string made = ModelPage.Of(name);
        Assert.True(page.Contains(made.TrimEnd(), StringComparison.Ordinal),
            $"run: neuromcu model page {name} --into docs/models/{name}.md\n{made}");
        Assert.Equal(page, ModelPage.Into(page, made));
    }

    [Fact]
    public void The_table_over_all_models_is_what_the_program_makes()
    {
        Assert.Contains(ModelPage.OfAll().TrimEnd(), Page("real-time.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_go_to_their_place_and_leave_the_rest()
    {
        string made = ModelPage.Of("quadratic-if");
        string page = ModelPage.Into("# Title\n\nText.\n", made);
        Assert.StartsWith("# Title\n\nText.\n\n<!-- made by: neuromcu model page quadratic-if -->", page, StringComparison.Ordinal);
        string more = page + "\nMore.\n";
        Assert.Equal(more, ModelPage.Into(more.Replace("| `tau` ", "| `old` ", StringComparison.Ordinal), made));
    }

    private static string Folder
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!Directory.Exists(Path.Combine(folder, "docs", "models")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return Path.Combine(folder, "docs", "models");
        }
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");
}
