// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Site;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.Cli.Verbs.Virtual;

/// <summary><c>virtual</c>: serves a virtual device to other processes until Ctrl-C.</summary>
internal static class VirtualVerb
{
    private static readonly Option<int> s_port = new Option<int>("--port")
    {
        Description = "TCP port on 127.0.0.1 (0: any free one)",
        HelpName = "PORT",
        DefaultValueFactory = _ => DeviceAddress.DefaultTcpPort,
    }
        .Within(0, 65535, "a TCP port");

    private static readonly Option<string> s_name = new("--name")
    {
        Description = "Name of the device; each name keeps a flash of its own",
        HelpName = "NAME",
        DefaultValueFactory = _ => VirtualDeviceOptions.DefaultName,
    };

    private static readonly Option<string?> s_profile = new("--profile")
    {
        Description = "Cost profile: what things cost on which device; ideal for none (default: the board's; with --microphone "
            + RecordingPlayer.DefaultProfile + ")",
        HelpName = "PROFILE",
    };

    private static readonly Option<bool> s_fast = new("--fast") { Description = "As fast as this machine allows, instead of in real time" };

    private static readonly Option<bool> s_ephemeral = new("--ephemeral") { Description = "Start empty and keep nothing" };

    private static readonly Option<string?> s_wav = new("--wav")
    {
        Description = "Stereo recording to play to its microphones",
        HelpName = "FILE.wav"
    };

    private static readonly Option<string?> s_network = new("--network")
    {
        Description = "Network that it runs from power-on, in memory only (with --microphone default: the one that ships)",
        HelpName = "FILE.yaml",
    };

    private static readonly Option<string?> s_site = new("--site")
    {
        Description = "Site file: it runs the network of the file, and its firmware joins the hub by itself",
        HelpName = "FILE.yaml",
    };

    private static readonly Option<string?> s_figure = new Option<string?>("--figure")
    {
        Description = "With --microphone: draw the answers over time, and of a list of recordings where they were",
        HelpName = "FILE.png|svg|pdf",
    }
        .EndingIn("a picture", ".png", ".svg", ".pdf");

    private static readonly Option<string?> s_keyFile = new("--key-file")
    {
        Description = "File with the pre-shared key; made when there is none (default: ~/.config/neuromcu/key)",
        HelpName = "FILE",
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("virtual", "Serve a virtual device on TCP and a pseudo-terminal")
        {
            s_port, s_name, s_profile, s_fast, s_ephemeral, s_wav, s_network, s_site, s_figure, s_keyFile,
        };
        foreach (Option option in MicrophoneOption.Options)
        {
            command.Add(option);
        }

        return runner.Bind(command, usesDevice: false, RunAsync, makesDevice: true);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        context.CheckBoard();
        if (MicrophoneOption.IsGiven(line))
        {
            return await ListenAsync(context, line, cancellation);
        }

        VirtualServerOptions options = Options(context, line) with { Network = Image(line.GetValue(s_network)) };
        if (line.GetValue(s_site) is { } file)
        {
            SiteBoard site = SiteBoard.Load(context.Note(file));
            options = options with
            {
                Device = options.Device with { Name = "site-" + site.Hub.Name, Ephemeral = true, Hub = site.Hub },
                Network = site.Network.Image,
            };
        }

        StereoSound? sound = line.GetValue(s_wav) is { } wav ? RecordingInput.Read(context, wav, out _) : null;
        await using VirtualServer server = new VirtualServer(options);
        if (sound is not null)
        {
            server.PlaySound(sound);
        }

        server.ConsoleWritten = text => context.Say("device: " + text);
        server.ServoMoved = (output, pulse) => context.Say(string.Create(CultureInfo.InvariantCulture,
            $"servo on output {output}: pulses of {pulse:0} us"));
        Announce(context, server);
        try
        {
            await server.Completion.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how this verb ends: the device keeps what it has stored.
            context.Say("stopped");
        }

        return ExitCode.Ok;
    }

    // A device in memory, with the network that is asked for, or the one that ships: what the flash holds is not touched.
    private static async Task<ExitCode> ListenAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(s_wav) is not null)
        {
            throw new CliException(ExitCode.Usage, "--microphone and --wav exclude each other", null,
                "a WAV file can be named with --microphone as well");
        }

        VirtualServerOptions options = Options(context, line);
        string path = line.GetValue(s_network) ?? ShippedExample.Network;
        byte[] image = Image(path)!;
        using SoundInput input = MicrophoneOption.Open(context, line);
        await using VirtualServer server = new VirtualServer(options with
        {
            Device = options.Device with { Ephemeral = true, Profile = line.GetValue(s_profile) ?? RecordingPlayer.DefaultProfile },
            Network = image,
            Sound = input.Sound,
        });
        if (!context.Json)
        {
            Announce(context, server);
        }

        context.Say($"it runs {path} and hears {input.Description}, {input.Sound.SampleRate} samples per second");
        RecordingMix? mix = MicrophoneOption.Mix(line);
        LiveHearing hearing = new LiveHearing(context, input, mix);
        ExitCode code = await hearing.FollowAsync(server, cancellation);
        PictureFiles.Save(context, line.GetValue(s_figure), hearing.Report);
        return code;
    }

    private static byte[]? Image(string? network) => network is null ? null : NetworkCompiler.Compile(NetworkFile.Load(network)).Image;

    private static VirtualServerOptions Options(VerbContext context, ParseResult line) => new VirtualServerOptions
    {
        Device = new VirtualDeviceOptions
        {
            Name = line.GetRequiredValue(s_name),
            Profile = line.GetValue(s_profile),
            Unlimited = line.GetValue(s_profile) == VirtualAddress.WithoutCosts,
            Ephemeral = line.GetValue(s_ephemeral) || line.GetValue(s_network) is not null,
            Board = context.Board,
        },
        TcpPort = line.GetRequiredValue(s_port),
        Fast = line.GetValue(s_fast),
        KeyFile = line.GetValue(s_keyFile) ?? context.Variable("NEUROMCU_KEY_FILE"),
    };

    private static void Announce(VerbContext context, VirtualServer server)
    {
        if (server.CreatedKeyPath is not null)
        {
            context.Say("made a key: " + server.CreatedKeyPath);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.virtual/1",
                Tcp = server.TcpAddress,
                Serial = server.TerminalPath is null ? null : "serial:" + server.TerminalPath,
                server.Board,
                server.DeviceId,
                server.Profile,
                server.StateFolder,
            });
            return;
        }

        context.WriteLine(
            $"virtual device on the board {server.Board}, id {server.DeviceId}, cost profile {server.Profile}, flash in "
            + $"{server.StateFolder ?? "memory only"}");
        context.WriteLine("  --device " + server.TcpAddress);
        if (server.TerminalPath is not null)
        {
            context.WriteLine("  --device serial:" + server.TerminalPath);
        }

        context.WriteLine($"next, in another terminal: export NEUROMCU_DEVICE={server.TcpAddress} && neuromcu info");
        context.WriteLine("Ctrl-C ends it.");
    }
}
