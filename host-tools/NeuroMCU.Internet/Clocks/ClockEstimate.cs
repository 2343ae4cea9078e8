// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Internet.Clocks;

/// <summary>
/// How far another clock is ahead of one's own, from questions and answers. Of each block of questions the quickest way there and the
/// quickest way back count, whichever questions they belonged to: of sixteen ways with a jitter of 10 ms the quickest is within 0.6 ms of
/// the quickest possible, while no single question is quick both ways. A line through the last blocks gives offset and drift.
/// </summary>
internal sealed class ClockEstimate
{
    private const int BlockSize = 16;
    private const int MostBlocks = 24;
    private const int LeastBlocksForDrift = 6;

    // What the estimate may be wrong by when nothing has jumped, beside half of a round trip.
    private const double Margin = 3000;
    private const int ContradictionsToJump = 3;
    private readonly List<(long Asked, long Heard, long Answered, long Received)> _block = [];
    private readonly Queue<Sample> _best = [];
    private double _meanTime;
    private double _meanOffset;
    private int _contradictions;

    /// <summary>Questions that were answered.</summary>
    public long Samples { get; private set; }

    /// <summary>Shortest round trip in µs; 0 before the first.</summary>
    public double RoundTrip { get; private set; }

    /// <summary>How much faster the other clock goes, in parts per million; 0 until there is enough to tell.</summary>
    public double DriftPpm { get; private set; }

    /// <summary>How often one of the clocks has jumped, and all was forgotten.</summary>
    public int Jumps { get; private set; }

    /// <summary>Adds a question and its answer.</summary>
    /// <param name="asked">Own time in µs at which it was asked.</param>
    /// <param name="heard">The other's time in µs at which it arrived.</param>
    /// <param name="answered">The other's time in µs at which the answer left.</param>
    /// <param name="received">Own time in µs at which the answer arrived.</param>
    public void Add(long asked, long heard, long answered, long received)
    {
        double trip = received - asked - (answered - heard);
        Sample sample = new((asked + received) / 2.0, ((heard - asked) + (answered - received)) / 2.0, trip);

        // The true offset lies within half of the trip around the measured one, whatever the network did. Where it contradicts the
        // estimate again and again, a clock has jumped: a machine slept, or was set.
        bool contradicts = Samples >= BlockSize && Math.Abs(sample.Offset - OffsetAt(sample.Time)) > ((trip + RoundTrip) / 2) + Margin;
        _contradictions = contradicts ? _contradictions + 1 : 0;
        if (_contradictions == ContradictionsToJump)
        {
            Clear();
            Jumps++;
        }

        RoundTrip = Samples == 0 ? trip : Math.Min(RoundTrip, trip);
        Samples++;
        _block.Add((asked, heard, answered, received));
        if (_best.Count == 0)
        {
            Sample first = Middle();
            (_meanTime, _meanOffset) = (first.Time, first.Offset);
        }

        if (_block.Count == BlockSize)
        {
            _best.Enqueue(Middle());
            _block.Clear();
            if (_best.Count > MostBlocks)
            {
                _best.Dequeue();
            }

            Fit();
        }
    }

    /// <summary>Forgets everything: the other clock is another one.</summary>
    public void Clear()
    {
        _block.Clear();
        _best.Clear();
        _contradictions = 0;
        (_meanTime, _meanOffset, DriftPpm, RoundTrip, Samples) = (0, 0, 0, 0, 0);
    }

    /// <summary>The other's time at a time of one's own.</summary>
    /// <param name="own">Own time in µs.</param>
    /// <returns>The other's time in µs.</returns>
    public long ToOther(long own) => own + (long)Math.Round(OffsetAt(own));

    /// <summary>One's own time at a time of the other.</summary>
    /// <param name="other">The other's time in µs.</param>
    /// <returns>Own time in µs.</returns>
    public long ToOwn(long other) => other - (long)Math.Round(OffsetAt(other - _meanOffset));

    /// <summary>How far the other clock is ahead.</summary>
    /// <param name="own">Own time in µs.</param>
    /// <returns>µs.</returns>
    public double OffsetAt(double own) => _meanOffset + (DriftPpm * 1e-6 * (own - _meanTime));

    // The offset lies between what the quickest way there and the quickest way back allow. Within a block the drift that is known counts.
    private Sample Middle()
    {
        double time = _block.Average(q => (q.Asked + q.Received) / 2.0), drift = DriftPpm * 1e-6;
        double most = _block.Min(q => q.Heard - q.Asked - (drift * (q.Asked - time)));
        double least = _block.Max(q => q.Answered - q.Received - (drift * (q.Received - time)));
        return new Sample(time, (most + least) / 2, most - least);
    }

    // Blocks whose best trip is much longer than that of the others say little; they count by the inverse square of their trip.
    private void Fit()
    {
        double weights = 0, time = 0, offset = 0;
        foreach (Sample s in _best)
        {
            double w = 1 / Math.Max(1, s.Trip * s.Trip);
            weights += w;
            time += w * s.Time;
            offset += w * s.Offset;
        }

        (_meanTime, _meanOffset) = (time / weights, offset / weights);
        if (_best.Count < LeastBlocksForDrift)
        {
            return;
        }

        double along = 0, squares = 0;
        foreach (Sample s in _best)
        {
            double w = 1 / Math.Max(1, s.Trip * s.Trip);
            along += w * (s.Time - _meanTime) * (s.Offset - _meanOffset);
            squares += w * (s.Time - _meanTime) * (s.Time - _meanTime);
        }

        // No crystal is wrong by more than this; a steeper line comes from too short a time.
        DriftPpm = squares > 0 ? Math.Clamp(along / squares * 1e6, -500, 500) : 0;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sample(double Time, double Offset, double Trip);
}
