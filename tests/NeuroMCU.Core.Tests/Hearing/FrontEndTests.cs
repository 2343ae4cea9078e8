// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Hearing;

namespace NeuroMCU.Core.Tests.Hearing;

public sealed class FrontEndTests
{
    // Spike times in µs of the bands of fine structure, left then right ear, from an independent implementation of the same integer
    // arithmetic
    // in C.
    private static readonly int[][] s_expected =
    [
        [88747, 90820, 95940, 97967, 137373, 144943, 151463, 188436, 190358],
        [88479, 90478, 95568, 97592, 136998, 144568, 151088, 188061, 189983],
        [90008, 91396, 95829, 97053, 98608, 113335, 136750, 138027, 155115, 176265],
        [89634, 91008, 95454, 96678, 98233, 112960, 137652, 177149, 188970, 199804],
        [93551, 94466, 95446, 96336, 97243, 109339, 110785, 111549, 139730, 141604],
        [93176, 94091, 95071, 95961, 96868, 108964, 110410, 111174, 139355, 141229],
        [91600, 93937, 94464, 95986, 98038, 102509, 104293, 109059, 109677, 111245],
        [91225, 93562, 94089, 95611, 97663, 102134, 103918, 108684, 109302, 110870],
        [89462, 90333, 90795, 91804, 97845, 101227, 101689, 109453, 166315, 171938],
        [89087, 89958, 90420, 91429, 97470, 100852, 101314, 109078, 165940, 171563],
    ];

    [Fact]
    public void Spikes_are_those_of_the_reference_to_the_microsecond()
    {
        (short[] left, short[] right) = Ears.Noise(2 * Ears.Block);

        var spikes = Ears.Hear(new FrontEnd(Ears.Table()), left, right);

        for (int k = 0; k < s_expected.Length; k++)
        {
            Assert.Equal(s_expected[k], spikes.Where(s => s.Band == k / 2 && s.Ear == k % 2).Select(s => s.Time));
        }

        Assert.Equal(spikes.Select(s => s.Time), spikes.Select(s => s.Time).Order());
    }

    [Fact]
    public void The_same_wave_three_samples_later_gives_the_same_spikes_375_us_later()
    {
        (short[] left, short[] right) = Ears.Noise(2 * Ears.Block);

        var spikes = Ears.Hear(new FrontEnd(Ears.Table()), left, right);

        // In the onset's block both ears choose the same crossings of the 1200 Hz band.
        int[] late = spikes.Where(s => s.Band == 2 && s.Ear == FrontEnd.Left && s.Time > 92000 && s.Time < 100000).Select(s => s.Time)
            .ToArray();
        int[] early = spikes.Where(s => s.Band == 2 && s.Ear == FrontEnd.Right && s.Time > 92000 && s.Time < 100000).Select(s => s.Time)
            .ToArray();
        Assert.NotEmpty(late);
        Assert.All(late.Zip(early, (a, b) => a - b), delay => Assert.InRange(delay, 373, 377));
    }

