// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Random;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Laboratory.Localization.Rivals;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>What <c>calibrate-head --confidence</c> is made of: tables that tell two kinds of answers apart.</summary>
public sealed class RivalFitTests
{
    /// <summary>Neither cue alone says anything: a rival has them on different sides of their middle. The third
    /// says nothing at all.</summary>
    [Fact]
    public void Tables_find_a_pattern_that_no_cue_shows_by_itself()
    {
        Example[] training = Examples(1, 2000, (a, b) => a > 0 != b > 0);
        Example[] fresh = Examples(2, 1000, (a, b) => a > 0 != b > 0);

        BoostedTables fitted = BoostedTables.Fit(training, 40);

        Assert.InRange(fresh.Count(e => fitted.Odds(e.Cues) > 0 == e.IsRival), 950, 1000);
    }

    [Fact]
    public void Where_there_is_nothing_to_find_the_odds_stay_near_those_before()
    {
        MersenneTwister coin = new(5);
        Example[] training = [.. Examples(3, 2000, (_, _) => coin.Next(4) == 0)];

        BoostedTables fitted = BoostedTables.Fit(training, 1);

        // One rival in four: ln(1/3); a table of leaves of 125 examples moves that by little.
        Assert.InRange(fitted.Prior, Math.Log(1 / 3.0) - 0.15, Math.Log(1 / 3.0) + 0.15);
        Assert.All(Examples(4, 200, (_, _) => true), e => Assert.InRange(fitted.Odds(e.Cues) - fitted.Prior, -0.35, 0.35));
    }

    /// <summary>Examples of weight 3 count as three of weight 1.</summary>
    [Fact]
    public void Weights_count_as_so_many_examples()
    {
        Example[] once = Examples(6, 600, (a, b) => a + b > 0);
        Example[] heavy = [.. once.Select(e => e with { Weight = e.IsRival ? 3 : 1 })];
        Example[] thrice = [.. once.SelectMany(e => Enumerable.Repeat(e, e.IsRival ? 3 : 1))];

        Assert.Equal(BoostedTables.Fit(thrice, 1).Prior, BoostedTables.Fit(heavy, 1).Prior, 9);
    }

    [Fact]
    public void The_first_question_is_the_highest_bit_of_the_pattern()
    {
        BoostedTable table = new([(0, 10), (1, 20), (2, 30), (0, -5)], [.. Enumerable.Range(0, 16).Select(i => (double)i)]);

        Assert.Equal(0b0001, table.Pattern([9, 19, 29]));
        Assert.Equal(0b1001, table.Pattern([10, 19, 29]));
        Assert.Equal(0b0101, table.Pattern([9, 20, 29]));
        Assert.Equal(0b0010, table.Pattern([-6, 19, 30]));
    }

    [Fact]
    public void Generated_sounds_are_sound_and_the_same_every_time()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            float[] sound = TrainingSounds.Next(new MersenneTwister(seed));
            Assert.Equal(sound, TrainingSounds.Next(new MersenneTwister(seed)));
            Assert.All(sound, v => Assert.True(float.IsFinite(v)));
            Assert.True(sound.Max(Math.Abs) > 0, $"sound {seed} is silence");
        }
    }

    /// <summary>A rival that explains nothing leaves every answer as it is but for what counts less beside rivals.</summary>
    [Fact]
    public void A_rival_that_explains_nothing_makes_no_answer_unsure()
    {
        string shipped = ShippedExample.Folder();
        string folder = Directory.CreateTempSubdirectory("neuromcu-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(shipped, "*.*").Concat(Directory.GetFiles(Path.Combine(shipped, "delays"))))
            {
                string target = Path.Combine(folder, Path.GetRelativePath(shipped, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            File.WriteAllText(Path.Combine(folder, "rivals.csv"), RivalFit.Nothing);
            OfflineListener with = new(NetworkCompiler.Compile(NetworkFile.Load(Path.Combine(folder, "network.yaml"))).Tables);
            string bare = Path.Combine(folder, "bare.yaml");
            File.WriteAllLines(bare, File.ReadLines(Path.Combine(folder, "network.yaml"))
                .Where(line => !line.TrimStart().StartsWith("rivals:", StringComparison.Ordinal)));
            OfflineListener without = new(NetworkCompiler.Compile(NetworkFile.Load(bare)).Tables);
            foreach (var recording in Listening.Of("snap").Concat(Listening.Of("click")))
            {
                PcmSound sound = PcmSound.Of(VirtualBench.Audio.WavReader.Read(recording.Path), 8000);
                Assert.True(with.Hear(sound).Confidence >= without.Hear(sound).Confidence, recording.Path);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Example[] Examples(int seed, int count, Func<int, int, bool> isRival)
    {
        MersenneTwister random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int[] cues = [random.Next(201) - 100, random.Next(201) - 100, random.Next(201) - 100];
            return new Example(cues, isRival(cues[0], cues[1]), 1);
        })];
    }
}
