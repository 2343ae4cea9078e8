// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Recordings;
using Spectre.Console;

namespace NeuroMCU.Cli.Tests;

public sealed class TerminalTests
{
    [Fact]
    public void Each_dot_of_the_canvas_is_one_bit_of_the_braille_block()
    {
        for (int x = 0; x < 2; x++)
        {
            for (int y = 0; y < 4; y++)
            {
                BrailleCanvas canvas = new BrailleCanvas(1, 1);
                Assert.Equal(" ", canvas.Row(0));
                canvas.Set(x, y);
                Assert.True(int.IsPow2(canvas.Row(0)[0] - 0x2800));
            }
        }

        BrailleCanvas full = new BrailleCanvas(1, 1);
        for (int k = 0; k < 8; k++)
        {
            full.Set(k % 2, k / 2);
        }

        Assert.Equal("⣿", full.Row(0));
    }

    [Fact]
    public void What_is_said_stands_above_the_line_that_is_drawn_over_and_nothing_is_drawn_where_nobody_looks()
    {
        Assert.Equal("\rrates\r     \rjoined\n\rrates!\rra    \r  \rend\n", Drawn(terminal: true));
        Assert.Equal("joined\nend\n", Drawn(terminal: false));

        static string Drawn(bool terminal)
        {
            StringWriter error = new();
            VerbContext context = new(new CliEnvironment { Out = TextWriter.Null, Error = error, ErrorIsTerminal = terminal }, json: false,
                quiet: false, color: false, debug: false, device: null, keyFile: null);
            StatusLine line = new(context);
            line.Draw("rates");
            line.Say("joined");
            line.Draw("rates!");
            line.Draw("ra");
            line.Dispose();
            line.Draw("late");
            line.Say("end");
            return error.ToString();
        }
    }

    [Fact]
    public void No_raster_is_wider_than_the_terminal_or_higher_than_a_screen()
    {
        Prop.ForAll<PositiveInt, PositiveInt, int[]>((width, size, draws) =>
        {
            int columns = 40 + (width.Get % 200);
            RecordedPopulation[] populations = [new("a", 0, size.Get), new("a-name-that-is-far-too-long", size.Get, 7),
                new("silent", size.Get + 7, 3, Recorded: false)];
            long[] times = draws.Select(d => (long)Math.Abs(d % 1000)).ToArray();
            int[] neurons = draws.Select(d => Math.Abs(d % (size.Get + 10))).ToArray();
            string[] lines = Draw(Run(populations, 1000, SpikeRecord.Sorted(times, neurons)), columns);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
            Assert.InRange(lines.Length, 4, 28);
            Assert.DoesNotContain(lines, line => line.Contains("silent", StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Spikes_stand_at_their_time_and_neuron()
    {
        // Three neurons, firing at the beginning, in the middle and at the end, the first at the bottom.
        SpikeRecord spikes = new SpikeRecord([0, 500, 999], [0, 1, 2]);
        string[] lines = Draw(Run([new("abc", 0, 3)], 1000, spikes), 60);
        Assert.StartsWith("abc ", lines[0], StringComparison.Ordinal);
        int last = lines[0].IndexOf('⠸', StringComparison.Ordinal);
        int first = lines[2].IndexOf('⠇', StringComparison.Ordinal);
        Assert.Equal(lines[0].LastIndexOf('│') - 1, last);
        Assert.Equal(lines[2].IndexOf('│', StringComparison.Ordinal) + 1, first);
        Assert.InRange(lines[1].IndexOfAny(['⠇', '⠸']), (first + last) / 2 - 1, (first + last) / 2 + 1);
    }

    private static RunRecording Run(RecordedPopulation[] populations, long duration, SpikeRecord spikes) => new RunRecording
    {
        Network = "n",
        RanOn = "test",
        Duration = duration,
        Populations = populations,
        Spikes = spikes,
        Produced = spikes.Count,
    };

    private static string[] Draw(RunRecording run, int width)
    {
        StringWriter text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        RasterView.Write(console, run);
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
