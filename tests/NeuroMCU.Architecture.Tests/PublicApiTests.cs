// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using PublicApiGenerator;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// What other programs may build on: the wire and the device client. Their public members stand in text files, so that a change which
/// breaks such a program shows in the commit. NEUROMCU_UPDATE_GOLDEN=1 writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions s_options = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("NeuroMCU.Protocol")]
    [InlineData("NeuroMCU.Devices")]
    public void Public_members_are_those_of_the_text(string assembly)
    {
        string actual = Assembly.LoadFrom(DeviceProjects.PathOf(assembly)).GeneratePublicApi(s_options).ReplaceLineEndings("\n") + "\n";
        string path = Path.Combine(DeviceProjects.Root, "tests", "NeuroMCU.Architecture.Tests", "PublicApi", assembly + ".txt");
        if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == actual,
            $"the public members of {assembly} are not those of {path}; next: NEUROMCU_UPDATE_GOLDEN=1 ./test Architecture, "
            + "and a line in CHANGELOG.md when a program that uses them has to change");
    }
}
