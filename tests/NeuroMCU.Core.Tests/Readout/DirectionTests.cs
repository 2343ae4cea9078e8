// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Hearing;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Core.Tests.Readout;

/// <summary>
/// The direction read-out on its own: the front end has heard noise, and the test fires the coincidence neurons. Five bands of fine
/// structure and one of the envelope, which only helps to find the rough direction; 13 places, 100 units apart.
/// </summary>
public sealed partial class DirectionTests
{
    private const int Places = 13;
    private const int Middle = 6;
    private const int Step = 100;
    private const int Fine = Ears.Bands - 1;

    [Fact]
    public void Where_all_bands_fire_is_the_direction()
    {
        Rig rig = new();
        for (int place = 0; place < Places; place++)
        {
            rig.Readout.Forget();
            rig.FireAll(place, 2);
            rig.Readout.Evaluate();
            Assert.Equal((place - Middle) * Step, rig.Readout.Position);
            Assert.Equal((place - Middle) * 15 * Step, rig.Readout.Value);
            Assert.Equal((true, 1000, Doubt.None), (rig.Readout.IsValid, rig.Readout.Confidence, rig.Readout.Doubt));
            Assert.Equal(Enumerable.Range(0, Ears.Bands).Sum(band => 2 * rig.Ears.Levels.Pairs(band)), rig.Readout.Spikes);
        }
    }

    /// <summary>The mean of the spikes around the rough place, to one unit, wherever they lie between places.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    public void Between_two_places_the_mean_counts(int here, int next)
    {
        Rig rig = new();
        foreach (int place in new[] { 1, 5, 6, 10 })
        {
            rig.Readout.Forget();
            rig.FireAll(place, here);
            rig.FireAll(place + 1, next);
            rig.Readout.Evaluate();
            double mean = place + (next / (double)(here + next)) - Middle;
            Assert.InRange(rig.Readout.Position, (mean * Step) - 1, (mean * Step) + 1);
        }
    }

    /// <summary>Three neurons fire per perfect pair of spikes; half of the pairs are enough to be certain, and less is less in
    /// proportion.</summary>
    [Theory]
    [InlineData(1, 1, 666)]
    [InlineData(1, 2, 333)]
    [InlineData(3, 2, 1000)]
    [InlineData(2, 1, 1000)]
    public void Confidence_is_the_share_of_pairs_that_met(int spikes, int pairs, int confidence)
    {
        Rig rig = new(change: p => p[DirectionLayout.LeastConfidence] = 600);
        rig.FireAll(4, spikes, pairs);
        rig.Readout.Evaluate();
        Assert.InRange(rig.Readout.Confidence, confidence - 25, confidence);
        Assert.Equal(confidence > 600, rig.Readout.IsValid);
    }

    [Fact]
    public void Too_few_spikes_are_no_answer()
    {
        Rig rig = new(minSpikes: 10_000);
        rig.FireAll(4, 2);
        rig.Readout.Evaluate();
        Assert.Equal((false, Doubt.FewSpikes), (rig.Readout.IsValid, rig.Readout.Doubt));
        rig.Readout.Forget();
        rig.Readout.Evaluate();
        Assert.Equal((false, 0, 0, Doubt.FewSpikes), (rig.Readout.IsValid, rig.Readout.Spikes, rig.Readout.Confidence, rig.Readout.Doubt));
    }

    /// <summary>Seven neurons on 13 places: the mean of two neurons stands in between them.</summary>
    [Theory]
    [InlineData(3, 3, 6)]
    [InlineData(2, 3, 5)]
    [InlineData(4, 3, 7)]
    [InlineData(0, 0, 0)]
    [InlineData(6, 6, 12)]
    public void Every_second_place_may_have_a_neuron(int first, int second, int place)
    {
        Rig rig = new(stride: 2);
        for (int band = 0; band < Ears.Bands; band++)
        {
            rig.Fire(band, first, 20);
            rig.Fire(band, second, 20);
        }

        // Beside the end of the axis there is only one side.
        rig.Readout.Evaluate();
        Assert.InRange(rig.Readout.Position, ((place - Middle) * Step) - (place == 12 ? 50 : 1),
            ((place - Middle) * Step) + (place == 0 ? 50 : 1));
    }

