// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Hub;

/// <summary>What holds the weights of a hub, read from <c>nodes</c> of its file.</summary>
internal sealed class HubNodes(ReadContext context)
{
    private readonly Dictionary<string, NodePlan> _nodes = new(StringComparer.Ordinal);

    /// <summary>Nodes by name.</summary>
    public Dictionary<string, NodePlan> Nodes => _nodes;

    /// <summary>Reads the field <c>nodes</c>.</summary>
    public void Read(Field? field)
    {
        MapReader? all = field == null ? null : MapReader.Open(context, field, "a map from names to nodes");
        foreach ((string name, Field key, Field value) in all?.Entries() ?? [])
        {
            if (Names.Check(context, key, name) && MapReader.Open(context, value, "a map with `model`") is { } node
                && ReadNode(name, node) is { } plan)
            {
                _nodes.Add(name, plan);
            }
        }
    }

    private NodePlan? ReadNode(string name, MapReader node)
    {
        string? model = node.Require("model", "tiox") is { } m ? Scalars.Choice(context, m, "tiox", "number", "array") : null;
        NodePlan? plan = null;
        if (model == "number")
        {
            double weight = (node.Require("weight", "200") is { } w ? Scalars.Number(context, w, 0, 255) : null) ?? 0;
            double step = (node.Take("step") is { } s ? Scalars.Number(context, s, 0, 255) : null) ?? 0;
            plan = new NodePlan(name, model, weight) { Step = step };
        }
        else if (model == "array")
        {
            long? place = node.Require("node", "12") is { } n ? Scalars.Integer(context, n, 0, 4095) : null;
            if (_nodes.FirstOrDefault(o => o.Value.Place == place && place != null) is { Key: { } other })
            {
                context.Error(node.Field, $"is node {place} of the array, which is `{other}` already", "give each a node of its own");
            }

            plan = new NodePlan(name, model, 0) { Place = (int?)place };
        }
        else if (model == "tiox")
        {
            double least = Resistance(node.Take("least")) ?? 4000;
            double most = Resistance(node.Take("most")) ?? 9000;
            Field? initialField = node.Require("resistance", "5.4 kOhm");
            double initial = Resistance(initialField) ?? least;
            if (most <= least)
            {
                context.Error(node.Field, $"ranges from {Scalars.Number(least)} to {Scalars.Number(most)} Ohm",
                    "`most` is above `least`");
            }
            else if (initialField != null && (initial < least || initial > most))
            {
                context.Error(initialField, "is " + initialField.Describe() + ", outside its range",
                    $"write a resistance from {Scalars.Number(least / 1e3)} to {Scalars.Number(most / 1e3)} kOhm");
            }

            plan = new NodePlan(name, model, initial)
            {
                Least = least,
                Most = most,
                Potentiation = (node.Take("potentiation") is { } p ? Scalars.Number(context, p, 0, 1) : null) ?? 0.03,
                Depression = (node.Take("depression") is { } d ? Scalars.Number(context, d, 0, 1) : null) ?? 0.05,
                Polarity = node.Take("polarity") is { } o && Scalars.Choice(context, o, "positive", "negative") == "negative" ? -1 : 1,
            };
        }

        if (model != null)
        {
            node.Finish();
        }

        return plan;
    }

    private double? Resistance(Field? field)
    {
        double? kiloohm = field == null ? null : Scalars.Value(context, field, Dimension.Resistance);
        if (kiloohm is <= 0)
        {
            context.Error(field!, "is " + field!.Describe() + ", out of range", "write a resistance above 0, such as `5.4 kOhm`");
        }

        return kiloohm * 1e3;
    }
}
