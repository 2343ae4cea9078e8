// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Clocks;

/// <summary>
/// How far the network time of a device is ahead of one's own clock. Whatever the device says of its time, as an answer or as a spike,
/// was true before it arrived: its clock is at least that far. The largest of these bounds in the last seconds is the one that came
/// with the least delay.
/// </summary>
internal sealed class DeviceClock
{
    private const long BlockMicroseconds = 500_000;
    private const int Blocks = 16;
    private readonly Queue<long> _bounds = [];
    private long _begin;
    private long _offset;
    private long _best = long.MinValue;

    /// <summary>Whether anything was noted.</summary>
    public bool IsKnown => _best != long.MinValue || _bounds.Count > 0;

    /// <summary>Notes a time of the device.</summary>
    /// <param name="device">Network time in µs that it reported.</param>
    /// <param name="received">Own time in µs at which that arrived.</param>
    public void Note(long device, long received)
    {
        if (_best != long.MinValue && received - _begin > BlockMicroseconds)
        {
            _bounds.Enqueue(_best);
            _best = long.MinValue;
            if (_bounds.Count > Blocks)
            {
                _bounds.Dequeue();
            }
        }

        if (_best == long.MinValue)
        {
            _begin = received;
        }

        _best = long.Max(_best, device - received);
        _offset = _bounds.Count == 0 ? _best : long.Max(_best, _bounds.Max());
    }

    /// <summary>Network time at a time of one's own.</summary>
    /// <param name="own">Own time in µs.</param>
    /// <returns>µs.</returns>
    public long ToDevice(long own) => own + _offset;

    /// <summary>One's own time at a network time.</summary>
    /// <param name="device">Network time in µs.</param>
    /// <returns>µs.</returns>
    public long ToOwn(long device) => device - _offset;
}
