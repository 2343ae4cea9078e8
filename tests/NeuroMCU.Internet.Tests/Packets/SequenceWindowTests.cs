// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Packets;

public sealed class SequenceWindowTests
{
    // The oracle remembers every number; the window only the last 4096.
    [Theory]
    [InlineData(1, 0.05, 0.02, 0.05, 20)]
    [InlineData(2, 0.5, 0.2, 0.5, 100)]
    [InlineData(3, 0, 0, 0, 1)]
    [InlineData(4, 0.01, 0.5, 0.9, 4000)]
    public void The_account_is_exact_whatever_the_network_does(int seed, double loss, double doubled, double moved, int far)
    {
        Random random = new(seed);
        List<(double Place, long Number)> sent = [];
        for (long number = 1; number <= 20_000; number++)
        {
            for (int copy = random.NextDouble() < doubled ? 2 : 1; copy > 0 && random.NextDouble() >= loss; copy--)
            {
                sent.Add((number + (random.NextDouble() < moved ? random.Next(far) : 0), number));
            }
        }

        SequenceWindow window = new();
        HashSet<long> seen = [];
        long highest = 0, duplicates = 0, reordered = 0, old = 0;
        foreach (long number in sent.OrderBy(s => s.Place).Select(s => s.Number))
        {
            Sequence expected = number > highest ? Sequence.InOrder
                : number <= highest - SequenceWindow.Reach ? Sequence.TooOld
                : seen.Contains(number) ? Sequence.Duplicate
                : Sequence.Reordered;
            Assert.Equal(expected, window.Enter(number));
            duplicates += expected == Sequence.Duplicate ? 1 : 0;
            reordered += expected == Sequence.Reordered ? 1 : 0;
            old += expected == Sequence.TooOld ? 1 : 0;
            highest = Math.Max(highest, number);
            if (expected is Sequence.InOrder or Sequence.Reordered)
            {
                seen.Add(number);
            }
        }

        Assert.Equal((highest, seen.Count, highest - seen.Count), (window.Highest, window.Received, window.Lost));
        Assert.Equal((duplicates, reordered, old), (window.Duplicates, window.Reordered, window.TooOld));
    }

    [Fact]
    public void A_jump_over_more_than_the_window_forgets_what_was_before()
    {
        SequenceWindow window = new();
        window.Enter(1);
        window.Enter(1_000_000);
        Assert.Equal(Sequence.TooOld, window.Enter(2));
        Assert.Equal(Sequence.Reordered, window.Enter(999_999));
        Assert.Equal(Sequence.Duplicate, window.Enter(999_999));
        Assert.Equal(999_997, window.Lost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Numbers_below_one_are_never_taken(long number)
    {
        Assert.Equal(Sequence.TooOld, new SequenceWindow().Enter(number));
    }

    [Fact]
    public void Spikes_of_lost_packets_are_counted_one_by_one()
    {
        SpikeTally tally = new();
        tally.Enter(0, 10);
        tally.Enter(25, 5);
        Assert.Equal((30, 15, 15), (tally.Sent, tally.Received, tally.Lost));
        tally.Enter(10, 10);
        tally.Announce(31);
        Assert.Equal((31, 25, 6), (tally.Sent, tally.Received, tally.Lost));
    }
}
