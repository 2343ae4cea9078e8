// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;

namespace NeuroMCU.Architecture.Tests;

/// <summary>Nothing distinguishes a text that comes with the program from a user's: no code names one, but for what is data.</summary>
public sealed partial class LibraryNameTests
{
    // Where names are data, by folder of models.
    private static readonly (string Place, string Why)[] s_data =
    [
        ("host-tools/NeuroMCU.Laboratory/Reproductions/", "published numbers are those of a named model"),
        ("host-tools/NeuroMCU.Cli/HelpExamples.cs", "commands to type"),
        ("host-tools/NeuroMCU.Networks/Reading/LearningReader.cs", "examples in messages"),
        ("host-tools/NeuroMCU.Internet/Rules/RuleReader.cs", "the rule of the experiment, which a hub has by itself"),
        ("host-tools/NeuroMCU.Internet/Experiment/MiddleNeuron.cs", "neurons that stand in for the experiment's living one"),
        ("hardware/NeuroMCU.VirtualBench/Nodes/NodeLaws.cs", "laws that nodes of an array can follow"),
        ("host-tools/NeuroMCU.Networks/Boards/BoardReading.Nodes.cs", "laws that nodes of an array can follow"),
        ("host-tools/NeuroMCU.Cli/Verbs/Node/NodeFitVerb.cs", "laws that nodes of an array can follow"),
        ("host-tools/NeuroMCU.Networks/Projection.cs", "the rule that nodes which forget by themselves follow"),
        ("host-tools/NeuroMCU.Laboratory/Logic/LogicBench.cs", "laws that nodes of an array can follow"),
    ];

    [Fact]
    public void No_code_names_a_model_of_the_library()
    {
        string[] names = [.. Directory.GetFiles(Path.Combine(DeviceProjects.Root, "models"), "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n.Contains('-', StringComparison.Ordinal) || n is "adex" or "izhikevich")];
        Assert.True(names.Length > 15);
        List<string> named = [];
        HashSet<string> used = [];
        foreach (string folder in new[] { "host-tools", "firmware", "hardware" })
        {
            foreach (string file in Directory.GetFiles(Path.Combine(DeviceProjects.Root, folder), "*.cs", SearchOption.AllDirectories))
            {
                string path = Path.GetRelativePath(DeviceProjects.Root, file).Replace('\\', '/');
                string[] found = [.. Literal().Matches(File.ReadAllText(file)).Select(m => m.Value)
                    .Where(text => names.Any(n => Regex.IsMatch(text, $@"(?<![\w-]){n}(?![\w-])"))).Distinct()];
                if (found.Length > 0 && Array.Find(s_data, d => path.StartsWith(d.Place, StringComparison.Ordinal)) is { Place: { } place })
                {
                    used.Add(place);
                }
                else
                {
                    named.AddRange(found.Select(text => path + ": " + text));
                }
            }
        }

        Assert.Empty(named);
        Assert.Equal(s_data.Select(d => d.Place).Order(), used.Order());
    }

    [GeneratedRegex("\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Literal();
}
