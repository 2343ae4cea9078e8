// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using NeuroMCU.Core.Engine;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Core.Tests.Machine;

/// <summary>Each instruction against its definition in docs/reference/vector-machine.md, in arithmetic without bounds.</summary>
public sealed class InstructionTests
{
    private const int Cases = 400;

    [Fact]
    public void Linear_forms_round_as_their_constant_says()
    {
        Random random = new(1);
        for (int i = 0; i < Cases; i++)
        {
            (int a, int b, int e) = (Small(random), Small(random), Small(random));
            (int k, int l, int m) = (Small(random), Small(random), Small(random));
            long c = random.NextInt64(-(1L << 58), 1L << 58);
            int s = random.Next(40, 60);
            int[] start = [0, a, b, e];
            Assert.Equal(Floor(((BigInteger)a * k) + c, s), Run(start, [Operation.Linear1, 0, 1, k, .. Programs.Words(c), s]));
            Assert.Equal(Floor(((BigInteger)a * k) + ((BigInteger)b * l) + c, s),
                Run(start, [Operation.Linear2, 0, 1, k, 2, l, .. Programs.Words(c), s]));
            Assert.Equal(
                Floor(((BigInteger)a * k) + ((BigInteger)b * l) + ((BigInteger)e * m) + c, s),
                Run(start, [Operation.Linear3, 0, 1, k, 2, l, 3, m, .. Programs.Words(c), s]));
        }
    }

    [Fact]
    public void Steps_add_to_the_old_value_and_keep_within_their_bounds()
    {
        Random random = new(2);
        for (int i = 0; i < Cases; i++)
        {
            (int y, int a, int b, int e) = (Small(random), Small(random), Small(random), Small(random));
            (int k, int l, int m) = (Small(random), Small(random), Small(random));
            int least = random.Next(-500_000_000, 0);
            int most = random.Next(0, 500_000_000);
            int s = random.Next(25, 45);
            int[] start = [0, y, a, b, e];
            int[] c = Programs.Words(1L << (s - 1));
            BigInteger sum = ((BigInteger)a * k) + (1L << (s - 1));
            Assert.Equal(Clip(y + Floor(sum, s), least, most), Run(start, [Operation.Advance1, 0, 1, least, most, 2, k, .. c, s, 3]));
            sum += (BigInteger)b * l;
            Assert.Equal(Clip(y + Floor(sum, s), least, most), Run(start, [Operation.Advance2, 0, 1, least, most, 2, k, 3, l, .. c, s, 3]));
            sum += (BigInteger)e * m;
            Assert.Equal(Clip(y + Floor(sum, s), least, most),
                Run(start, [Operation.Advance3, 0, 1, least, most, 2, k, 3, l, 4, m, .. c, s, 3]));
            int f = Small(random);
            int g = Small(random);
            Assert.Equal(Clip(y + Floor(sum + ((BigInteger)f * g), s), least, most),
                Run([0, y, a, b, e, f], [Operation.Advance4, 0, 1, least, most, 2, k, 3, l, 4, m, 5, g, .. c, s, 3]));
            int q = random.Next(1, 40);
            BigInteger p = Floor(((BigInteger)a * b) + (1L << (q - 1)), q);
            if (BigInteger.Abs(p) < 1L << 31)
            {
                BigInteger with = (p * k) + ((BigInteger)a * l) + ((BigInteger)e * m) + (1L << (s - 1));
                Assert.Equal(
                    Clip(y + Floor(with, s), least, most),
                    Run(start, [Operation.ProductAdvance, 0, 1, least, most, 2, 3, q, k, 2, l, 4, m, 1, 0, .. c, s, 3]));
            }
        }
    }

    // A straight line between entries, and the lines of the outermost two beyond the ends.
    [Fact]
    public void Tables_interpolate_and_go_on_straight_beyond_their_ends()
    {
        int[] table = [-1000, 500, 4000, 12000];
        const int Origin = -300;
        const int H = 8;
        for (int x = -3000; x < 4000; x += 7)
        {
            int k = Math.Clamp((x - Origin) >> H, 0, 2);
            long wanted = table[k] + (((((long)table[k + 1] - table[k]) * (x - Origin - (k << H))) + 128) >> H);
            Assert.Equal(wanted, Run([0, x], [Operation.Table, 0, 1, 0, Origin, H], table));
            long floor = table[k] + ((((long)table[k + 1] - table[k]) * (x - Origin - (k << H))) >> H);
            Assert.Equal(
                Math.Clamp(floor + ((5L * 3000) >> 4), -2000, 30000),
                Run([0, x, 3000], [Operation.TableAdvance1, 0, -2000, 30000, 1, 0, Origin, H, 2, 5, 0, 0, 4, 3], table));
            Assert.Equal(
                Math.Clamp(floor + (((5L * 3000) - (7L * 11)) >> 4), -2000, 30000),
                Run([0, x, 3000, 11], [Operation.TableAdvance2, 0, -2000, 30000, 1, 0, Origin, H, 2, 5, 3, -7, 0, 0, 4, 3], table));
            int[] fall = [100, 200, 800, 900];
            long g = fall[k] + (((((long)fall[k + 1] - fall[k]) * (x - Origin - (k << H))) + 128) >> H);
            const int Y = 123456;
            Assert.Equal(
                Math.Clamp(Y + wanted + ((512 - (g * Y)) >> 10), -2000000, 2000000),
                Run([0, x, Y], [Operation.Gate, 0, 2, -2000000, 2000000, 1, Origin, H, 0, 1, 10, 3], table, fall));
        }
    }

