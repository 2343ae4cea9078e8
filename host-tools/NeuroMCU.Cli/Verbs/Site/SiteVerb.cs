// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Service;
using NeuroMCU.Internet.Site;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Site;

/// <summary><c>site</c>: joins the neurons of a device to a hub.</summary>
internal static class SiteVerb
{
    private static readonly Argument<string> s_file = new("FILE.yaml")
    {
        Description =
        "Site file: hub, key, network of the device, which neurons"
    };

    private static readonly Option<string?> s_for = InternetOptions.For();

    private static readonly Option<bool> s_check = InternetOptions.Check();

    private static readonly Option<bool> s_service = InternetOptions.Service();

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("site", "Join the neurons of a device, or of a recording, to a hub, in real time") { s_file, s_for, s_check, s_service };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        SiteRunPlan plan = SiteFile.Load(context.Note(line.GetRequiredValue(s_file)), RecordingFile.Read);
        long time = line.GetValue(s_for) is { } text ? Quantities.Duration(text, "--for") : 0;
        CompiledNetwork? network = plan.Network is null ? null : NetworkCompiler.Compile(plan.Network);
        if (line.GetValue(s_check))
        {
            // A key that is not there yet is made by the hub.
            if (plan.Partner == 0 && File.Exists(plan.KeyFile))
            {
                SiteBoard.KeyOf(plan);
            }

            if (plan.Tls is not null)
            {
                TlsFiles.Load(plan.Tls);
            }

            context.WriteLine(
                $"{plan.Name}: sends the spikes of {Figures.Count(plan.Spikes.Count, "neuron")} and gets those for "
                + $"{plan.Arrivals.Count}; the file is right");
            return ExitCode.Ok;
        }

        if (plan.Partner != 0)
        {
            throw new CliException(ExitCode.Usage, $"{plan.File} names `partner`", "those packets are spoken by the firmware itself",
                $"let it: neuromcu virtual --site {plan.File}, or neuromcu board text BOARD --site {plan.File}");
        }

        byte[] key = SiteBoard.KeyOf(plan);
        bool service = line.GetValue(s_service);
        using StatusLine status = new StatusLine(context);
        using ServiceLog log = new ServiceLog("site", status.Say, service);
        foreach (string open in new[] { plan.KeyFile, plan.Tls?.PrivateKey }.OfType<string>().Where(KeyFiles.IsOpen))
        {
            log.Warn(KeyFiles.Warning(open));
        }

        SiteMetrics metrics = new SiteMetrics();
        ServiceSettings settings = new ServiceSettings { Place = plan.Metrics, Health = metrics.Health, Registry = metrics.Registry };
        async Task WorkAsync(HubLink link, Func<CancellationToken, Task> work)
        {
            await ServiceHost.RunAsync(settings, stop =>
            {
                if (plan.Metrics is { } place)
                {
                    log.Say($"health at http://{place}/health, metrics for Prometheus at http://{place}/metrics");
                }

                if (!service)
                {
                    status.Watch(new SiteWatch(link).Line);
                }

                return work(stop);
            }, cancellation);
            status.Dispose();
        }

        HubLink Join()
        {
            HubLink link = Link(plan, key, log.Say);
            metrics.Watch(link);
            return link;
        }

        if (plan.Recording is { } recording)
        {
            await using HubLink hub = Join();
            ReplayRunner replay = new(plan, recording, hub, log.Say);
            await WorkAsync(hub, stop => replay.RunAsync(time, stop));
            return Show(context, plan, hub, replay.Result);
        }

