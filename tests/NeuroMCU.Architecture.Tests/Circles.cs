// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

/// <summary>Finds namespaces that need one another in a circle (Tarjan 1972, strongly connected components).</summary>
internal sealed class Circles
{
    private readonly ILookup<string, string> _next;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _low = new(StringComparer.Ordinal);
    private readonly Stack<string> _open = [];
    private readonly List<HashSet<string>> _found = [];

    private Circles(IEnumerable<TypeArrow> arrows) =>
        _next = arrows.Select(arrow => (arrow.FromNamespace, arrow.ToNamespace)).Distinct()
        .ToLookup(pair => pair.FromNamespace, pair => pair.ToNamespace);

    /// <summary>The circles, each as the arrows that close it, for a reader.</summary>
    public static IReadOnlyList<string> In(IReadOnlyCollection<TypeArrow> arrows)
    {
        Circles search = new(arrows);
        foreach (string node in search._next.Select(group => group.Key).Order(StringComparer.Ordinal)
            .Where(node => !search._index.ContainsKey(node)))
        {
            search.Visit(node);
        }

        return
        [
            .. search._found.Select(circle => string.Join(
                Environment.NewLine,
                arrows.Where(arrow => circle.Contains(arrow.FromNamespace) && circle.Contains(arrow.ToNamespace))
                .Select(arrow => arrow.ToString()).Order(StringComparer.Ordinal))),
        ];
    }

    private void Visit(string node)
    {
        _index[node] = _low[node] = _index.Count;
        _open.Push(node);
        foreach (string next in _next[node])
        {
            if (!_index.TryGetValue(next, out int seen))
            {
                Visit(next);
                _low[node] = Math.Min(_low[node], _low[next]);
            }
            else if (_open.Contains(next))
            {
                _low[node] = Math.Min(_low[node], seen);
            }
        }

        if (_low[node] != _index[node])
        {
            return;
        }

        HashSet<string> together = new(StringComparer.Ordinal);
        do
        {
            _ = together.Add(_open.Peek());
        }
        while (_open.Pop() != node);
        if (together.Count > 1)
        {
            _found.Add(together);
        }
    }
}
