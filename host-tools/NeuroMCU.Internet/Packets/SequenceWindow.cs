// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections;

namespace NeuroMCU.Internet.Packets;

/// <summary>What became of a numbered packet.</summary>
internal enum Sequence
{
    /// <summary>New, and later than all before it.</summary>
    InOrder,

    /// <summary>New, but sent before one that arrived earlier.</summary>
    Reordered,

    /// <summary>It was here already: doubled on the way, or replayed.</summary>
    Duplicate,

    /// <summary>So old that nobody knows whether it was here already; it is refused and stays lost.</summary>
    TooOld,
}

/// <summary>Judges numbered packets: each number is taken once, and what is missing is counted.</summary>
internal sealed class SequenceWindow
{
    /// <summary>How far behind the highest number a packet may come.</summary>
    public const int Reach = 4096;

    private readonly BitArray _seen = new(Reach);

    /// <summary>Highest number so far; 0 before the first.</summary>
    public long Highest { get; private set; }

    /// <summary>Packets that were taken.</summary>
    public long Received { get; private set; }

    /// <summary>Packets that were taken after one that was sent later.</summary>
    public long Reordered { get; private set; }

    /// <summary>Packets that were refused because their number had been taken.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Packets that were refused because they came too late to be judged.</summary>
    public long TooOld { get; private set; }

    /// <summary>Numbers up to the highest one that were never taken.</summary>
    public long Lost => Highest - Received;

    /// <summary>Judges a packet.</summary>
    /// <param name="number">Its number, 1 or more.</param>
    /// <returns>What it is; only the first two are to be used.</returns>
    public Sequence Enter(long number)
    {
        if (number > Highest)
        {
            // Places between are those of packets that have not come yet. Beyond one turn all of them are.
            for (long k = long.Max(Highest + 1, number - Reach + 1); k < number; k++)
            {
                _seen[(int)(k % Reach)] = false;
            }

            Highest = number;
            return Take(number, Sequence.InOrder);
        }

        if (number <= Highest - Reach || number < 1)
        {
            TooOld++;
            return Sequence.TooOld;
        }

        if (_seen[(int)(number % Reach)])
        {
            Duplicates++;
            return Sequence.Duplicate;
        }

        Reordered++;
        return Take(number, Sequence.Reordered);
    }

    private Sequence Take(long number, Sequence kind)
    {
        _seen[(int)(number % Reach)] = true;
        Received++;
        return kind;
    }
}
