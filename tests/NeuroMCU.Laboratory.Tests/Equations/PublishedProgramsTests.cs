// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// Texts against programs that were written from the papers: published-programs.py beside this file wrote the figures. Values that the
/// papers do not have are among them.
/// </summary>
public sealed class PublishedProgramsTests
{
    public static TheoryData<string, string, string, string> Lines
    {
        get
        {
            TheoryData<string, string, string, string> lines = [];
            foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Equations", "published-programs.csv")).Skip(1))
            {
                string[] parts = line.Split('|');
                lines.Add(parts[0], parts[1], parts[2], parts[3]);
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_text_does_what_the_program_of_the_paper_does(string name, string network, string asked, string answers)
    {
        RunRecording run = Run(network);
        if (asked == "spikes")
        {
            Assert.Equal(answers, string.Join(' ', run.Spikes.Times));
            return;
        }

        double within = double.Parse(asked["trace ".Length..], CultureInfo.InvariantCulture);
        double[] theirs = [.. answers.Split(' ').Select(a => double.Parse(a, CultureInfo.InvariantCulture))];
        Assert.Equal(theirs.Length, run.Traces[0].Values.Length);
        Assert.All(theirs.Zip(run.Traces[0].Values), p => Assert.True(Math.Abs(p.First - p.Second) <= within,
            FormattableString.Invariant($"{name}: {p.Second} instead of {p.First}")));
    }

    // `MODEL name` is the text with plain Euler steps.
    private static RunRecording Run(string network)
    {
        const string Euler = "MODEL izhikevich";
        string text = network.Replace('~', '\n');
        if (text.Contains(Euler, StringComparison.Ordinal))
        {
            string model = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons", "izhikevich.yaml"));
            text = text.Replace(Euler, Compiled.File(model + "method: euler\n"), StringComparison.Ordinal);
        }

        NeuroMCU.Networks.Network read = NetworkFile.Parse("neuromcu: 1\n" + text, "test.yaml");
        return new ReferenceSimulator(read).Run(read.Duration);
    }
}
