// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

/// <summary>Damaged files: whatever stands in them, the reader and the compiler answer with findings that have a place, never with a
/// crash.</summary>
public sealed class FuzzTests
{
    private const string Letters = "abz019 .,:-[]{}#'\"&*!|>%@`\n\t\0µ";

    private static readonly string[] s_words = ["1e308", "-1", "0", "nan", "null", "~", "[]", "{}", "ms", "20 ms", "-0.0 mV",
        "99999999999999999999", "&a", "*a", "all", "true"];
    private static readonly (string Path, string Text)[] s_seeds =
        Directory.GetFiles(NetworkTexts.Examples(), "*.yaml").Order(StringComparer.Ordinal)
        .Append(Path.Combine(NetworkTexts.Examples(), "sound-localization", "network.yaml")).Select(p => (p, File.ReadAllText(p)))
        .Append((Path.Combine(NetworkTexts.Examples(), "good.yaml"), NetworkTexts.Good)).ToArray();

    [Fact]
    public void Damage_is_reported_never_thrown()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(1500);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            (string path, string text) = s_seeds[random.Next(s_seeds.Length)];
            string damaged = Damage(text, random);
            try
            {
                NetworkFile.Parse(damaged, path);
            }
            catch (NetworkFileException e)
            {
                Assert.NotEmpty(e.Diagnostics);
                Assert.All(e.Diagnostics, d =>
                {
                    Assert.True(d.Line >= 1, d.ToString());
                    Assert.NotEmpty(d.Message);
                    Assert.NotEmpty(d.Hint);
                });
            }
        }).Check(config);
    }

    [Fact]
    public void What_is_read_compiles_or_is_refused()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(150);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            string text = Swap(NetworkTexts.Good, random).Replace("duration: 1 s", "duration: 50 ms", StringComparison.Ordinal);
            try
            {
                NetworkCompiler.Compile(NetworkFile.Parse(text, "net.yaml"));
            }
            catch (NetworkFileException e)
            {
                Assert.NotEmpty(e.Diagnostics);
            }
        }).Check(config);
    }

    [Fact]
    public void A_damaged_front_end_compiles_or_is_refused()
    {
        string path = Path.Combine(NetworkTexts.Examples(), "sound-localization", "network.yaml");
        string text = File.ReadAllText(path).Replace("duration: 1 s", "duration: 20 ms", StringComparison.Ordinal);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(150);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            try
            {
                NetworkCompiler.Compile(NetworkFile.Parse(Swap(text, new Random(seed)), path));
            }
            catch (NetworkFileException e)
            {
                Assert.NotEmpty(e.Diagnostics);
            }
        }).Check(config);
    }

    private static string Damage(string text, Random random)
    {
        StringBuilder damaged = new(text);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(damaged.Length);
            switch (random.Next(5))
            {
                case 0:
                    damaged.Remove(at, Math.Min(random.Next(1, 20), damaged.Length - at));
                    break;
                case 1:
                    damaged.Insert(at, Letters[random.Next(Letters.Length)]);
                    break;
                case 2:
                    damaged[at] = Letters[random.Next(Letters.Length)];
                    break;
                case 3:
                    damaged.Insert(at, s_words[random.Next(s_words.Length)]);
                    break;
                default:
                    return Swap(damaged.ToString(), random);
            }
        }

        return damaged.ToString();
    }

    // Gives one field another value.
    private static string Swap(string text, Random random)
    {
        string[] lines = text.Split('\n');
        int[] fields = Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains(": ", StringComparison.Ordinal)).ToArray();
        if (fields.Length > 0)
        {
            int line = fields[random.Next(fields.Length)];
            lines[line] = lines[line][..(lines[line].IndexOf(": ", StringComparison.Ordinal) + 2)] + s_words[random.Next(s_words.Length)];
        }

        return string.Join('\n', lines);
    }
}
