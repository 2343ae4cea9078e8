// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Core.Readout;
using NeuroMCU.Host.Compile;
using NeuroMCU.Host.Devices;
using NeuroMCU.Host.Localization;
using NeuroMCU.Host.Networks;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Verbs
{
    /// <summary><c>locate</c>: plays a recording to the firmware and says where its sound comes from.</summary>
    internal static class LocateVerb
    {
        private static readonly Argument<string> s_wav = new("recording") { Description = "Stereo recording of two ears, a WAV file of any rate" };
        private static readonly Option<string?> s_network = new("--network") { Description = "Network to listen with (default: the one that ships, for the KEMAR head)", HelpName = "FILE.yaml" };

        public static Command Create(VerbRunner runner)
        {
            Command command = new Command("locate", "Say where the sound of a stereo recording comes from") { s_wav, s_network };
            return runner.Bind(command, usesDevice: true, RunAsync);
        }

        private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
        {
            string path = line.GetRequiredValue(s_wav);
            StereoSound sound = RecordingInput.Read(context, path, out IReadOnlyList<string> findings);
            string profile = Profile(context);
            string network = line.GetValue(s_network) ?? ShippedExample.Network;
            await using SoundLocator locator = await SoundLocator.OpenAsync(Compiler.Compile(NetworkFile.Load(network)), profile, cancellation);
            LocatedRecording heard = await locator.LocateAsync(sound, cancellation);
            if (context.Json)
            {
                context.WriteJson(Document(path, sound, network, heard, findings));
            }
            else
            {
                Print(context, path, heard);
            }

            return heard.Main is null ? ExitCode.NothingHeard : heard.Losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
        }

        /// <summary>Cost profile of the virtual device that plays recordings: the ideal one unless --device names another.</summary>
        internal static string Profile(VerbContext context)
        {
            context.CheckBoard();
            if (context.Device is null)
            {
                return "ideal";
            }

            if (DeviceAddress.Parse(context.Device) is VirtualAddress address)
            {
                return address.Profile ?? "ideal";
            }

            // NEUROMCU_DEVICE is meant for the verbs that can use what it names.
            return context.AskedDevice is null
                ? "ideal"
                : throw new CliException(
                    ExitCode.Usage,
                    "recordings can be played to a virtual device only",
                    $"{context.Device} has microphones of its own",
                    "leave --device out, or name a virtual device such as virtual:esp32-rev3; 'neuromcu run' shows what a real one hears");
        }

        private static object Document(string path, StereoSound sound, string network, LocatedRecording heard, IReadOnlyList<string> findings) => new
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
            Sounds = heard.Sounds.Select(s => new { StartS = s.Start, s.Sure, AzimuthDeg = s.Azimuth, ItdUs = Math.Round(s.Delay, 1), s.Confidence, s.Spikes, Doubt = DoubtSentence.Name(s.Doubt) }),
            Notes = findings,
            heard.Spikes,
            heard.LostSpikes,
            heard.LostFrames,
            Losses = heard.Losses.ByName,
        };

        private static void Print(VerbContext context, string path, LocatedRecording heard)
        {
            if (heard.Main is null)
            {
                context.WriteLine($"{path}: nothing heard");
                context.Say(Why(heard) == Doubt.None
                    ? "the recording is silent for the ears here: check its channels, and that it has something between 400 and 2700 Hz above -60 dB of full scale"
                    : DoubtSentence.Of(Why(heard)));
                return;
            }

            context.WriteLine($"{path}: {Sentence(heard.Main)}");
            if (!heard.Main.Sure)
            {
                context.Say("why: " + DoubtSentence.Of(heard.Main.Doubt));
            }

            foreach (LocatedSound sound in heard.Sounds.Where(_ => heard.Sounds.Count > 1))
            {
                context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  from {sound.Start:0.0} s: {Sentence(sound)}"));
            }

            LossText.Say(context, heard.Losses);
        }

        // Why nothing was heard: a deaf ear is worth more than a jump of the offset, and that more than a few stray spikes.
        private static int Why(LocatedRecording heard) =>
            heard.Others.OrderBy(d => d is Doubt.LeftEar or Doubt.RightEar ? 0 : d == Doubt.Step ? 1 : 2).FirstOrDefault(Doubt.None);

        private static string Sentence(LocatedSound sound)
        {
            FormattableString figures = $"azimuth {sound.Azimuth:+0.0;-0.0;0.0} deg ({Side(sound.Azimuth)}), delay between the ears {sound.Delay:+0;-0;0} us, confidence {sound.Confidence:0.00}";
            return (sound.Sure ? string.Empty : "unsure; best guess ") + FormattableString.Invariant(figures);
        }

        private static string Side(double azimuth) => Math.Abs(azimuth) < 2.5 ? "ahead" : azimuth > 0 ? "right" : "left";
    }
}
