// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using NeuroMCU.Api;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Cli.Verbs.Live;

/// <summary><c>live</c>: serves the live page and the HTTP API until Ctrl-C.</summary>
internal static class LiveVerb
{
    private static readonly Argument<string?> s_file = new("FILE")
    {
        Description = "Network file (YAML) to run; without one, the network that locates sounds",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> s_port = new Option<int>("--port")
    {
        Description = "TCP port (0: any free one)",
        HelpName = "PORT",
        DefaultValueFactory = _ => ApiOptions.DefaultPort,
    }
        .Within(0, 65535, "a TCP port");

    private static readonly Option<bool> s_headless = new("--headless") { Description = "Open no browser; for programs that use the API" };

    private static readonly Option<bool> s_empty = new("--empty") { Description = "Open no device and load no network" };

    private static readonly Option<bool> s_paused = new("--paused") { Description = "Load the network, and do not start it" };

    private static readonly Option<bool> s_readOnly = new("--read-only")
    {
        Description = "Refuse every request that changes something: a class may look",
    };

    private static readonly Option<string?> s_listen = new("--listen")
    {
        Description = "Address to listen on (default 127.0.0.1); others than loopback need --certificate and a key",
        HelpName = "ADDRESS",
    };

    private static readonly Option<string[]> s_names = new("--name")
    {
        Description = "Name by which this machine is reached from elsewhere; may be repeated",
        HelpName = "HOST",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> s_certificate = new("--certificate")
    {
        Description = "Certificate for TLS, with its private key (PEM, or PKCS#12)",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_apiKey = new("--api-key-file")
    {
        Description = "Key that requests have to bring (64 hexadecimal digits); made when there is none",
        HelpName = "FILE",
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new("live", "Show a running device in a browser, and serve it to programs (HTTP API)")
        {
            s_file, s_port, s_headless, s_empty, s_paused, s_readOnly, s_listen, s_names, s_certificate, s_apiKey,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        ApiOptions options = Options(context, line);
        string? path = line.GetValue(s_file);
        string? text = line.GetValue(s_empty) ? null : NetworkFile.ReadText(context.Note(path ?? ShippedExample.Network));
        await using ApiServer server = await ApiServer.StartAsync(options, cancellation);
        string? device = null;
        if (text is not null)
        {
            // Hearing takes the device with more memory to keep up, as for virtual --microphone.
            string? address = context.Device ?? (path is null ? "virtual:" + RecordingPlayer.DefaultProfile : null);
            device = await server.OpenDeviceAsync(address, context.Board?.Board, context.Board?.Seed ?? context.BoardSeed,
                context.Board?.Faults ?? context.BoardFaults, cancellation);
            context.Warn(await server.LoadAsync(device, text, path ?? ShippedExample.Network, context.Settings,
                start: !line.GetValue(s_paused), cancellation));
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.live/1",
                Url = server.Url.ToString(),
                Api = new Uri(server.Url, "api/v1").ToString(),
                Device = device,
                options.ReadOnly,
                ProcessId = Environment.ProcessId,
            });
        }
        else
        {
            context.WriteLine($"live page: {server.Url}");
            context.WriteLine($"API:       {new Uri(server.Url, "api/v1")}   (described at {new Uri(server.Url, "api/v1/openapi.json")})");
            context.WriteLine("Ctrl-C ends it.");
        }

        if (!line.GetValue(s_headless) && !context.Json)
        {
            Browse(context, server.Url);
        }

        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how this verb ends.
            context.Say("stopped");
        }

        return ExitCode.Ok;
    }

    private static ApiOptions Options(VerbContext context, ParseResult line)
    {
        IPAddress address = IPAddress.Loopback;
        if (line.GetValue(s_listen) is { } listen && !IPAddress.TryParse(listen, out address!))
        {
            throw new CliException(ExitCode.Usage, $"--listen is '{listen}'", "it is no IP address", "0.0.0.0 listens everywhere");
        }

        bool beyond = !IPAddress.IsLoopback(address);
        string? certificate = line.GetValue(s_certificate);
        string? keyFile = line.GetValue(s_apiKey);
        if (beyond && (certificate is null || keyFile is null))
        {
            throw new CliException(ExitCode.Usage, $"--listen {address} is reached from other machines", "there it takes TLS and a key",
                "add --certificate FILE.pem --api-key-file FILE, or leave --listen out");
        }

        byte[]? key = null;
        if (keyFile is not null)
        {
            (key, string? made) = KeyStore.FindOrCreate(keyFile);
            if (made is not null)
            {
                context.Say("made a key: " + made);
            }
        }

        return new ApiOptions
        {
            Address = address,
            Port = line.GetRequiredValue(s_port),
            Names = line.GetValue(s_names) ?? [],
            Key = key,
            Certificate = certificate is null ? null : Certificate(context, certificate),
            ReadOnly = line.GetValue(s_readOnly),
            Program = RunFiles.MadeWith,
            DeviceKeyFile = context.KeyFile,
            CalibrationFolder = context.CalibrationFolder,
            Virtual = context.Virtual with { Board = null },
        };
    }

    private static X509Certificate2 Certificate(VerbContext context, string path)
    {
        context.Read(path);
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12"
                ? X509CertificateLoader.LoadPkcs12FromFile(path, null)
                : X509Certificate2.CreateFromPemFile(path);
        }
        catch (System.Security.Cryptography.CryptographicException problem)
        {
            throw new CliException(ExitCode.FileAccess, $"{path} holds no certificate with its private key", problem.Message,
                "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=$(hostname) -keyout key.pem -out cert.pem "
                + "&& cat cert.pem key.pem > " + path, problem);
        }
    }

    // A machine without a desktop has no browser; the address stands in the terminal.
    private static void Browse(VerbContext context, Uri url)
    {
        try
        {
            using Process? browser = Process.Start(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
                ? new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : url.ToString(), OperatingSystem.IsMacOS() ? [url.ToString()]
                : [])
                {
                    UseShellExecute = OperatingSystem.IsWindows(),
                }
                : new ProcessStartInfo("xdg-open", [url.ToString()])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                });
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            context.Say("no browser was opened; open the address above");
        }
    }
}