    [Fact]
    public void It_does_not_matter_in_which_pieces_sound_comes()
    {
        (short[] left, short[] right) = Ears.Noise(2 * Ears.Block);
        var whole = Ears.Hear(new FrontEnd(Ears.Table()), left, right);

        Prop.ForAll(Gen.Choose(1, 150).ToArbitrary(), half => Ears.Hear(new FrontEnd(Ears.Table()), left, right, 2 * half)
            .SequenceEqual(whole))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Swapping_the_ears_swaps_the_spikes()
    {
        (short[] left, short[] right) = Ears.Noise(2 * Ears.Block);

        var spikes = Ears.Hear(new FrontEnd(Ears.Table()), left, right);
        var swapped = Ears.Hear(new FrontEnd(Ears.Table()), right, left);

        Assert.Equal(Sorted(spikes), Sorted(swapped.Select(s => (s.Band, 1 - s.Ear, s.Time))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Silence_is_not_filtered_and_gives_no_spike(short level)
    {
        FrontEnd frontEnd = new(Ears.Table());
        short[] quiet = Enumerable.Repeat(level, 8000).ToArray();

        var spikes = Ears.Hear(frontEnd, quiet, quiet);

        Assert.Empty(spikes);
        Assert.Equal(0, frontEnd.BandSamples);
    }

    [Fact]
    public void The_offset_of_a_microphone_changes_no_spike()
    {
        // Quiet beside the offset: a step would be louder than the sound.
        (short[] left, short[] right) = Quiet(600);
        var wanted = Ears.Hear(new FrontEnd(Ears.Table()), left, right);
        Assert.NotEmpty(wanted);

        Prop.ForAll(Gen.Choose(-7000, 7000).ToArbitrary(), Gen.Choose(-7000, 7000).ToArbitrary(), (a, b) =>
            Ears.Hear(new FrontEnd(Ears.Table()), Moved(left, _ => a), Moved(right, _ => b)).SequenceEqual(wanted))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(2000)]
    [InlineData(-20)]
    [InlineData(-300)]
    [InlineData(-2000)]
    [InlineData(32767)]
    [InlineData(-32768)]
    public void An_offset_alone_is_silence_at_either_ear(short offset)
    {
        short[] rest = new short[4000];
        short[] high = Moved(rest, _ => offset);
        foreach ((short[] left, short[] right) in new[] { (high, high), (high, rest), (rest, high) })
        {
            FrontEnd frontEnd = new(Ears.Table());
            Assert.Empty(Ears.Hear(frontEnd, left, right));
            Assert.Equal(0, frontEnd.BandSamples);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_offset_that_has_drifted_makes_no_step_where_the_sound_begins(int sign)
    {
        (short[] left, short[] right) = Quiet(600);
        const int Wait = 10 * Ears.Block;
        const int Drift = 400;
        int Ramp(int i) => sign * Math.Min(i, Wait) * Drift / Wait;
        short[] Late(short[] sound, Func<int, int> offset) => Moved([.. new short[Wait], .. sound], offset);

        var wanted = Ears.Hear(new FrontEnd(Ears.Table()), Late(left, _ => 0), Late(right, _ => 0));
        var drifted = Ears.Hear(new FrontEnd(Ears.Table()), Late(left, Ramp), Late(right, i => -Ramp(i)));

        // The last slope of the drift, a step of one, may move a crossing by a microsecond.
        Assert.Equal(wanted.Select(s => (s.Band, s.Ear)), drifted.Select(s => (s.Band, s.Ear)));
        Assert.All(wanted.Zip(drifted, (a, b) => a.Time - b.Time), difference => Assert.InRange(difference, -2, 2));
    }

    [Fact]
    public void A_fast_wander_of_the_offset_is_no_sound()
    {
        // A third of a hertz with a tenth of full scale: 6 steps per sample, 20 Hz hum of a cable included.
        short[] left = Moved(new short[24_000], i => (int)(3000 * Math.Sin(2 * Math.PI * 0.33 * i / 8000)));
        short[] right = Moved(new short[24_000], i => (int)(3000 * Math.Cos(2 * Math.PI * 0.33 * i / 8000)));

        Assert.Empty(Ears.Hear(new FrontEnd(Ears.Table()), left, right));
    }

    [Fact]
    public void After_a_gap_the_ears_settle_anew()
    {
        (short[] left, short[] right) = Quiet(400);
        List<int> After(int offset)
        {
            FrontEnd frontEnd = new(Ears.Table());
            frontEnd.Reset();
            frontEnd.Feed(new short[400], new short[400], 0, 400);
            frontEnd.Skip(400);
            Assert.Equal(0, frontEnd.EndBlock());
            frontEnd.Feed(Moved(left, _ => offset), Moved(right, _ => -offset), 0, 400);
            return [.. Enumerable.Range(0, frontEnd.EndBlock()).Select(frontEnd.SpikeTime)];
        }

        Assert.NotEmpty(After(0));
        Assert.Equal(After(0), After(1500));
        Assert.Equal(After(0), After(-1500));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(0, -700)]
    [InlineData(3000, 3000)]
    [InlineData(-9000, 20)]
    public void A_jump_of_the_offset_is_known_from_a_sound(int leftJump, int rightJump)
    {
        short[] Jump(short[] sound, int by) => Moved([.. new short[2000], .. sound, .. new short[2000]], i => i < 2200 ? 0 : by);
        (short[] left, short[] right) = Ears.Noise(1600);
        FrontEnd frontEnd = new(Ears.Table());

        Ears.Hear(frontEnd, Jump([], leftJump), Jump([], rightJump));
        Assert.True(frontEnd.IsStep);

        Ears.Hear(frontEnd, left, right);
        Assert.False(frontEnd.IsStep);

        // A tone of the same height beside the jump stays a sound.
        int height = Math.Max(Math.Abs(leftJump), Math.Abs(rightJump));
        short[] tone = [.. Enumerable.Range(0, 1600).Select(i => (short)(height * Math.Sin(2 * Math.PI * 1200 * i / 8000)))];
        Ears.Hear(frontEnd, Jump(tone, leftJump), Jump(tone, rightJump));
        Assert.False(frontEnd.IsStep);

        // Nor does an old jump make a step of the sound after it.
        frontEnd.Forget();
        Assert.False(frontEnd.IsStep);
    }

    [Fact]
    public void A_block_sends_no_more_spikes_than_it_may()
    {
        (short[] left, short[] right) = Ears.Noise(8 * Ears.Block);

        Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), most =>
        {
            var spikes = Ears.Hear(new FrontEnd(Ears.Table(most)), left, right);
            return spikes.GroupBy(s => (s.Band, s.Ear, (s.Time + 250) / 100000)).All(g => g.Count() <= most + 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_largest_sound_there_is_does_not_overflow_a_filter()
    {
        // A square wave of full scale at each band's centre excites its resonators most.
        foreach (int frequency in (int[])[400, 490, 800, 1200, 1700, 2500])
        {
            short[] wave = Enumerable.Range(0, 4000).Select(i => Math.Sin(2 * Math.PI * frequency * i / 8000) >= 0 ? short.MaxValue
                : short.MinValue).ToArray();
            FrontEnd frontEnd = new(Ears.Table());

            var spikes = Ears.Hear(frontEnd, wave, wave);

            // An overflow would show as a level beyond what the filters can give, or as ears that disagree.
            Assert.All(Enumerable.Range(0, Ears.Bands), band => Assert.InRange(frontEnd.Levels.Level(band), 0, 1 << 21));
            Assert.Equal(Sorted(spikes.Where(s => s.Ear == 0)), Sorted(spikes.Where(s => s.Ear == 1).Select(s => (s.Band, 0, s.Time))));
        }
    }

    [Fact]
    public void Level_difference_is_that_of_the_ears()
    {
        (short[] left, short[] right) = Ears.Noise(4 * Ears.Block);
        FrontEnd frontEnd = new(Ears.Table());

        Ears.Hear(frontEnd, left, right);

        // A factor of two is 256; the ears choose their crossings independently, which leaves a few dB.
        Assert.All(Enumerable.Range(0, Ears.Bands), band => Assert.InRange(frontEnd.Levels.Difference(band), 256 - 40, 256 + 40));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        int[] good = Ears.Table().Parameters;
        int[] bad = [int.MinValue, int.MaxValue];
        for (int i = 0; i < good.Length; i++)
        {
            foreach (int value in bad)
            {
                HearingTable table = Ears.Table();
                table.Parameters[i] = value;

                Assert.Throws<ImageException>(() => new FrontEnd(table));
            }
        }

        Assert.Throws<ImageException>(() => new FrontEnd(new HearingTable { SampleRate = 8000, Parameters = good[..^1] }));
        Assert.Throws<ImageException>(() => new FrontEnd(new HearingTable { SampleRate = 44100, Parameters = good }));
    }

    /// <summary>Twice as high a sound has slopes twice as steep; Octaves errs by 4.3/256 for each ear.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 1)]
    [InlineData(3, 16)]
    public void Slopes_tell_by_how_much_an_ear_hears_more(int left, int right)
    {
        FrontEnd ears = new(Ears.Table());
        (short[] noise, _) = Ears.Noise(3200);
        Ears.Hear(ears, Times(noise, left), Times(noise, right));

        int expected = (int)Math.Round(256 * Math.Log2((double)right / left));
        Assert.InRange(ears.Levels.SlopeDifference(), expected - 9, expected + 9);
    }

    /// <summary>Loud at the left, then at the right: the part since then is that of the right alone, the whole of both.</summary>
    [Fact]
    public void Slopes_of_a_part_are_those_since_it_began()
    {
        FrontEnd ears = new(Ears.Table());
        (short[] noise, _) = Ears.Noise(6400);
        short[] later = noise[3200..];
        Ears.Hear(ears, Times(later, 2), Times(later, 1));
        int before = ears.Levels.SlopeDifference();
        ears.Levels.ForgetPart();
        for (int at = 0; at < later.Length;)
        {
            int count = Math.Min(ears.Room, later.Length - at);
            ears.Feed(Times(later, 1), Times(later, 2), at, count);
            at += count;
            ears.EndBlock();
        }

        Assert.InRange(before, -256 - 9, -256 + 9);
        Assert.InRange(ears.Levels.SlopeDifference(), -9, 9);
        ears.Levels.OfPart = true;
        Assert.InRange(ears.Levels.SlopeDifference(), 256 - 9, 256 + 9);
    }

    /// <summary>What was heard before an onset in most bands counts no more.</summary>
    [Fact]
    public void Slopes_before_an_onset_are_forgotten()
    {
        FrontEnd ears = new(Ears.Table());
        (short[] noise, _) = Ears.Noise(4000);
        short[] quiet = noise[..400];
        short[] loud = Times(noise[800..], 8);
        Ears.Hear(ears, [.. Times(quiet, 4), .. loud], [.. Times(quiet, 1), .. loud]);

        Assert.InRange(ears.Levels.SlopeDifference(), -3, 3);
    }

    private static short[] Times(short[] sound, int factor)
        => Array.ConvertAll(sound, v => (short)Math.Clamp(v * factor / 8, -32768, 32767));

    [Fact]
    public void Octaves_are_logarithms()
    {
        for (int x = 1; x < 1 << 20; x += 1 + (x / 97))
        {
            Assert.Equal(256 * Math.Log2(x), Loudness.Octaves(x), 4.3);
        }
    }

    // Noise from the right of some 130 steps.
    private static (short[] Left, short[] Right) Quiet(int frames)
    {
        (short[] left, short[] right) = Ears.Noise(frames);
        return (Array.ConvertAll(left, v => (short)(v / 32)), Array.ConvertAll(right, v => (short)(v / 32)));
    }

    private static short[] Moved(short[] samples, Func<int, int> offset) => [.. samples.Select((v, i) => (short)(v + offset(i)))];

    private static IEnumerable<(int, int, int)> Sorted(IEnumerable<(int, int, int)> spikes) => spikes.Order();
}
