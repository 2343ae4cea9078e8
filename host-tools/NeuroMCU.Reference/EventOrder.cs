// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Reference;

/// <summary>Compares events by their place in the order of service.</summary>
internal sealed class EventOrder : IComparer<EventKey>
{
    /// <inheritdoc />
    public int Compare(EventKey x, EventKey y)
    {
        int order = x.Time.CompareTo(y.Time);
        order = order != 0 ? order : ((int)x.Class).CompareTo((int)y.Class);
        order = order != 0 ? order : x.Half.CompareTo(y.Half);
        order = order != 0 ? order : x.First.CompareTo(y.First);
        order = order != 0 ? order : x.Second.CompareTo(y.Second);
        order = order != 0 ? order : x.Third.CompareTo(y.Third);
        order = order != 0 ? order : x.Fourth.CompareTo(y.Fourth);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
