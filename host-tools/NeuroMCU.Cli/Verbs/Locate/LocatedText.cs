// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Recordings.Report;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Verbs.Locate;

/// <summary>Where the sound of a recording comes from, as text and as a document.</summary>
internal static class LocatedText
{
    /// <summary>Writes what was heard of one recording, with the reasons of a doubt.</summary>
    public static void Write(VerbContext context, string path, PlayedRecording played)
    {
        LocatedRecording heard = played.Heard;
        if (heard.Main is null)
        {
            context.WriteLine($"{path}: nothing heard");
            context.Say(Why(heard) == Doubt.None
                ? "the recording is silent for the ears here: check its channels, and that it has something between 400 and 2700 Hz "
                + "above -60 dB of full scale"
                : DoubtSentence.Of(Why(heard)));
        }
        else
        {
            context.WriteLine($"{path}: {Sentence(heard.Main)}");
            if (!heard.Main.Sure)
            {
                context.Say("why: " + DoubtSentence.Of(heard.Main.Doubt));
            }

            foreach (LocatedSound sound in heard.Sounds.Where(_ => heard.Sounds.Count > 1))
            {
                context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sound.Start:0.00} to {sound.Start + sound.Span:0.00} s: {Sentence(sound)}"));
            }
        }

        context.Say(string.Create(CultureInfo.InvariantCulture,
            $"heard in real time at the costs of {played.Profile}; {heard.Listened.Text}"));
        LossText.Say(context, heard.Losses);
    }

    /// <summary>Writes one row for each recording.</summary>
    /// <param name="recordings">What was heard of each; a problem where it cannot be used.</param>
    public static void WriteTable(VerbContext context, IReadOnlyList<(string Path, PlayedRecording? Played,
        CliException? Problem)> recordings)
    {
        // The path comes last, unfolded: it is to be copied in one piece.
        context.WriteLine($"{"azimuth",11}  {"side",-5}  {"delay",7}  {"confidence",10}  {"answer",-13}  recording");
        foreach ((string path, PlayedRecording? played, _) in recordings)
        {
            context.WriteLine(played?.Heard.Main is { } main
                ? Text($"{main.Azimuth,7:+0.0;-0.0;0.0} deg  {Side(main.Azimuth),-5}  {main.Delay,4:+0;-0;0} us  {main.Confidence,10:0.00}  {(main.Sure ? "sure" : "unsure"),-13}  {path}")
                : $"{"-",11}  {string.Empty,-5}  {"-",7}  {"-",10}  {(played is null ? "not usable" : "nothing heard"),-13}  {path}");
        }

        foreach ((string path, PlayedRecording? played, CliException? problem) in recordings)
        {
            if (problem is not null)
            {
                context.Complain(problem);
            }
            else if (!played!.Heard.Losses.IsComplete)
            {
                LossText.Say(context, played.Heard.Losses);
            }

            if (played?.Heard.Main is { Sure: false } unsure)
            {
                context.Say($"why {path} is unsure: {DoubtSentence.Of(unsure.Doubt)}");
            }
        }
    }

    /// <summary>Makes the document of a recording.</summary>
    /// <returns>What to serialise.</returns>
    public static object Document(string path, StereoSound sound, string network, PlayedRecording played, IReadOnlyList<string> findings)
    {
        LocatedRecording heard = played.Heard;
        return new
        {
            Schema = "neuromcu.locate/1",
            File = path,
            DurationS = sound.Duration.TotalSeconds,
            Network = network,
            Heard = heard.Main is not null,
            Sure = heard.Main?.Sure ?? false,
            AzimuthDeg = heard.Main is null ? (double?)null : Math.Round(heard.Main.Azimuth, 2),
            ItdUs = heard.Main is null ? (double?)null : Math.Round(heard.Main.Delay, 1),
            Confidence = heard.Main?.Confidence ?? 0,
            Doubt = DoubtSentence.Name(heard.Main?.Doubt ?? Why(heard)),
            Sounds = heard.Sounds.Select(s => new
            {
                StartS = s.Start,
                SpanS = s.Span,
                s.Sure,
                AzimuthDeg = s.Azimuth,
                ItdUs = Math.Round(s.Delay, 1),
                s.Confidence,
                s.Spikes,
                Doubt = DoubtSentence.Name(s.Doubt)
            }),
            Notes = findings,
            CostProfile = played.Profile,
            ListenedShare = Math.Round(heard.Listened.Part, 3),
            heard.Spikes,
            heard.LostSpikes,
            heard.LostFrames,
            Losses = heard.Losses.ByName,
        };
    }

    // Why nothing was heard: a deaf ear is worth more than a jump of the offset, and that more than a few stray spikes.
    private static int Why(LocatedRecording heard) =>
        heard.Others.OrderBy(d => d is Doubt.LeftEar or Doubt.RightEar ? 0 : d == Doubt.Step ? 1 : 2).FirstOrDefault(Doubt.None);

    private static string Sentence(LocatedSound sound)
    {
        FormattableString figures =
            $"azimuth {sound.Azimuth:+0.0;-0.0;0.0} deg ({Side(sound.Azimuth)}), delay between the ears {sound.Delay:+0;-0;0} us, confidence {sound.Confidence:0.00}";
        return (sound.Sure ? string.Empty : "unsure; best guess ") + Text(figures);
    }

    private static string Side(double azimuth) => Math.Abs(azimuth) < 2.5 ? "ahead" : azimuth > 0 ? "right" : "left";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
