// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Files;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Peripherals.Chips;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Fair;

/// <summary><c>fair</c>: a virtual device without a host: what its display shows, and what its button does.</summary>
internal static class FairVerb
{
    private const string UsualBoard = "ears-fair";
    private const int MostNetworks = 2;
    private const long ShortPress = 200_000;
    private const long LongPress = 1_200_000;

    private static readonly Argument<string[]> s_files = new("FILE")
    {
        Description = "Network file (YAML): the one that it runs at power-on, and the one behind its button (default: those it has stored)",
        Arity = new ArgumentArity(0, MostNetworks),
    };

    private static readonly Option<string> s_for = new("--for", "-t")
    {
        Description = "How long, such as \"5 s\"",
        HelpName = "TIME",
        DefaultValueFactory = _ => "5 s",
    };

    private static readonly Option<string[]> s_press = new("--press")
    {
        Description = "Press the button at this time, for 0.2 s; may be repeated",
        HelpName = "TIME",
    };

    private static readonly Option<string[]> s_hold = new("--hold")
    {
        Description = "Hold the button down from this time on, for 1.2 s; may be repeated",
        HelpName = "TIME",
    };

    private static readonly Option<string?> s_wav = new("--wav")
    {
        Description = "Stereo recording for its microphones, from power-on",
        HelpName = "FILE.wav",
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Write the display as a picture",
        HelpName = "FILE.png|svg|pdf",
    }
        .EndingIn("a picture", ".png", ".svg", ".pdf");

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("fair", "Let a virtual device run without a host, press its button, draw its display")
        {
            s_files, s_for, s_press, s_hold, s_wav, s_out,
        };
        return runner.Bind(command, usesDevice: false, RunAsync, makesDevice: true);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string[] files = line.GetValue(s_files) ?? [];
        context.UseBoard(UsualBoard);
        long duration = Quantities.Duration(line.GetRequiredValue(s_for), "--for");
        List<(long Time, bool Down)> button = Presses(line, duration);
        string? picture = line.GetValue(s_out) is { } path ? context.ForWriting(path) : null;
        StereoSound? sound = line.GetValue(s_wav) is { } wav ? RecordingInput.Read(context, wav, out _) : null;

        // The one that is stored last runs at power-on.
        byte[][] images = [.. files.Select(file => NetworkSource.Compile(context, file).Image).Reverse()];
        using BenchDevice device = new BenchDevice(new VirtualDeviceOptions { Board = context.Board, Ephemeral = images.Length > 0 });
        if (device.Display is null)
        {
            throw new CliException(ExitCode.Usage, $"the board {device.Board.Name} has no display", "its profile lists no ssd1306",
                "--board " + UsualBoard);
        }

        foreach (byte[] image in images)
        {
            device.Store(image);
        }

        if (sound is not null)
        {
            device.PlaySound(sound);
        }

        long now = 0;
        foreach ((long time, bool down) in button)
        {
            Pump(device, time - now, cancellation);
            device.HoldButton(down);
            now = time;
        }

        Pump(device, duration - now, cancellation);
        return Task.FromResult(Show(context, device, picture));
    }

    private static List<(long Time, bool Down)> Presses(ParseResult line, long duration)
    {
        IEnumerable<(long From, long To, string Text)> all = (line.GetValue(s_press) ?? [])
            .Select(t => (Text: t, From: Quantities.Time(t, "--press"), Length: ShortPress))
            .Concat((line.GetValue(s_hold) ?? []).Select(t => (Text: t, From: Quantities.Time(t, "--hold"), Length: LongPress)))
            .Select(p => (p.From, p.From + p.Length, p.Text)).OrderBy(p => p.From);
        List<(long Time, bool Down)> changes = [];
        foreach ((long from, long to, string text) in all)
        {
            if (to > duration || (changes.Count > 0 && from <= changes[^1].Time))
            {
                throw new CliException(ExitCode.Usage, $"the button cannot be pressed at {text}",
                    to > duration ? "it would not come up before the end of --for" : "it is still down from the press before",
                    "a press takes 0.2 s, --hold 1.2 s: leave room between them and before the end");
            }

            changes.Add((from, true));
            changes.Add((to, false));
        }

        return changes;
    }

    private static void Pump(BenchDevice device, long span, CancellationToken cancellation)
    {
        const long Slice = 100_000;
        for (long done = 0; done < span; done += Slice)
        {
            cancellation.ThrowIfCancellationRequested();
            device.Pump(TimeSpan.FromMicroseconds(Math.Min(Slice, span - done)));
        }
    }

    private static ExitCode Show(VerbContext context, BenchDevice device, string? path)
    {
        VirtualSsd1306 display = device.Display!;
        string[] faults = [.. display.Violations, .. device.Bench.Pins.Conflicts];
        if (path is not null)
        {
            PictureFiles.Write(path, new DisplayPicture(display));
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.fair/1",
                Board = device.Board.Name,
                Seconds = device.Time.TotalSeconds,
                Console = device.Console,
                Display = Enumerable.Range(0, VirtualSsd1306.Height).Select(y => string.Concat(
                    Enumerable.Range(0, VirtualSsd1306.Width).Select(x => display.IsBright(x, y) ? '#' : '.'))),
                Picture = path,
                Faults = faults,
            });
        }
        else
        {
            foreach (string text in device.Console)
            {
                context.WriteLine("device: " + text);
            }

            Draw(context, display);
        }

        if (path is not null)
        {
            context.Say("wrote " + path);
        }

        return faults.Length == 0 ? ExitCode.Ok : context.Complain(new CliException(ExitCode.CheckFailed,
            "the firmware used the display or a pin in a way that the parts do not allow", string.Join("; ", faults),
            "report it with this command"));
    }

    private static void Draw(VerbContext context, VirtualSsd1306 display)
    {
        BrailleCanvas canvas = new BrailleCanvas(VirtualSsd1306.Width / 2, VirtualSsd1306.Height / 4);
        for (int y = 0; y < VirtualSsd1306.Height; y++)
        {
            for (int x = 0; x < VirtualSsd1306.Width; x++)
            {
                if (display.IsBright(x, y))
                {
                    canvas.Set(x, y);
                }
            }
        }

        string edge = new string('─', canvas.Columns);
        context.WriteLine("┌" + edge + "┐");
        for (int row = 0; row < canvas.Rows; row++)
        {
            context.WriteLine("│" + canvas.Row(row) + "│");
        }

        context.WriteLine("└" + edge + "┘");
    }
}