        using Served served = Serve(context, plan);
        await using (served.Server)
        {
            await using DeviceConnection connection = served.Server is null
                ? await context.ConnectAsync(cancellation)
                : await DeviceConnector.ConnectAsync(served.Server.TcpAddress, new ConnectOptions { KeyFile = served.KeyFile },
                    cancellation);
            await connection.Client.ProgramAsync(network!.Image, new ProgramOptions(), null, cancellation);
            await using HubLink link = Join();
            using SiteRunner runner = new SiteRunner(plan, network, connection.Client, link, log.Say);
            bool interrupted = false;
            try
            {
                await WorkAsync(link, stop => runner.RunAsync(time, stop));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested && runner.Result.Run is null)
            {
                interrupted = true;   // before the device ran: there is nothing to account for
            }

            if (interrupted)
            {
                context.Say("stopped before the device ran");
                await link.LeaveAsync();
                return ExitCode.Ok;
            }

            return Show(context, plan, link, runner.Result);
        }
    }

    private static HubLink Link(SiteRunPlan plan, byte[] key, Action<string> say) =>
        new(
            plan.OverWebSocket ? new WebSocketCarrier(plan.Hub) : plan.OverMqtt
                ? new MqttCarrier(plan.Hub, plan.Name, key, say, plan.Tls is null ? null : TlsFiles.Load(plan.Tls))
                : new UdpCarrier(plan.Hub),
            plan.Name, key)
        {
            Say = say,
        };

    // A virtual bench inside a command does not keep pace with the clock on the wall, and a site has to: its device is served, as
    // 'neuromcu virtual' does.
    private static Served Serve(VerbContext context, SiteRunPlan plan)
    {
        if (context.Device is not null && DeviceAddress.Parse(context.Device) is not VirtualAddress)
        {
            return new Served(null, null);
        }

        context.UseBoardOf(plan.Network!);
        context.CheckBoard();
        string keyFile = Path.Combine(Path.GetTempPath(), "neuromcu-site-" + Path.GetRandomFileName());
        VirtualAddress? address = context.Device is null ? null : (VirtualAddress)DeviceAddress.Parse(context.Device);
        string? profile = address?.Profile ?? context.Virtual.Profile;
        return new Served(
            new VirtualServer(new VirtualServerOptions
            {
                Device = context.Virtual with
                {
                    Name = "site-" + plan.Name,
                    Ephemeral = true,
                    Profile = profile,
                    Unlimited = profile == VirtualAddress.WithoutCosts
                },
                TcpPort = 0,
                Terminal = false,
                KeyFile = keyFile,
            }),
            keyFile);
    }

    private static ExitCode Show(VerbContext context, SiteRunPlan plan, HubLink link, SiteResult result)
    {
        long lost = link.Tallies.Sum(t => t.Lost);

        // What the device injected after its time is late, not lost; where the hub wants late arrivals dropped it should not have been
        // injected at all.
        bool complete = lost == 0 && link.Unsent == 0 && link.Broken == 0 && link.Closed
            && (result.Run!.Losses.IsComplete || IsOnlyLate(link, result))
            && result is { LateDropped: 0, CutShort: 0, Unknown: 0, Run.EndedEarly: null };
        if (context.Json)
        {
            context.WriteJson(Document(plan, link, result, lost, complete));
        }
        else
        {
            Print(context, plan, link, result, lost);
        }

        return complete ? result.Run!.Saturations.Count > 0 ? ExitCode.Saturated : ExitCode.Ok : ExitCode.Incomplete;
    }

    private static bool IsOnlyLate(HubLink link, SiteResult result) =>
        link.Policy is { DeliverLate: true } && !result.Run!.Losses.IsComplete
        && result.Run.Losses.Causes.All(c => c == LossCause.LateInjections);

    private static void Print(VerbContext context, SiteRunPlan plan, HubLink link, SiteResult result, long lost)
    {
        context.WriteLine(
            $"{Figures.Count(result.Spikes, "spike")} and {Figures.Count(result.Potentials, "potential")} went to the hub, "
            + $"{result.Delivered} arrivals came from it: {lost} lost of {link.Tallies.Sum(t => t.Sent)}");
        context.WriteLine($"from the spike to its arrival here: {LatencyText.Of(result.Arrival)}");
        context.WriteLine(
            FormattableString.Invariant(
                $"round trip to the hub {link.HubClock.RoundTrip / 1e3:0.###} ms, drift of its clock {link.HubClock.DriftPpm:0.#} ppm"));
        if (result.Delay > 0)
        {
            context.WriteLine(FormattableString.Invariant(
                $"constant latency {result.Delay / 1e3:0.#} ms, chosen from the measured jitter, changed {result.DelayChanges} times"));
        }

        (long Count, string What)[] troubles =
        [
            (result.LateDelivered, "came later than the constant latency: injected all the same"),
            (result.LateDropped, "came later than the constant latency: dropped"),
            (result.CutShort, "found room in the device for a part of their weight only"),
            (result.Unknown, "were for neurons that this site does not have"),
            (result.OutsideRun, plan.Recording is null ? "came while the device did not run" : "came, and a recording takes none"),
        ];
        foreach ((long count, string what) in troubles.Where(t => t.Count > 0))
        {
            context.WriteLine($"{Figures.Count(count, "arrival")} {what}");
        }

        if (link.Unsent > 0)
        {
            context.WriteLine($"{Figures.Count(link.Unsent, "spike")} could not be sent, since the hub was not there");
        }

        if (link.Broken > 0)
        {
            context.WriteLine($"{Figures.Count(link.Broken, "session")} broke: arrivals that were lost then are not known here");
        }

        if (link.HubClock.Jumps > 0)
        {
            context.WriteLine($"{Figures.Count(link.HubClock.Jumps, "jump")} of a clock, after which the clocks were compared anew");
        }

        if (!link.Closed)
        {
            context.WriteLine("the hub did not hear the goodbye: arrivals that were lost at the end are not known");
        }

        if (link.Refused > 0)
        {
            context.WriteLine($"{Figures.Count(link.Refused, "packet")} did not come from the hub");
        }

        if (IsOnlyLate(link, result))
        {
            context.WriteLine(
                $"{Figures.Count(result.Run!.Losses.Of(LossCause.LateInjections), "injected spike")} reached the device after their "
                + $"time, and fired at once");
        }
        else
        {
            LossText.Say(context, result.Run!.Losses);
        }

        SaturationText.Say(context, result.Run);
        if (result.Run.EndedEarly is { } early)
        {
            context.WriteLine("incomplete: " + early);
        }
    }

    private static object Document(SiteRunPlan plan, HubLink link, SiteResult result, long lost, bool complete) => new
    {
        Schema = "neuromcu.site/1",
        Site = plan.Name,
        Complete = complete,
        link.Closed,
        Sessions = link.Windows.Count,
        BrokenSessions = link.Broken,
        result.Spikes,
        result.Potentials,
        Sent = link.Sent,
        link.Unsent,
        result.Delivered,
        Lost = lost,
        ConstantLatencyUs = result.Delay > 0 ? result.Delay
            : link.Policy is { Measured: false, Delay: { } latency } ? latency : (long?)null,
        LatencyChanges = result.DelayChanges,
        result.LateDelivered,
        result.LateDropped,
        result.CutShort,
        result.Unknown,
        result.OutsideRun,
        LostPackets = link.Windows.Sum(w => w.Lost),
        Duplicates = link.Windows.Sum(w => w.Duplicates),
        Reordered = link.Windows.Sum(w => w.Reordered),
        link.Refused,
        ArrivalLatency = LatencyText.Document(result.Arrival),
        InjectionLatency = LatencyText.Document(result.Injection),
        RoundTripUs = link.HubClock.RoundTrip,
        link.HubClock.DriftPpm,
        ClockJumps = link.HubClock.Jumps,
        StartedUs = result.Started,
        Ended = result.Ended,
        LostSpikes = result.Run!.Lost,
        Losses = result.Run.Losses.ByName,
        result.Run.LateEvents,
        MaxLatenessUs = result.Run.MaxLateness,
    };

    private sealed record Served(VirtualServer? Server, string? KeyFile) : IDisposable
    {
        public void Dispose()
        {
            if (KeyFile is not null)
            {
                File.Delete(KeyFile);
            }
        }
    }
}
