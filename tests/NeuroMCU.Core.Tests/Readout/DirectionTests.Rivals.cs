// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Tests.Hearing;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Core.Tests.Readout;

/// <summary>Rivals: decision tables over the cues of the bands, whose odds make an answer unsure.</summary>
public sealed partial class DirectionTests
{
    private const int Distance = Ears.Bands * DirectionLayout.BandCues;

    /// <summary>The first question is the highest bit of the pattern; left is the mirror of right.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(2, 12)]
    [InlineData(3, 14)]
    [InlineData(4, 15)]
    public void Four_answers_choose_the_odds(int distance, int pattern)
    {
        (int, int)[] questions = [(Distance, 256), (Distance, 512), (Distance, 768), (Distance, 1024)];
        for (int odds = 0; odds < 16; odds++)
        {
            int[] tail = [1, 1, .. Asking(questions, p => p == odds ? 1 : -127)];
            foreach (int place in new[] { Middle - distance, Middle + distance })
            {
                DirectionReadout heard = Heard(tail, rig => rig.FireAll(place, 2));
                Assert.Equal(odds == pattern ? (false, Doubt.OtherHead) : (true, Doubt.None), (heard.IsValid, heard.Doubt));
                Assert.Equal((place - Middle) * Step, heard.Position);
            }
        }
    }

    /// <summary>Odds of a rival's tables add up, the best rival counts, and a quarter below even odds nothing is lost.</summary>
    [Theory]
    [InlineData(new[] { 60, -61 }, new[] { -127 }, 62)]
    [InlineData(new[] { 60, -60 }, new[] { -127 }, 0)]
    [InlineData(new[] { 60, -76 }, new[] { -16 }, 1000)]
    [InlineData(new[] { 127, -128, -11 }, new[] { -100 }, 750)]
    [InlineData(new[] { -128, -128, 1 }, new[] { 3 }, 0)]
    [InlineData(new[] { 3 }, new[] { -128, -128 }, 0)]
    public void Odds_add_up_and_the_best_rival_counts(int[] first, int[] second, int confidence)
    {
        (int, int)[] never = [(0, 32767), (0, 32767), (0, 32767), (0, 32767)];
        int[] tail = [2, first.Length, second.Length, .. first.Concat(second)
            .SelectMany(odds => Asking(never, p => p == 0 ? odds : -odds))];
        Assert.Equal(confidence, Heard(tail, rig => rig.FireAll(4, 2)).Confidence);
    }

