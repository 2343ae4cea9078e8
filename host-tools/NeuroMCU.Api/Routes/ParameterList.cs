// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Api.Routes;

/// <summary>The single numbers of a network file, which a slider can move: time constants, thresholds, weights, rates.</summary>
internal static class ParameterList
{
    private const int Most = 200;
    private static readonly string[] s_structure = ["neuromcu", "size", "step", "seed", "duration", "every", "capacity", "list",
        "positions"];

    /// <summary>Finds them.</summary>
    /// <param name="network">The network that was read from the text; null when it is not known.</param>
    public static IReadOnlyList<object> Of(NetworkText text, Network? network)
    {
        List<object> found = [];
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text.Text));
            Look(stream.Documents[0].RootNode, string.Empty, text, network, found);
        }
        catch (YamlException)
        {
            // A text that was loaded can be read; a network of the device has none.
        }

        return found;
    }

    private static void Look(YamlNode node, string path, NetworkText text, Network? network, List<object> found)
    {
        if (found.Count >= Most)
        {
            return;
        }

        switch (node)
        {
            case YamlMappingNode map:
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    if (key is YamlScalarNode { Value: { } name } && !s_structure.Contains(name) && !name.Contains('.',
                        StringComparison.Ordinal))
                    {
                        Look(value, path.Length == 0 ? name : path + "." + name, text, network, found);
                    }
                }

                break;
            case YamlSequenceNode list when list.Children.Count <= 16:
                for (int k = 0; k < list.Children.Count; k++)
                {
                    if (list.Children[k] is YamlMappingNode)
                    {
                        Look(list.Children[k], path + "." + k.ToString(CultureInfo.InvariantCulture), text, network, found);
                    }
                }

                break;
            case YamlScalarNode { Value: { } scalar } leaf when Quantity.TrySplit(scalar, out double number, out string unit)
                && (unit.Length == 0 || Unit.Find(unit) is not null):
                string? set = text.Settings.LastOrDefault(s => s.Name == path)?.Value;
                double now = set is not null && Quantity.TrySplit(set, out double changed, out string same) && same == unit ? changed
                    : number;
                found.Add(new
                {
                    Name = path,
                    File = number,
                    Value = now,
                    Unit = unit,
                    Line = leaf.Start.Line,
                    Live = IsLive(path, network)
                });
                break;
        }
    }

    // What a device usually takes while it runs: bias, rates and amplitudes of inputs, weights; of stepped leaky neurons more. Whether it
    // took a change is in the answer.
    private static bool IsLive(string path, Network? network)
    {
        string[] names = path.Split('.');
        return names switch
        {
            ["populations", var name, "threshold" or "reset" or "floor"] => network?.Populations.Any(p => p.Name == name
                && ((p.ChoosesUpdate && p.Update == UpdateScheme.Clocked) || p.HasExponentialSynapses)) == true,
            ["populations", _, "bias"] => true,
            ["projections", _, "weight"] => true,
            ["inputs", _, "poisson", "rate"] => true,
            ["inputs", _, "dc", "amplitude" or "current" or "drive"] => true,
            _ => false,
        };
    }
}
