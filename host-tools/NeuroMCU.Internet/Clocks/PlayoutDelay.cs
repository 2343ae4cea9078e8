// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Clocks;

/// <summary>
/// Chooses a constant latency from the jitter that was measured: above what 99.9 % of the arrivals of the last ten seconds took. It is
/// raised as soon as that is not enough, and lowered only when much less would do for ten seconds; each change is counted.
/// </summary>
internal sealed class PlayoutDelay
{
    private const double Share = 0.999;
    private const double Room = 1.2;
    private const long Work = 5000;   // from the arrival to the device
    private const double MuchLess = 0.6;
    private const long BlockMicroseconds = 1_000_000;
    private const int Blocks = 10;
    private const int Look = 32;
    private readonly long _least;
    private readonly Queue<LatencyHistogram> _blocks = [];
    private LatencyHistogram _block = new();
    private long _begin = long.MinValue;
    private int _quiet;

    /// <summary>Begins.</summary>
    /// <param name="least">Least latency in µs, and that of the start.</param>
    public PlayoutDelay(long least)
    {
        (_least, Delay) = (least, least);
    }

    /// <summary>The latency in µs.</summary>
    public long Delay { get; private set; }

    /// <summary>How often it was changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Notes an arrival.</summary>
    /// <param name="latency">How long it took, in µs.</param>
    /// <param name="now">Time in µs.</param>
    /// <returns>Whether the latency was changed.</returns>
    public bool Note(long latency, long now)
    {
        if (_begin == long.MinValue)
        {
            _begin = now;
        }

        _block.Add(latency);
        bool ended = now - _begin >= BlockMicroseconds;
        if (!ended && _block.Count % Look != 0)
        {
            return false;
        }

        LatencyHistogram all = new();
        foreach (LatencyHistogram block in _blocks.Append(_block))
        {
            all.Add(block);
        }

        if (ended)
        {
            _blocks.Enqueue(_block);
            (_block, _begin) = (new LatencyHistogram(), now);
            if (_blocks.Count > Blocks)
            {
                _blocks.Dequeue();
            }
        }

        long wanted = Math.Max(_least, (long)(all.Percentile(Share) * Room) + Work);
        _quiet = wanted >= MuchLess * Delay ? 0 : ended ? _quiet + 1 : _quiet;
        if (wanted <= Delay && _quiet < Blocks)
        {
            return false;
        }

        (Delay, _quiet) = (wanted, 0);
        Changes++;
        return true;
    }
}
