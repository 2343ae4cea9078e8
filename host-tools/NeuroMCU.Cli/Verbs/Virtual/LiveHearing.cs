// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Microphones;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Virtual;

/// <summary>
/// What a device without a host hears while sound comes: its answers line by line and, on a terminal, a picture of the servo with what was
/// lost. At the end, a summary.
/// </summary>
internal sealed class LiveHearing
{
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(100);

    // The device answers when it has been quiet for a while, and then has to work off what waits.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1.5);

    private readonly VerbContext _context;
    private readonly SoundInput _input;
    private readonly RecordingMix? _mix;
    private readonly Lock _gate = new Lock();
    private readonly List<(double Time, AnsweredSound Sound, ConsoleAnswer Answer)> _answers = [];
    private VirtualServer _server = null!;
    private double? _angle;
    private bool _drawn;
    private HeardSound _last = new HeardSound(0, 0, 0, 0, 0, 0);

    /// <summary>Prepares to hear.</summary>
    /// <param name="context">Where it is printed.</param>
    /// <param name="input">Where the sound comes from.</param>
    /// <param name="mix">What is played; null when that is not known.</param>
    public LiveHearing(VerbContext context, SoundInput input, RecordingMix? mix)
    {
        _mix = mix;
        _context = context;
        _input = input;
    }

