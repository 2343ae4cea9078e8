// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Api.Sessions;

/// <summary>What hands did to a network since time 0 beyond its file: without it a run cannot be repeated.</summary>
internal sealed class HandLog
{
    private const int Most = 200;
    private readonly Lock _gate = new();
    private readonly List<string> _done = [];
    private int _more;

    /// <summary>Notes that something was done.</summary>
    /// <param name="time">Network time in µs.</param>
    public void Note(long time, string what)
    {
        lock (_gate)
        {
            if (_done.Count < Most)
            {
                _done.Add(FormattableString.Invariant($"{time} us: {what}"));
            }
            else
            {
                _more++;
            }
        }
    }

    /// <summary>The network begins anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _done.Clear();
            _more = 0;
        }
    }

    /// <summary>All of it in one line; empty when nothing was done.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join("; ", _done) + (_more > 0 ? FormattableString.Invariant($"; and {_more} more") : string.Empty);
        }
    }
}