    [Fact]
    public void Products_quotients_and_choices()
    {
        Random random = new(3);
        for (int i = 0; i < Cases; i++)
        {
            (int a, int b, int m) = (Programs.Any(random), Programs.Any(random), random.Next(2) - 1);
            int[] start = [0, a, b, m];
            int s = random.Next(32, 60);
            Assert.Equal(Floor(((BigInteger)a * b) + (1L << (s - 1)), s),
                Run(start, [Operation.Product, 0, 1, 2, .. Programs.Words(1L << (s - 1)), s]));
            int shift = random.Next(0, 31);
            int quotient = b == 0 ? 0 : unchecked((int)(((long)a << shift) / b));
            Assert.Equal(quotient, Run(start, [Operation.Quotient, 0, 1, 2, shift]));
            Assert.Equal(Math.Min(a, b), Run(start, [Operation.Least, 0, 1, 2]));
            Assert.Equal(Math.Max(a, b), Run(start, [Operation.Most, 0, 1, 2]));
            Assert.Equal(a >= b ? -1 : 0, Run(start, [Operation.Compare, 0, 1, 2]));
            Assert.Equal(m != 0 ? a : b, Run(start, [Operation.Select, 0, 3, 1, 2]));
            Assert.Equal(a & b, Run(start, [Operation.And, 0, 1, 2]));
            Assert.Equal(a | b, Run(start, [Operation.Or, 0, 1, 2]));
            Assert.Equal(~a, Run(start, [Operation.Not, 0, 1]));
            Assert.Equal(Math.Clamp(a, -1000, 1000), Run(start, [Operation.Clip, 0, 1, -1000, 1000, 3]));
        }
    }

    [Fact]
    public void A_spike_sets_its_registers_in_order()
    {
        // 5 counts up by 10; at 30 it goes back to 5, and the sum of both lines is 5 + 2·(5 − 1).
        int[] code =
        [
            Operation.Advance1, 0, 0, -1000, 1000, 0, 0, 10, 0, 0, 3,
            Operation.Spike, 0, 30, -1, 2,
            0, 0, 0, 0, 0, 5, 0, 0, -1000, 1000,
            1, 0, 2, 0, 1, -1, -1, 0, -1000, 1000,
        ];
        Same([25, 7], 0, Programs.Run(Programs.Network([5, 7], code), 2));
        Same([5, 14], 1, Programs.Run(Programs.Network([5, 7], code), 3));
        Same([5, 14], 2, Programs.Run(Programs.Network([5, 7], code), 6));
    }

