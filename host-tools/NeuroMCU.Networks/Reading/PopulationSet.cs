// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>The populations of a file by name, those with errors included so that a mistake is reported once.</summary>
internal sealed class PopulationSet
{
    private readonly Dictionary<string, Population?> _byName = new(StringComparer.Ordinal);

    /// <summary>Populations without errors, in file order.</summary>
    public IReadOnlyList<Population> Readable => _byName.Values.OfType<Population>().OrderBy(p => p.Index).ToArray();

    /// <summary>Reads the section.</summary>
    /// <returns>The populations.</returns>
    public static PopulationSet Read(ReadContext context, Field field)
    {
        PopulationSet set = new();
        MapReader? map = MapReader.Open(context, field, "a map of populations");
        int firstNeuron = 0;
        int index = 0;
        foreach ((string name, Field key, Field value) in map?.Entries() ?? [])
        {
            Names.Check(context, key, name);
            Population? population = PopulationReader.Read(context, name, value, index, firstNeuron);
            set._byName[name] = population;
            firstNeuron += population?.Size ?? 1;
            index++;
        }

        if (map != null && index == 0)
        {
            context.Error(field, "holds no population", "add one, such as `cells: {model: lif, size: 10, tau: 20 ms, threshold: 1.0}`");
        }

        return set;
    }

    /// <summary>Finds the population that a field names.</summary>
    /// <param name="field">The field; null finds nothing.</param>
    /// <returns>The population; null after a report, here or where the population stands.</returns>
    public Population? Find(ReadContext context, Field? field)
    {
        if (field == null)
        {
            return null;
        }

        if (field.Text is { } name && _byName.TryGetValue(name, out Population? population))
        {
            return population;
        }

        string hint = Suggestion.Hint(field.Text, _byName.Keys) ?? "populations: " + string.Join(", ", _byName.Keys);
        context.Error(field, "is " + field.Describe() + ", which is no population of this file", hint, DiagnosticKind.Name);
        return null;
    }
}