    [Theory]
    [InlineData(DirectionLayout.LevelCue, 20)]
    [InlineData(DirectionLayout.LevelCue, -20)]
    public void The_level_cue_is_what_was_heard_over_the_expected_outwards(int cue, int off)
    {
        foreach (int side in new[] { -1, 1 })
        {
            int asked = (2 * DirectionLayout.BandCues) + cue;
            Func<int, bool> fits = from => !Heard(Only(asked, from), rig => rig.FireAll(Middle + (3 * side), 2), (heard, _) => heard - off)
                .IsValid;
            Assert.True(fits(off * side));
            Assert.False(fits((off * side) + 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_place_cue_is_that_of_the_band_beyond_the_answer(int beyond)
    {
        foreach (int side in new[] { -1, 1 })
        {
            // A quarter of one band's spikes lies on the next place: 64/256 off by itself, and a twentieth of this in the mean of five
            // bands.
            void Fire(Rig rig)
            {
                rig.FireAll(Middle + (3 * side), 2);
                rig.Fire(2, Middle + ((3 + beyond) * side), 2 * rig.Ears.Levels.Pairs(2) / 3);
            }

            bool Fits(int from) => !Heard(Only((2 * DirectionLayout.BandCues) + DirectionLayout.PlaceCue, from), Fire).IsValid;
            Assert.True(Fits(beyond > 0 ? 40 : -60));
            Assert.False(Fits(beyond > 0 ? 60 : -40));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(-35)]
    public void The_slope_cue_is_the_level_of_the_whole_sound_over_that_expected_of_the_highest_band(int off)
    {
        foreach (int side in new[] { -1, 1 })
        {
            Rig rig = new(level: (heard, _) => heard - off);
            rig.FireAll(Middle + (3 * side), 2);
            rig.Readout.Evaluate();
            int expected = rig.Ears.Levels.SlopeDifference() - rig.Ears.Levels.Difference(Fine - 1) + off;
            Assert.Equal(side * expected, rig.Readout.Cue(Distance + DirectionLayout.SlopeCue));
        }
    }

    [Fact]
    public void Share_and_weight_of_a_band_are_cues()
    {
        // Two of the three neurons that fire for a pair of spikes; the envelope's weight is fixed.
        Assert.True(Fits(DirectionLayout.ShareCue, 170));
        Assert.False(Fits(DirectionLayout.ShareCue, 171));
        int envelope = Fine * DirectionLayout.BandCues;
        Assert.True(Fits(envelope + DirectionLayout.WeightCue, 128));
        Assert.False(Fits(envelope + DirectionLayout.WeightCue, 129));

        static bool Fits(int cue, int from) => !Heard(Only(cue, from), rig => rig.FireAll(4, 2)).IsValid;
    }

    [Fact]
    public void A_band_that_heard_nothing_has_no_cues()
    {
        foreach (int cue in Enumerable.Range(2 * DirectionLayout.BandCues, DirectionLayout.BandCues))
        {
            void Fire(Rig rig)
            {
                foreach (int band in Enumerable.Range(0, Ears.Bands).Where(band => band != 2))
                {
                    rig.Fire(band, 4, 2 * rig.Ears.Levels.Pairs(band));
                }
            }

            Assert.False(Heard(Only(cue, 0), Fire, (heard, _) => heard - 10).IsValid);
            Assert.True(Heard(Only(cue, 1), Fire, (heard, _) => heard - 10).IsValid);
        }
    }

    /// <summary>High bands that are spread out by themselves, as those of a sound that moves, are doubtful; a low one may be.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(4, false)]
    public void High_bands_that_are_spread_out_are_a_sound_that_moves(int band, bool sure)
    {
        Rig rig = new();
        rig.FireAll(Middle, 2);
        foreach (int high in band == 0 ? new[] { 0 } : [2, 3, 4])
        {
            foreach (int place in new[] { Middle - 3, Middle - 2, Middle + 2, Middle + 3 })
            {
                rig.Fire(high, place, rig.Ears.Levels.Pairs(high));
            }
        }

        rig.Readout.Evaluate();
        Assert.Equal(sure ? (true, Doubt.None) : (false, Doubt.Spread), (rig.Readout.IsValid, rig.Readout.Doubt));
    }

    [Fact]
    public void Rivals_are_checked()
    {
        int[] table = [.. Asking([(0, 0), (0, 0), (0, 0), (Distance, 0)], _ => 0)];
        Assert.Null(Problem(p => [.. p, 1, 1, .. table]));
        Assert.Null(Problem(p => [.. p, 2, 1, 2, .. table, .. table, .. table]));
        Refused(ImageError.Shape, p => [.. p, 0]);
        Refused(ImageError.Shape, p => [.. p, 0, 1]);
        Refused(ImageError.Shape, p => [.. p, -1, 1, .. table]);
        Refused(ImageError.Shape, p => [.. p, int.MaxValue, 1, .. table]);
        Refused(ImageError.Shape, p => [.. p, DirectionLayout.MaxRivals + 1, 1, .. table]);
        Refused(ImageError.Shape, p => [.. p, 1]);
        Refused(ImageError.Shape, p => [.. p, 2, 1]);
        Refused(ImageError.Shape, p => [.. p, 1, 0]);
        Refused(ImageError.Shape, p => [.. p, 1, -1, .. table]);
        Refused(ImageError.Shape, p => [.. p, 1, DirectionLayout.MaxTables + 1, .. Enumerable.Repeat(table, DirectionLayout.MaxTables + 1)
            .SelectMany(t => t)]);
        Refused(ImageError.Shape, p => [.. p, 1, 2, .. table]);
        Refused(ImageError.Shape, p => [.. p, 1, 1, .. table, 0]);
        Refused(ImageError.Shape, p => [.. p, 1, 1, .. table.Take(7)]);
        for (int i = 0; i < DirectionLayout.Questions; i++)
        {
            int at = i;
            Refused(ImageError.Range, p => [.. p, 1, 1, .. With(table, at, (Distance + DirectionLayout.SoundCues) << 16)]);
            Refused(ImageError.Range, p => [.. p, 1, 1, .. With(table, at, -65536)]);
            Refused(ImageError.Range, p => [.. p, 1, 2, .. table, .. With(table, at, -65536)]);
        }
    }

    private static DirectionReadout Heard(int[] tail, Action<Rig> fire, Func<int, int, int>? level = null)
    {
        Rig rig = new(level: level);
        rig.Table.Parameters = [.. rig.Table.Parameters, .. tail];
        rig.Table.Parameters[DirectionLayout.LeastConfidence] = 100;
        DirectionReadout readout = new(rig.Table, rig.Engine, rig.Ears);
        fire(rig);
        readout.Evaluate();
        return readout;
    }

    // One rival with one table, which fits when a cue is at least so large.
    private static int[] Only(int cue, int from) =>
        [1, 1, .. Asking(Enumerable.Repeat((cue, from), DirectionLayout.Questions), p => p == 15 ? 1 : -127)];

    private static IEnumerable<int> Asking(IEnumerable<(int Cue, int From)> questions, Func<int, int> odds) =>
    [
        .. questions.Select(q => (q.Cue << 16) | (q.From & 65535)),
        .. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Sum(k => (odds((4 * i) + k) & 255) << (8 * k))),
    ];
}
