// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;

namespace NeuroMCU.Nodes.History;

/// <summary>The history of an array cannot be used.</summary>
public sealed class NodeHistoryException(string what, string? why = null, string? next = null, Exception? inner = null)
    : ExplainedException(what, why, next, inner);
