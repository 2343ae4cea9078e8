// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Internet.Nodes;

namespace NeuroMCU.Internet.Hub;

/// <summary>Keeps the weights in a file. It is replaced as a whole, so that a hub that is killed finds either the old weights or the
/// new ones.</summary>
internal static class WeightStore
{
    private const string Schema = "neuromcu.hub-weights/1";
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NewLine = "\n"
    };

    /// <summary>Gives the nodes the weights of the file.</summary>
    /// <returns>How many nodes were found in the file; null when there is none yet.</returns>
    /// <exception cref="NetworkFileException">It holds no weights, or those of other nodes.</exception>
    public static int? Load(string path, HubPlan plan, IReadOnlyDictionary<string, ISynapseNode> nodes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        Document? document = null;
        try
        {
            document = JsonSerializer.Deserialize<Document>(InputFile.ReadText(path), s_json);
        }
        catch (Exception e) when (e is JsonException or InputFileException)
        {
            // Reported below, with what holds no weights for other reasons.
        }

        if (document?.Schema != Schema || document.Nodes is null)
        {
            throw Wrong(path, "holds no weights of a hub");
        }

        int found = 0;
        foreach (NodePlan node in plan.Nodes)
        {
            if (document.Nodes.TryGetValue(node.Name, out Kept? kept))
            {
                if (kept.Model != node.Model || !double.IsFinite(kept.State))
                {
                    throw Wrong(path, $"keeps `{node.Name}` as a {kept.Model}, and the hub has a {node.Model}");
                }

                nodes[node.Name].State = kept.State;
                found++;
            }
        }

        return found;
    }

    /// <summary>Writes the weights.</summary>
    /// <exception cref="OutputFileException">The file could not be written; the old one is still there.</exception>
    public static void Save(string path, HubPlan plan, IReadOnlyDictionary<string, ISynapseNode> nodes)
    {
        Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
        foreach (NodePlan node in plan.Nodes)
        {
            kept[node.Name] = new Kept(node.Model, nodes[node.Name].State, nodes[node.Name].Weight);
        }

        OutputFile.WriteText(path, JsonSerializer.Serialize(new Document(Schema, plan.Name, kept), s_json) + "\n");
    }

    private static NetworkFileException Wrong(string path, string what) =>
        new([new Diagnostic(path, 0, 0, string.Empty, what, "move the file away to begin with the weights of the hub file")])
        {
            File = path,
            Verb = "hub"
        };

    private sealed record Kept(string Model, double State, int Weight);

    private sealed record Document(string Schema, string Hub, Dictionary<string, Kept>? Nodes);
}
