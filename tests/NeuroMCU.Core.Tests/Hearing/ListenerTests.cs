// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Hearing;

namespace NeuroMCU.Core.Tests.Hearing;

/// <summary>A listener turns blocks of sound into spikes of two populations and says where sounds begin and end.</summary>
public sealed class ListenerTests
{
    private const int BlockTime = 100_000;
    private const int Before = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(7_654_321)]
    public void The_spikes_of_each_ear_and_band_come_out_of_its_source(long start)
    {
        (short[] left, short[] right) = Ears.Noise(3 * Ears.Block);
        List<(int Band, int Ear, int Time)> expected = Ears.Hear(new FrontEnd(Ears.Table()), left, right);
        NetworkEngine engine = new(Tables());
        Run.To(engine, start);
        Listener listener = new(engine, engine.Tables.Hearing[0]);
        listener.Start(start);
        Assert.Equal(start - 1, listener.HeardUntil);
        List<(long, int)> heard = [];
        for (int block = 0; block < 3; block++)
        {
            Block(listener, left, right, block);
            Assert.InRange(listener.HeardUntil, start + ((block + 1) * BlockTime) - listener.FrontEnd.Margin - 1,
                start + ((block + 1) * BlockTime) - 1);
            Run.To(engine, listener.HeardUntil);
            heard.AddRange(Run.Spikes(engine));
            engine.Spikes.Remove(engine.Spikes.Count);
        }

        Run.To(engine, start + (3 * BlockTime));
        heard.AddRange(Run.Spikes(engine));
        int right0 = Before + Ears.Bands + 2;
        Assert.Equal(expected.Select(s => (start + s.Time, (s.Ear == FrontEnd.Left ? Before : right0) + s.Band)).Order(), heard.Order());
        Assert.Equal(8000, listener.SampleRate);
    }

    /// <summary>Three quiet blocks end a sound; what is heard again after it has been forgotten is another one.</summary>
    [Fact]
    public void A_sound_ends_with_the_quiet_after_it()
    {
        (Listener listener, NetworkEngine engine) = Make();
        Assert.Equal("..#+++ee", Hear(listener, engine, "..##...."));
        Assert.Equal(2 * BlockTime, listener.SoundStart);
        listener.Forget();
        Assert.False(listener.HearsSound || listener.IsFresh || listener.HasEnded);
        Assert.Equal(".#+", Hear(listener, engine, ".##")[..3]);
        Assert.Equal(9 * BlockTime, listener.SoundStart);
        listener.Start(0);
        Assert.False(listener.HearsSound || listener.IsFresh || listener.HasEnded);
    }

    [Fact]
    public void A_sound_that_does_not_end_is_ended_after_its_longest_time()
    {
        HearingTable table = Ears.Table();
        table.Parameters[HearingLayout.LongestSound] = 5;
        (Listener listener, NetworkEngine engine) = Make(table);
        Hear(listener, engine, "....");
        for (int block = 1; block <= 5; block++)
        {
            Hear(listener, engine, "#");
            Assert.Equal(block == 5, listener.HasEnded);
        }
    }

    [Fact]
    public void Populations_of_another_size_than_there_are_bands_are_refused()
    {
        NetworkTables tables = Tables();
        tables.Populations[1].Size++;
        Assert.Equal(ImageError.Index, Assert.Throws<ImageException>(() => new NetworkEngine(tables)).Code);
        tables.Populations[3].Size++;
        NetworkEngine engine = new(tables);
        Assert.Equal(ImageError.Index, Assert.Throws<ImageException>(() => new Listener(engine, tables.Hearing[0])).Code);
    }

    /// <summary>The first block of each part is heard, the engine works it off while the others pass, and then the part is
    /// answered.</summary>
    [Fact]
    public void Of_a_sound_that_lasts_the_first_block_of_each_part_is_heard()
        => Assert.Equal("HH!H----!H----!H----!", Plan(5, 5, "#################"));

    [Fact]
    public void A_part_of_silence_is_not_answered_and_the_first_block_after_it_is_at_once()
        => Assert.Equal("HH!HHHHHHHH!HHH!", Plan(1, 3, "##.......####"));

    /// <summary>The sound after the longest one begins with a block that is heard.</summary>
    [Fact]
    public void After_a_sound_has_ended_the_next_block_is_heard()
        => Assert.Equal("HH!H----!H-eHH!H", Plan(5, 5, "############", longest: 9));

    // What the plan does with each block: 'H' heard, '-' passed; '!' after one that is followed by an answer, 'e' by the sound's end.
    private static string Plan(int heardEvery, int answerEvery, string blocks, int longest = 1000)
    {
        HearingTable table = Ears.Table();
        table.Parameters[HearingLayout.HeardEvery] = heardEvery;
        table.Parameters[HearingLayout.FirstAnswer] = 2;
        table.Parameters[HearingLayout.AnswerEvery] = answerEvery;
        table.Parameters[HearingLayout.QuietBlocks] = 100;
        table.Parameters[HearingLayout.LongestSound] = longest;
        (Listener listener, NetworkEngine engine) = Make(table);
        string said = string.Empty;
        foreach (char block in blocks)
        {
            long sound = listener.FrontEnd.SoundFrames;
            long heard = listener.FrontEnd.HeardFrames;
            Hear(listener, engine, block.ToString());
            bool passed = listener.FrontEnd.SoundFrames > sound && listener.FrontEnd.HeardFrames == heard;
            said += (passed ? "-" : "H") + (listener.HasEnded ? "e" : listener.IsDue ? "!" : string.Empty);
            if (listener.HasEnded)
            {
                listener.Forget();
            }
            else if (listener.IsDue)
            {
                listener.NoteAnswer();
            }
        }

        return said;
    }

    // What the listener says after each block: '.' nothing, '#' a sound that begins, '+' goes on, 'e' has ended.
    private static string Hear(Listener listener, NetworkEngine engine, string blocks)
    {
        (short[] left, short[] right) = Ears.Noise(2 * Ears.Block);
        short[] nothing = new short[Ears.Block];
        string said = string.Empty;
        foreach (char block in blocks)
        {
            bool before = listener.HearsSound;
            Block(listener, block == '#' ? left[Ears.Block..] : nothing, block == '#' ? right[Ears.Block..] : nothing, 0);
            Run.To(engine, listener.HeardUntil);
            engine.Spikes.Remove(engine.Spikes.Count);
            said += listener.HasEnded ? 'e' : !listener.HearsSound ? '.' : before ? '+' : '#';
        }

        return said;
    }

    private static void Block(Listener listener, short[] left, short[] right, int block)
    {
        Assert.Equal(Ears.Block, listener.Room);
        listener.FrontEnd.Feed(left, right, block * Ears.Block, Ears.Block);
        listener.EndBlock();
    }

    private static (Listener Listener, NetworkEngine Engine) Make(HearingTable? table = null)
    {
        NetworkEngine engine = new(Tables());
        HearingTable hearing = table ?? Ears.Table();
        (hearing.Left, hearing.Right) = (1, 3);
        return (new Listener(engine, hearing), engine);
    }

    private static NetworkTables Tables()
    {
        HearingTable hearing = Ears.Table();
        (hearing.Left, hearing.Right) = (1, 3);
        NetworkTables tables = Build.Network(
            [Build.Source(Before), Build.Source(Ears.Bands, recorded: true), Build.Source(2), Build.Source(Ears.Bands, recorded: true)],
            null);
        tables.Hearing = [hearing];
        tables.SpikeCapacity = 512;
        return tables;
    }
}
