// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Devices.Client;

/// <summary>
/// The numbers of the events of a connection: what is missing between them belongs to the run that is asked for or goes on.
/// </summary>
internal sealed class EventNumbers
{
    private LossMeter _meter = new();
    private long _lostBefore;

    // Number of the next event; null while it is not known.
    private int? _next;

    // Number that the lost event of the end of a run must have had, when no later one has shown it.
    private int? _end;

    /// <summary>Gets the number of events that have arrived.</summary>
    public long Arrived { get; private set; }

    /// <summary>Gets the number of events that are missing since <see cref="Begin" />, as far as later ones show it.</summary>
    public long Lost => _meter.Lost - _lostBefore;

    /// <summary>A new connection: its events are numbered anew.</summary>
    /// <param name="fromZero">
    /// Whether the next one has the number 0; otherwise they are counted from the first one that arrives.
    /// </param>
    public void Connected(bool fromZero)
    {
        _meter = new LossMeter();
        _lostBefore = 0;
        _next = fromZero ? 0 : null;
        _end = null;
        if (fromZero)
        {
            _meter.Reset();
        }
    }

    /// <summary>A run is asked for or joined: what was lost before is none of its losses.</summary>
    public void Begin() => _lostBefore = _meter.Lost;

    /// <summary>Enters an event that arrived.</summary>
    public void Enter(int number)
    {
        Arrived++;
        _next = (number + 1) & 0xFFFF;
        if (_end != number)
        {
            _meter.Enter(number);
        }

        _end = null;
    }

    /// <summary>
    /// The event of the end of a run does not come: its number is taken as used, so that the next run does not miss it once more.
    /// </summary>
    public void EndMissing()
    {
        if (_next is { } number)
        {
            _meter.Enter(number);
            _end = number;
            _next = (number + 1) & 0xFFFF;
        }
    }
}
