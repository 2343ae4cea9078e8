// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Faults of nodes as text: <c>stuck-open:12</c>, <c>stuck-on:12</c>, <c>stuck-between:12</c>, <c>weak:12</c>,
/// <c>forming-fails:12</c>, with the node by number or as <c>ROW,COLUMN</c>.</summary>
public static class NodeFaultText
{
    private static readonly Dictionary<string, NodeFaultKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["stuck-open"] = NodeFaultKind.StuckOpen,
        ["stuck-on"] = NodeFaultKind.StuckOn,
        ["stuck-between"] = NodeFaultKind.StuckBetween,
        ["weak"] = NodeFaultKind.Weak,
        ["forming-fails"] = NodeFaultKind.FormingFails,
    };

    /// <summary>Gets the name of a kind of fault.</summary>
    /// <param name="kind">The kind; not none.</param>
    /// <returns>Its name.</returns>
    public static string Of(NodeFaultKind kind) => s_kinds.First(k => k.Value == kind).Key;

    /// <summary>Whether a text names a fault of a node.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for one of the kinds.</returns>
    public static bool IsOne(string text) => s_kinds.ContainsKey(text.Split(':', 2)[0].Trim());

    /// <summary>Reads a fault.</summary>
    /// <param name="text">The text.</param>
    /// <param name="board">The board.</param>
    /// <returns>The fault; null when the text names a fault of something else.</returns>
    /// <exception cref="DeviceException">The board has no nodes, or not this one.</exception>
    public static NodeFault? Parse(string text, BoardDescription board)
    {
        string[] parts = text.Split(':', 2);
        if (!s_kinds.TryGetValue(parts[0].Trim(), out NodeFaultKind kind))
        {
            return null;
        }

        if (board.Profile.Nodes is not { } plan)
        {
            throw new DeviceException(DeviceErrorKind.NotSupported, $"the board '{board.Profile.Name}' has no nodes that could have a fault",
                null, "use a board with nodes, for example --board virtual-array");
        }

        string[] place = (parts.Length > 1 ? parts[1] : string.Empty).Split(',');
        int[] numbers = [.. place.Select(p => int.TryParse(p.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        bool pair = numbers.Length == 2 && numbers[0] >= 0 && numbers[0] < plan.Rows && numbers[1] >= 0 && numbers[1] < plan.Columns;
        int node = pair ? (numbers[0] * plan.Columns) + numbers[1] : numbers.Length == 1 ? numbers[0] : -1;
        if (node < 0 || node >= plan.Rows * plan.Columns)
        {
            throw new DeviceException(DeviceErrorKind.AddressInvalid, $"the fault '{text}' names no node",
                $"nodes 0 to {(plan.Rows * plan.Columns) - 1}, or ROW,COLUMN up to {plan.Rows - 1},{plan.Columns - 1}",
                $"write for example '{parts[0]}:0'");
        }

        return new NodeFault(node, kind);
    }
}