    // 10 a step up to the end at 30: met exactly in the first case, passed in the second.
    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(5, 3, 1)]
    public void A_spike_at_the_upper_end_of_a_step_is_the_spike_of_its_threshold(int start, int steps, int clips)
    {
        int[] up = [Operation.Advance1, 0, 0, -1000, 30, 0, 0, 10, 0, 0, 3];
        int[] plain = [.. up, Operation.Spike, 0, 30, -1, 1, 0, 0, 0, 0, 0, start, 0, 0, -1000, 1000];
        int[] atEnd = [.. plain];
        atEnd[11] = Operation.SpikeAtEnd;
        Same([Math.Min(start + (10 * (steps - 1)), 30)], 0, Programs.Run(Programs.Network([start], atEnd), steps - 1));
        for (int i = steps; i < 4 * steps; i++)
        {
            (int[] registers, int spikes) = Programs.Run(Programs.Network([start], plain), i);
            Same(registers, spikes, Programs.Run(Programs.Network([start], atEnd), i));
            Assert.Equal(i / steps, spikes);
        }

        NetworkEngine engine = new(Programs.Network([start], atEnd));
        engine.Advance(steps * 100, int.MaxValue);
        Assert.Equal(clips, engine.Saturations(0));
    }

    // Whatever the step, after n of them the sum has been rounded once.
    [Fact]
    public void A_step_that_carries_loses_nothing()
    {
        Random random = new(4);
        for (int i = 0; i < 50; i++)
        {
            int s = random.Next(1, 62);
            long c = random.NextInt64(-(1L << s), 1L << s) / 3;
            int steps = random.Next(1, 400);
            int y = random.Next(-1000, 1000);
            int[] code = [Operation.AdvanceCarry, 0, 0, int.MinValue, int.MaxValue, 1, 0, 0, 0, 0, 0, 0, .. Programs.Words(c), s, 3];

            // Beyond 31 bits the remainder keeps its upper ones.
            int up = Math.Max(0, s - 31);
            BigInteger exact = BigInteger.Zero;
            (int[] registers, _) = Programs.Run(Programs.Network([y, 0], code), steps);
            exact = (BigInteger)c * steps;
            Assert.InRange((double)(registers[0] - y - (exact >> s)), up == 0 ? 0 : -1, 0);
        }
    }

    [Fact]
    public void Noise_is_the_sum_of_four_halves_of_two_draws()
    {
        int[] code = [Operation.Noise, 0, 1];
        uint state = 2463534242;
        double sum = 0;
        double squares = 0;
        const int Draws = 2000;
        uint draw()
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return state;
        }

        for (int i = 1; i <= Draws; i++)
        {
            uint a = draw();
            uint b = draw();
            int wanted = (int)((a & 0xFFFF) + (a >> 16) + (b & 0xFFFF) + (b >> 16)) - 131070;
            if (i is 1 or 2 or Draws)
            {
                Same([wanted, unchecked((int)b)], 0, Programs.Run(Programs.Network([0, unchecked((int)2463534242)], code), i));
            }

            sum += wanted;
            squares += (double)wanted * wanted;
        }

        double deviation = Math.Sqrt(Math.Pow(2, 32) / 3);
        Assert.InRange(sum / Draws / deviation, -4 / Math.Sqrt(Draws), 4 / Math.Sqrt(Draws));
        Assert.InRange(squares / Draws / (deviation * deviation), 0.9, 1.1);
    }

    [Fact]
    public void An_edge_counts_once_and_a_hold_lasts_its_steps()
    {
        int[] up = [Operation.Advance1, 0, 0, -1000, 1000, 0, 0, 10, 0, 0, 3];
        int[] edge = [.. up, Operation.EdgeSpike, 0, 30, 1, -1, 0];
        Assert.Equal(1, Programs.Run(Programs.Network([0, 0], edge), 20).Spikes);
        Assert.Equal(0, Programs.Run(Programs.Network([40, -1], edge), 20).Spikes);

        // At 30 back to 0 and held there for 4 steps: a count of 5, which goes down first.
        int[] held =
        [
            .. up, Operation.Hold, 0, 1, 2, Operation.Spike, 0, 30, 2, 3,
            0, 0, 0, 0, 0, 0, 0, 0, -1000, 1000,
            1, 0, 1, 0, 0, 0, 0, 0, -1000, 1000,
            2, 0, 0, 0, 0, 5, 0, 0, 0, 1000,
        ];
        Assert.Equal(1, Programs.Run(Programs.Network([0, 0, 0], held), 3 + 4 + 2).Spikes);
        Assert.Equal(2, Programs.Run(Programs.Network([0, 0, 0], held), 3 + 4 + 3).Spikes);
    }

    [Fact]
    public void Registers_change_places_and_events_set_without_a_spike()
    {
        Same([2, 1], 0, Programs.Run(Programs.Network([1, 2], [Operation.Exchange, 0, 1])));
        Same([9, 9], 0, Programs.Run(Programs.Network([9, 2], [Operation.When, 0, 9, 1, 1, 0, 1, 0, 0, 0, 0, 0, -100, 100])));
        Same([8, 2], 0, Programs.Run(Programs.Network([8, 2], [Operation.When, 0, 9, 1, 1, 0, 1, 0, 0, 0, 0, 0, -100, 100])));
    }

    private static void Same(int[] registers, int spikes, (int[] Registers, int Spikes) found)
    {
        Assert.Equal(registers, found.Registers);
        Assert.Equal(spikes, found.Spikes);
    }

    private static int Small(Random random) => random.Next(-1_000_000_000, 1_000_000_000) >> random.Next(12);

    private static long Run(int[] start, int[] code, params int[][] tables) => Programs.Run(Programs.Network(start, code, tables))
        .Registers[0];

    private static long Floor(BigInteger value, int shift) => (long)(value >> shift);

    private static long Clip(long value, int least, int most) => Math.Clamp(value, least, most);
}
