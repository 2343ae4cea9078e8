// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;
using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

// A hand-written model is one file on the device, one on the host, and a line in each list.
public sealed partial class ModelUnitTests
{
    private const string DeviceFolder = "firmware/NeuroMCU.Models/";
    private const string HostFolder = "host-tools/NeuroMCU.Networks/Models/";
    private const string DeviceList = DeviceFolder + "ModelList.cs";
    private const string HostList = HostFolder + "CircuitModels.cs";

    // The family of the leaky integrate-and-fire neuron is compiled from the fields that network files always had (adding-a-model.md).
    private const string LeakyHost = "host-tools/NeuroMCU.Compiler/LifCompiler.cs";

    private static readonly Lazy<Dictionary<string, string>> s_code = new(ReadCode);

    public static TheoryData<string> DeviceModels => [.. Concrete("NeuroMCU.Models", "NeuroMCU.Core.Contracts.Model")
        .Where(name => name != "EquationModel")];

    public static TheoryData<string> HostModels => [.. Concrete("NeuroMCU.Networks", "NeuroMCU.Networks.Models.CircuitModel")];

    [Theory]
    [MemberData(nameof(DeviceModels))]
    public void A_law_is_one_file_on_the_device_and_one_on_the_host_names_it(string model)
    {
        string[] host = Naming(model).Where(path => path.StartsWith("host-tools/", StringComparison.Ordinal)).ToArray();

        Assert.Equal([DeviceList, .. host], Naming(model).Where(path => path != DeviceFolder + model + ".cs"));
        Assert.True(s_code.Value.ContainsKey(DeviceFolder + model + ".cs"), model + " has no file of its name");
        Assert.Equal([model.EndsWith("Lif", StringComparison.Ordinal) ? LeakyHost : HostFolder + model + "Model.cs"], host);
    }

    // Its fields, their reader, units, tables and twin; the lists that choose by model; and the formats that have a node of this kind.
    [Fact]
    public void What_a_leaky_neuron_is_stands_in_its_own_files()
    {
        string[] own =
        [
            "NeuroMCU.Networks/LifNeurons.cs", "NeuroMCU.Networks/Population.cs", "NeuroMCU.Networks/Sites/PartPopulation.cs",
            "NeuroMCU.Networks/Reading/LifPopulationReader.cs",
            "NeuroMCU.Compiler/LifUnits.cs", "NeuroMCU.Compiler/LifCompiler.cs", "NeuroMCU.Reference/LifTwin.cs",
            "NeuroMCU.Compiler/PopulationCompiler.cs", "NeuroMCU.Compiler/StepResolution.cs", "NeuroMCU.Reference/ReferenceModels.cs",
            "NeuroMCU.Exchange/Lists/ConnectionLists.cs", "NeuroMCU.Exchange/Nir/NirExport.cs", "NeuroMCU.Exchange/Sonata/SonataExport.cs",
        ];

        Assert.Equal(own.Select(path => "host-tools/" + path).Order(StringComparer.Ordinal), s_code.Value
            .Where(f => f.Key.StartsWith("host-tools/", StringComparison.Ordinal) && LeakyNeurons().IsMatch(f.Value)).Select(f => f.Key)
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HostModels))]
    public void A_declaration_is_one_file_that_only_its_list_names(string model)
    {
        Assert.Equal([HostList],
            Naming(model).Where(path => path != HostFolder + model + ".cs"));
        Assert.True(s_code.Value.ContainsKey(HostFolder + model + ".cs"), model + " has no file of its name");
    }

    [Theory]
    [MemberData(nameof(DeviceModels))]
    public void What_belongs_to_one_model_stands_in_its_file(string model)
    {
        // ThyristorLaw.cs beside Thyristor.cs would be a second file of the same model; what several models share has a name of its own.
        string[] beside =
        [
            .. s_code.Value.Keys
                .Where(path => path.StartsWith(DeviceFolder, StringComparison.Ordinal))
                .Where(path => Path.GetFileNameWithoutExtension(path) is { } file && file != model
                    && (file.StartsWith(model, StringComparison.Ordinal) || file.EndsWith(model, StringComparison.Ordinal)))
                .Where(path => !DeviceModels.Any(other => other.Data == Path.GetFileNameWithoutExtension(path))),
        ];

        Assert.Equal([], beside);
    }

    [Theory]
    [InlineData("population.Model = new Thyristor();", true)]
    [InlineData("values[Thyristor.Bias] = 1;", true)]
    [InlineData("model is Thyristor t", true)]
    [InlineData("case Thyristor: break;", true)]
    [InlineData("Thyristor law = Of(table);", true)]
    [InlineData("List<Thyristor> all", true)]
    [InlineData("typeof(Thyristor)", true)]
    [InlineData("plan.Kind == NeuronKind.Thyristor", false)]
    [InlineData("new ThyristorCircuit(part)", false)]
    [InlineData("Mode(\"new Thyristor()\") // new Thyristor()", false)]
    public void Only_a_use_of_the_type_counts(string line, bool names)
        => Assert.Equal(names, Names(WithoutWords(line), "Thyristor"));

    private static IEnumerable<string> Naming(string model)
        => s_code.Value.Where(file => Names(file.Value, model)).Select(file => file.Key).Order(StringComparer.Ordinal);

    private static bool Names(string code, string type) => Regex.IsMatch(code,
        @"<@>|(?<![\w.])(?:new\s+@\s*[({]|@\.\w|typeof\(@\)|(?:is|as|not|or|case)\s+@\b(?!\s*[=.])|@\[\]|@\??\s+\w+\s*[=;,)])"
            .Replace("@", type, StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10));

    private static string WithoutWords(string code) => Words().Replace(code, "\"\"");

    [GeneratedRegex(@"\bLifNeurons\b|\bLif\b(?=\s*(?:[:!?=;,)}]|is\b))|\.Lif\b", RegexOptions.ExplicitCapture, 10000)]
    private static partial Regex LeakyNeurons();

    [GeneratedRegex("""//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'""", RegexOptions.ExplicitCapture, 10000)]
    private static partial Regex Words();

    private static Dictionary<string, string> ReadCode() => new[] { "firmware", "hardware", "host-tools" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(DeviceProjects.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(DeviceProjects.Root, path).Replace('\\', '/'),
            path => WithoutWords(File.ReadAllText(path)), StringComparer.Ordinal);

    private static IEnumerable<string> Concrete(string assembly, string root)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(DeviceProjects.PathOf(assembly));
        TypeDefinition[] types = [.. module.Types.Where(t => t.IsClass && !t.IsAbstract)];
        return [.. types.Where(t => Bases(module, t).Contains(root, StringComparer.Ordinal)).Select(t => t.Name)];
    }

    private static IEnumerable<string> Bases(ModuleDefinition module, TypeDefinition type)
    {
        for (TypeReference? at = type.BaseType; at != null; at = module.GetType(at.FullName)?.BaseType)
        {
            yield return at.FullName;
        }
    }
}