    /// <summary>Fine structure of a narrow band repeats itself: two places are as good as each other, and the envelope says which
    /// one.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void The_envelope_decides_between_equal_places(int right)
    {
        Rig rig = new();
        for (int band = 0; band < Fine; band++)
        {
            rig.Fire(band, 2, 20);
            rig.Fire(band, 10, 20);
        }

        rig.Fire(Fine, right, 20);
        rig.Readout.Evaluate();
        Assert.Equal((right - Middle) * Step, rig.Readout.Position);

        // Alone it gives a place and no confidence.
        rig.Readout.Forget();
        rig.Fire(Fine, right, 20);
        rig.Readout.Evaluate();
        Assert.Equal(((right - Middle) * Step, 0, false), (rig.Readout.Position, rig.Readout.Confidence, rig.Readout.IsValid));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void The_level_decides_between_equal_places(int right)
    {
        Rig rig = new(level: (heard, place) => place < Middle == right < Middle ? heard : heard + (heard > 0 ? -400 : 400));
        for (int band = 0; band < Fine; band++)
        {
            rig.Fire(band, 2, 20);
            rig.Fire(band, 10, 20);
        }

        rig.Readout.Evaluate();
        Assert.Equal((right - Middle) * Step, rig.Readout.Position);
    }

    /// <summary>A second place as good as the first takes all confidence, less takes less.</summary>
    [Fact]
    public void A_second_direction_takes_confidence_away()
    {
        List<int> confidence = [];
        for (int second = 0; second <= 20; second += 4)
        {
            Rig rig = new();
            for (int band = 0; band < Fine; band++)
            {
                rig.Fire(band, 10, 3 * rig.Ears.Levels.Pairs(band));
                rig.Fire(band, 2, 3 * rig.Ears.Levels.Pairs(band) * second / 20);
            }

            rig.Readout.Evaluate();
            confidence.Add(rig.Readout.Confidence);
            Assert.Equal(second switch { 0 => Doubt.None, 20 => Doubt.SecondDirection, _ => rig.Readout.Doubt }, rig.Readout.Doubt);
        }

        Assert.Equal((1000, 0), (confidence[0], confidence[^1]));
        Assert.Equal(confidence.OrderDescending(), confidence);
        Assert.InRange(confidence[2], 400, 700);
    }

    /// <summary>Four bands of five that say the same are as good as all; one alone may be mistaken by a whole period.</summary>
    [Theory]
    [InlineData(5, 1000, 1000)]
    [InlineData(4, 990, 1000)]
    [InlineData(3, 100, 400)]
    [InlineData(2, 0, 0)]
    [InlineData(1, 0, 0)]
    public void Few_bands_are_little_evidence(int bands, int least, int most)
    {
        Rig rig = new();
        for (int band = 0; band < bands; band++)
        {
            rig.Fire(band, 8, 3 * rig.Ears.Levels.Pairs(band));
        }

        rig.Readout.Evaluate();
        Assert.InRange(rig.Readout.Confidence, least, most);
        Assert.Equal(bands > 3 ? Doubt.None : Doubt.FewBands, rig.Readout.IsValid ? Doubt.None : rig.Readout.Doubt);
    }

    /// <summary>Spikes over a narrow bell are one direction; spikes everywhere within reach are none.</summary>
    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1000)]
    [InlineData(2, 1000)]
    [InlineData(6, 0)]
    public void Spikes_that_are_spread_wide_are_no_direction(int width, int confidence)
    {
        Rig rig = new(halfWidth: 3);
        for (int band = 0; band < Fine; band++)
        {
            for (int place = Middle - width; place <= Middle + width; place++)
            {
                rig.Fire(band, place, (place == Middle ? 3 : 2) * rig.Ears.Levels.Pairs(band));
            }
        }

        rig.Readout.Evaluate();
        Assert.InRange(rig.Readout.Confidence, confidence == 0 ? 0 : 900, confidence);
    }

    /// <summary>Levels that no place of this head explains, all to one side, or low and high bands at different places, come from
    /// another head.</summary>
    [Fact]
    public void Another_head_is_noticed()
    {
        foreach (int sign in new[] { -1, 1 })
        {
            Rig rig = new(level: (heard, _) => heard + (sign * 500));
            rig.FireAll(8, 2);
            rig.Readout.Evaluate();
            Assert.Equal((false, 0, Doubt.OtherHead), (rig.Readout.IsValid, rig.Readout.Confidence, rig.Readout.Doubt));

            Rig tilted = new();
            for (int band = 0; band < Fine; band++)
            {
                tilted.Fire(band, 6 + (band < 2 ? -sign : band > 2 ? sign : 0), 3 * tilted.Ears.Levels.Pairs(band));
            }

            tilted.Readout.Evaluate();
            Assert.Equal((false, Doubt.OtherHead), (tilted.Readout.IsValid, tilted.Readout.Doubt));
            Assert.InRange(tilted.Readout.Confidence, 0, 300);
        }

        // A little louder than the head makes it, as another source would be, is no other head.
        Rig close = new(level: (heard, _) => heard + 10);
        close.FireAll(8, 2);
        close.Readout.Evaluate();
        Assert.Equal(Doubt.None, close.Readout.Doubt);
    }

    [Fact]
    public void An_ear_that_hears_nothing_or_next_to_nothing_is_named()
    {
        (short[] left, short[] right) = Ears.Noise(4000);
        short[] nothing = new short[left.Length];
        short[] loud = [.. right.Select(x => (short)Math.Clamp(4 * x, short.MinValue, short.MaxValue))];
        short[] faint = [.. right.Select(x => (short)(x >> 5))];
        foreach ((short[] l, short[] r, bool fire, int doubt) in new[]
        {
            (nothing, nothing, false, Doubt.FewSpikes), (loud, nothing, false, Doubt.RightEar), (nothing, loud, false, Doubt.LeftEar),
            (left, right, false, Doubt.FewSpikes), (faint, loud, true, Doubt.LeftEar), (loud, faint, true, Doubt.RightEar),
        })
        {
            Rig rig = new(level: (_, place) => (place - Middle) * 20, sound: (l, r));
            if (fire)
            {
                rig.FireAll(8, 2);
            }

            rig.Readout.Evaluate();
            Assert.Equal((false, 0, doubt), (rig.Readout.IsValid, rig.Readout.Confidence, rig.Readout.Doubt));
        }
    }

    /// <summary>What fired before a new sound began in a band belongs to the sound before it.</summary>
    [Fact]
    public void Bands_with_an_onset_begin_anew()
    {
        Rig rig = new();
        int kept = 0;
        for (int band = 0; band < Ears.Bands; band++)
        {
            rig.Fire(band, 3, 10);
            kept += rig.Ears.Levels.IsOnset(band) ? 0 : 10;
        }

        rig.Readout.ForgetOnsets();
        rig.Readout.Evaluate();
        Assert.Equal(kept, rig.Readout.Spikes);
    }

    public static TheoryData<int, int, int> Bounds => new()
    {
        { DirectionLayout.Hearing, 0, 0 },
        { DirectionLayout.Step, 1, 65_536 },
        { DirectionLayout.LevelFactor, 0, 4096 },
        { DirectionLayout.LeastAgreement, 0, 256 },
        { DirectionLayout.WeakFactor, 1, 4096 },
        { DirectionLayout.LeastLevel, 0, 256 },
        { DirectionLayout.LeastConfidence, 0, 1000 },
        { RecordAt(0) + DirectionLayout.Weight, 0, 4096 },
        { RecordAt(5) + DirectionLayout.Weight, 0, 4096 },
        { RecordAt(0) + DirectionLayout.Levels, -65_536, 65_536 },
        { RecordAt(5) + DirectionLayout.Levels + Places - 1, -65_536, 65_536 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Parameters_have_ranges(int at, int least, int most)
    {
        foreach ((int value, bool good) in new[] { (least - 1, false), (least, true), (most, true), (most + 1, false) })
        {
            ImageException? refusal = Record.Exception(() => new Rig(change: p => p[at] = value)) as ImageException;
            Assert.Equal(good ? null : ImageError.Range, refusal?.Code);
        }
    }

    [Fact]
    public void Parameters_that_do_not_fit_each_other_are_refused()
    {
        Refused(ImageError.Shape, p => p[..^1]);
        Refused(ImageError.Shape, p => [.. p, 0]);
        Refused(ImageError.Shape, p => p[..8]);
        Refused(ImageError.Range, p => With(p, DirectionLayout.Places, 12));
        Refused(ImageError.Range, p => With(p, DirectionLayout.Places, 0));
        Refused(ImageError.Range, p => With(p, DirectionLayout.Places, 257));
        Refused(ImageError.Shape, p => With(p, DirectionLayout.Places, 11));
        Refused(ImageError.Range, p => With(p, DirectionLayout.MapPoints, 0));
        Refused(ImageError.Range, p => With(p, DirectionLayout.MapPoints, 256));
        Refused(ImageError.Shape, p => With(p, DirectionLayout.MapPoints, 3));

        // Positions rise; values do not fall; every stride has its number of neurons.
        Refused(ImageError.Order, p => With(p, 10, p[9]));
        Refused(ImageError.Order, p => With(p, 12, p[11] - 1));
        Assert.Null(Problem(p => With(p, 12, p[11])));
        Refused(ImageError.Count, p => With(p, RecordAt(3), 2));
        Refused(ImageError.Range, p => With(p, RecordAt(3), 3));
        Refused(ImageError.Range, p => With(p, RecordAt(3), 0));
    }

    private static int RecordAt(int band) => DirectionLayout.HeadLength + 4 + (band * (DirectionLayout.Levels + Places));

    private static int[] With(int[] parameters, int at, int value)
    {
        int[] copy = [.. parameters];
        copy[at] = value;
        return copy;
    }

    private static void Refused(int code, Func<int[], int[]> change) => Assert.Equal(code, Problem(change));

    private static int? Problem(Func<int[], int[]> change)
    {
        Rig rig = new();
        ReadoutTable table = rig.Table;
        table.Parameters = change(table.Parameters);
        return (Record.Exception(() => new DirectionReadout(table, rig.Engine, rig.Ears)) as ImageException)?.Code;
    }

    private sealed class Rig
    {
        internal Rig(
            int stride = 1,
            int halfWidth = 2,
            int minSpikes = 1,
            Func<int, int, int>? level = null,
            (short[] Left, short[] Right)? sound = null,
            Action<int[]>? change = null)
        {
            Ears = new FrontEnd(Hearing.Ears.Table());
            (short[] left, short[] right) = sound ?? Hearing.Ears.Noise(4000);
            Hearing.Ears.Hear(Ears, left, right);
            int neurons = ((Places - 1) / stride) + 1;
            Engine = new NetworkEngine(new NetworkTables
            {
                Step = 100,
                QueueCapacity = 4,
                SpikeCapacity = 64,
                Populations =
                [
                    .. Enumerable.Range(0, 2 + Hearing.Ears.Bands)
                        .Select(i => new PopulationTable { Model = new SourceModel(), Size = i < 2 ? Hearing.Ears.Bands : neurons }),
                ],
                Hearing = [Hearing.Ears.Table()],
            });
            List<int> parameters = [0, Places, Step, 256, 64, 4096, 0, 500, 2, -600, 600, -9000, 9000];
            for (int band = 0; band < Hearing.Ears.Bands; band++)
            {
                int heard = Ears.Levels.Difference(band);
                parameters.AddRange([stride, band < Fine ? 0 : 128]);
                parameters.AddRange(Enumerable.Range(0, Places).Select(place => level?.Invoke(heard, place) ?? heard));
            }

            Table = new ReadoutTable
            {
                Kind = ReadoutKind.Direction,
                Populations = [.. Enumerable.Range(2, Hearing.Ears.Bands)],
                HalfWidth = halfWidth,
                MinSpikes = minSpikes,
                Parameters = [.. parameters],
            };
            change?.Invoke(Table.Parameters);
            Readout = new DirectionReadout(Table, Engine, Ears);
        }

        internal FrontEnd Ears { get; }

        internal NetworkEngine Engine { get; }

        internal ReadoutTable Table { get; }

        internal DirectionReadout Readout { get; }

        /// <summary>Fires one place in every band, in proportion to the pairs of spikes that there were.</summary>
        internal void FireAll(int place, int spikes, int pairs = 1)
        {
            for (int band = 0; band < Hearing.Ears.Bands; band++)
            {
                Fire(band, place, spikes * Ears.Levels.Pairs(band) / pairs);
            }
        }

        internal void Fire(int band, int neuron, int times)
        {
            int first = (2 * Hearing.Ears.Bands) + (band * Engine.Tables.Populations[2].Size);
            for (int i = 0; i < times; i++)
            {
                Assert.True(Engine.Inject(first + neuron, Engine.Time + 1));
                Engine.Advance(Engine.Time + 1, int.MaxValue);
                Engine.Spikes.Remove(Engine.Spikes.Count);
            }
        }
    }
}