    /// <summary>Follows a device until the sound is over, or until it is cancelled.</summary>
    /// <returns>Ok when nothing was lost.</returns>
    public async Task<ExitCode> FollowAsync(VirtualServer server, CancellationToken cancellation)
    {
        _server = server;
        server.ConsoleWritten = Hear;
        server.ServoMoved = (_, pulse) => _angle = pulse > 0 ? (pulse - 1500) * 90 / 500 : null;
        _input.Start();
        using PeriodicTimer timer = new PeriodicTimer(s_redraw);
        bool mono = false;
        double? over = null;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation) && !server.Completion.IsCompleted)
            {
                Look();
                if (_input.IsMono && !mono)
                {
                    mono = true;
                    Say("note: left and right are the same: the input is mono, and everything is heard ahead; it takes two microphones");
                }

                over ??= _input.Sound.IsOver ? _last.Time : null;
                if (over is { } end && _last.Time > end + s_farewell.TotalSeconds)
                {
                    break;
                }
            }

            await (server.Completion.IsCompleted ? server.Completion : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is one of the two ways in which this ends.
            Look();
        }

        Wipe();
        return Conclude(cancellation.IsCancellationRequested);
    }

    /// <summary>Draws what was heard.</summary>
    public HtmlReport Report()
    {
        (double, double, double)[] truth =
            [.. (_mix?.Sounds ?? []).Select(s => (s.Start, s.Start + s.Sound.Duration.TotalSeconds, s.Azimuth))];
        double end = truth.Select(t => t.Item2).Concat(_answers.Select(a => a.Sound.Now)).Append(1).Max() + 1;
        string drawing = LiveDrawing.Svg(Answers, truth, end, _mix?.Mixed());
        return new HtmlReport("Directions over time", _input.Description).Add(new SvgSection("Directions over time", drawing));
    }

    private void Hear(string line)
    {
        lock (_gate)
        {
            Wipe();
            if (ConsoleAnswer.Parse(line) is not { } answer)
            {
                _context.Say("device: " + line);
                return;
            }

            double time = _server.Time.TotalSeconds;
            _answers.Add((time, _server.Answered, answer));
            if (!_context.Json)
            {
                _context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time,7:0.0} s  {Sentence(answer)}"));
            }
        }
    }

    private void Say(string text)
    {
        lock (_gate)
        {
            Wipe();
            _context.Say(text);
        }
    }

    private void Look()
    {
        try
        {
            _server.OnDevice(device => _last = device.Heard);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        Draw();
    }

    private void Draw()
    {
        if (!_context.ShowProgress || _context.Json)
        {
            return;
        }

        lock (_gate)
        {
            Wipe();
            ConsoleAnswer? answer = _answers.Count == 0 ? null : _answers[^1].Answer;
            string[] beside =
            [
                string.Create(CultureInfo.InvariantCulture, $"{_last.Time:0.0} s, {_input.Description}"),
                answer is null ? "listening; clap, or say something" : Sentence(answer),
                _angle is { } angle ? string.Create(CultureInfo.InvariantCulture, $"servo at {angle:+0;-0;0} deg") : "servo at rest",
                LossLine(),
            ];
            IReadOnlyList<string> dial = ServoDial.Draw(_angle);
            for (int row = 0; row < ServoDial.Rows; row++)
            {
                string text = row is > 0 && row <= beside.Length ? beside[row - 1] : string.Empty;
                _context.Messages.Write(new Text("  " + dial[row] + "   " + text + "\n"));
            }

            _drawn = true;
        }
    }

    private void Wipe()
    {
        if (_drawn)
        {
            _context.Messages.Write(new ControlCode($"\u001b[{ServoDial.Rows}A\u001b[J"));
            _drawn = false;
        }
    }

    private ExitCode Conclude(bool stopped)
    {
        int sure = _answers.Count(a => a.Answer.Azimuth is not null);
        bool whole = _last.Lost + _last.LostEvents + _input.Sound.Overrun + _input.Sound.Silence + _input.OddBytes == 0
            && _input.Problem is null;
        if (!stopped && _input.Sound.Written == 0 && _input.Problem is null)
        {
            throw new CliException(ExitCode.InputRecording, $"{_input.Description} ended without a sound", null,
                "raw sound is samples of 16 bits, left and right in turn; check what writes them");
        }

        if (_context.Json)
        {
            _context.WriteJson(Document(sure, stopped));
        }
        else
        {
            string end = stopped ? "stopped" : "the sound is over";
            string figures = string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s of sound, {_answers.Count} answers, {sure} sure");
            _context.WriteLine($"{end}: {figures}; {LossLine()}");
            if (Score is { } score)
            {
                string others = $"{score.Guessed} were given a direction but unsure{Off(score.Guesses)}, {score.Missed} were missed";
                _context.WriteLine($"{score.Located} of {score.Sounds} sounds were located{Off(score.Sure)}; {others}");
            }
        }

        if (_input.OddBytes > 0)
        {
            _context.Say($"incomplete: the last {_input.OddBytes} bytes were no whole frame of two samples of 16 bits");
        }

        if (_input.Problem is { } problem)
        {
            _context.Say($"incomplete: {_input.Description} ended: {problem}");
        }

        return whole ? ExitCode.Ok : ExitCode.Incomplete;
    }

    private string LossLine()
    {
        List<string> losses = [string.Create(CultureInfo.InvariantCulture, $"{_last.Lost} of {_last.Frames} frames lost")];
        if (_last.Sound > 0)
        {
            losses.Insert(0, string.Create(CultureInfo.InvariantCulture, $"listened to {100.0 * _last.Listened / _last.Sound:0} % of the sound"));
        }

        if (_input.Sound.Overrun > 0)
        {
            losses.Add($"{_input.Sound.Overrun} lost before the device");
        }

        if (_input.Sound.Silence > 0)
        {
            losses.Add($"{_input.Sound.Silence} silent, since the sound was late");
        }

        if (_input.OddBytes > 0)
        {
            losses.Add($"{_input.OddBytes} bytes at the end no whole frame");
        }

        if (_last.LostEvents > 0)
        {
            losses.Add($"{_last.LostEvents} events lost");
        }

        return string.Join(", ", losses);
    }

    private MixScore? Score => _mix is null ? null : MixScore.Of(_mix, Answers);

    // Of the sound that came: the device's own clock runs on while nothing is left to hear.
    private double Seconds => (double)_input.Sound.Written / _input.Sound.SampleRate;

    private object Document(int sure, bool stopped) => new
    {
        Schema = "neuromcu.virtual-hearing/1",
        Source = _input.Description,
        Stopped = stopped,
        TimeS = Math.Round(Seconds, 3),
        Sure = sure,
        Answers = _answers.Select(a => new
        {
            TimeS = Math.Round(a.Time, 3),
            SoundFromS = Math.Round(a.Sound.From, 3),
            SoundToS = Math.Round(a.Sound.To, 3),
            AzimuthDeg = a.Answer.Azimuth,
            BestGuessDeg = a.Answer.Guess,
            a.Answer.Confidence,
            a.Answer.Doubt,
        }),
        _last.Frames,
        LostFrames = _last.Lost,
        _last.LostEvents,
        SoundFrames = _last.Sound,
        ListenedFrames = _last.Listened,
        OverrunFrames = _input.Sound.Overrun,
        SilentFrames = _input.Sound.Silence,
        InputFrames = _input.Sound.Written,
        _input.OddBytes,
        _input.Problem,
        Played = Score is { } score
            ? new
            {
                score.Sounds,
                score.Located,
                Unsure = score.Guessed,
                score.Missed,
                MeanAbsErrorDeg = score.Sure?.Mean,
                MaxAbsErrorDeg = score.Sure?.Largest,
                UnsureMeanAbsErrorDeg = score.Guesses?.Mean,
                UnsureMaxAbsErrorDeg = score.Guesses?.Largest,
            }
            : null,
    };

    private static string Sentence(ConsoleAnswer answer) => answer.Azimuth is { } azimuth
        ? string.Create(CultureInfo.InvariantCulture, $"azimuth {azimuth:+0.0;-0.0;0.0} deg, confidence {answer.Confidence:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"unsure{Why(answer.Doubt)}{Guess(answer.Guess)}, confidence {answer.Confidence:0.00}");

    private static string Guess(double? azimuth) =>
        azimuth is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", best guess {azimuth:+0.0;-0.0;0.0} deg");

    private static string Off(MixError? error) => error is null ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", off by {error.Mean:0.0} deg in the mean and {error.Largest:0.0} at most");

    private LiveAnswer[] Answers => [.. _answers.Select(a => new LiveAnswer(
        a.Sound.Now, a.Sound.From, a.Sound.To, a.Answer.Azimuth ?? a.Answer.Guess, a.Answer.Azimuth is not null))];

    private static string Why(string doubt) => doubt.Length > 0 ? $" ({doubt})" : string.Empty;
}
