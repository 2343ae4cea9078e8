// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Net;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Service;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Hub;

/// <summary><c>hub</c>: connects neurons of several sites through synapses.</summary>
internal static class HubVerb
{
    private static readonly string[] s_outputs = ["spikes.csv", "weights.csv", "hub.html"];

    private static readonly Argument<string> s_file = new("FILE.yaml") { Description = "Hub file: sites, neurons, synapses, rule" };

    private static readonly Option<string?> s_for = InternetOptions.For();

    private static readonly Option<bool> s_check = InternetOptions.Check();

    private static readonly Option<bool> s_service = InternetOptions.Service();

    private static readonly Option<bool> s_untilAllLeft = new("--until-all-left")
    {
        Description =
        "End when every keyed site has said goodbye"
    };

    private static readonly Option<string?> s_out = new("--out",
        "-o")
    { Description = "Write spikes.csv, weights.csv and hub.html into this folder", HelpName = "DIR" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("hub", "Connect neurons of several sites through memristors, over the network") { s_file, s_for,
            s_untilAllLeft, s_out, s_check, s_service };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        HubPlan plan = HubFile.Load(context.Note(line.GetRequiredValue(s_file)));
        long time = line.GetValue(s_for) is { } text ? Quantities.Duration(text, "--for") : 0;
        string? folder = line.GetValue(s_out);
        context.ForWritingAll([.. folder is null ? [] : s_outputs.Select(f => Path.Combine(folder, f)), plan.StateFile,
            NwbOf(plan)]);
        if (line.GetValue(s_check))
        {
            SiteKeys.Check(plan);
            context.WriteLine(
                $"{plan.Name}: {plan.Sites.Count} sites, {plan.Neurons.Count} neurons, {plan.Synapses.Count} synapses; the file is right");
            return ExitCode.Ok;
        }

        bool service = line.GetValue(s_service);
        using StatusLine status = new StatusLine(context);
        using ServiceLog log = new ServiceLog("hub", status.Say, service);
        await using DeviceConnection? connection = plan.ArrayPlaces.Count > 0
            ? await ConnectAsync(context, cancellation) : null;
        await using NodeArrayLink? array = connection is null ? null
            : await NodeArrayLink.OpenAsync(connection.Client, plan.ArrayPlaces, cancellation);
        using HubServer server = new HubServer(plan, log.Say, log.Warn, array);
        server.Record.IsKept = folder is not null;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (time > 0)
        {
            end.CancelAfter(TimeSpan.FromMicroseconds(time));
        }

        ServiceSettings settings = new ServiceSettings
        {
            Place = plan.Metrics,
            Health = server.Metrics.Health,
            Registry = server.Metrics.Registry,
        };
        await ServiceHost.RunAsync(settings, stop =>
        {
            Announce(log, plan, server);
            if (!service)
            {
                status.Watch(new HubWatch(plan, server).Line);
            }

            return server.RunAsync(line.GetValue(s_untilAllLeft), stop);
        }, end.Token);
        status.Dispose();
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            OutputFile.WriteText(Path.Combine(folder, "spikes.csv"), server.Record.WriteSpikes);
            OutputFile.WriteText(Path.Combine(folder, "weights.csv"), server.Record.WriteWeights);
            HubPage.Of(plan, server, 0, server.Now, RunFiles.MadeWith).Save(Path.Combine(folder, "hub.html"));
            context.Say("wrote " + folder);
        }

        if (context.Json)
        {
            context.WriteJson(Document(plan, server));
        }
        else
        {
            Print(context, server);
        }

        // Behind the account, which a full disk is not to cost.
        if (NwbOf(plan) is { } nwb && server.LogProblem is null)
        {
            SaveNwb(context, plan.LogFile!, nwb);
        }

        if (server.StateProblem is { } problem)
        {
            CliException words = Problems.Explain(problem, cancelled: false);
            context.Complain(words);
            return words.Code;
        }

        return server.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
    }

    private static Task<DeviceConnection> ConnectAsync(VerbContext context, CancellationToken cancellation)
    {
        context.UseNodes();
        return context.ConnectAsync(cancellation);
    }

    private static string? NwbOf(HubPlan plan) => plan.LogFile is null ? null : Path.ChangeExtension(plan.LogFile, ".nwb");

    // All sessions that the log has, for programs that know nothing of it.
    private static void SaveNwb(VerbContext context, string log, string nwb)
    {
        RunRecording recording = RecordingFile.Read(log);
        OutputFile.Write(nwb, stream => RecordingFile.Write(nwb, recording, DateTimeOffset.Now, stream));
        context.Say("wrote " + nwb);
    }

    private static void Announce(ServiceLog log, HubPlan plan, HubServer server)
    {
        foreach (string key in server.MadeKeys)
        {
            log.Say("made a key: " + key);
        }

        if (server.KeyedPlace is { } keyed)
        {
            log.Say(
                $"listening on UDP {keyed} for sites with a key: "
                + $"{Names(plan, Transport.Keyed)}");
        }

        if (plan.MqttListen is { } broker)
        {
            log.Say(
                $"broker on TCP {broker} (MQTT{(plan.MqttTls is null ? string.Empty : " with TLS")}) for: {Names(plan, Transport.Mqtt)}");
        }

        if (plan.MqttBroker is { } elsewhere)
        {
            log.Say($"client of the broker at {elsewhere} (MQTT{(plan.MqttTls is null ? string.Empty : " with TLS")})");
        }

        if (plan.WebSocketListen is { } socket)
        {
            log.Say(
                $"listening on ws://{socket} (WebSocket) for: {Names(plan, Transport.WebSocket)}");
        }

        (IPEndPoint? eieio, IPEndPoint? jaer) = server.EventPlaces;
        foreach ((IPEndPoint? place, string name) in new[] { (eieio, "EIEIO"), (jaer, "jAER") })
        {
            if (place is not null)
            {
                log.Say($"listening on UDP {place} for {name} packets: they are not authenticated, and whoever sends from a site's "
                    + $"address passes for it");
            }
        }

        if (server.HistoricalPlace is { } historical)
        {
            log.Say(
                $"listening on UDP {historical} for the packets of the experiment: they are not authenticated, and whoever sends from a "
                + $"partner's address passes for it");
        }

        if (plan.Metrics is { } metrics)
        {
            log.Say($"health at http://{metrics}/health, metrics for Prometheus at http://{metrics}/metrics");
        }

        log.Say("Ctrl-C ends it.");
    }

    private static string Names(HubPlan plan, Transport transport) =>
        string.Join(", ", plan.Sites.Where(s => s.Transport == transport).Select(s => s.Name).DefaultIfEmpty("no site of the file"));

    private static void Print(VerbContext context, HubServer server)
    {
        Spectre.Console.Grid sites = Tables.Plain("site", "#taken", "#lost", "#refused", "#sent to it", "#undelivered");
        foreach (SiteAccount a in server.Accounts)
        {
            Tables.Add(sites, a.Plan.Name, $"{a.Taken}", a.KnowsLosses || a.Lost > 0 ? $"{a.Lost}" : "?", $"{a.Refused}", $"{a.Sent}", $"{a.Undelivered}");
        }

        context.Out.Write(sites);
        Spectre.Console.Grid synapses = Tables.Plain("synapse", "#spikes", "#up", "#down", "#weight");
        foreach (SynapseState s in server.Core.Synapses)
        {
            Tables.Add(synapses, s.Plan.Name, $"{s.Spikes}", $"{s.Potentiations}", $"{s.Depressions}", $"{s.Node.Weight}");
        }

        context.WriteLine();
        context.Out.Write(synapses);
        context.WriteLine();
        foreach (string name in server.Accounts.Where(a => !a.KnowsLosses).Select(a => a.Plan.Name))
        {
            context.WriteLine($"{name}: its packets are not numbered: what is lost on the way is not known");
        }

        foreach (SiteAccount a in server.Accounts)
        {
            context.WriteLine($"{a.Plan.Name}: latency to the hub {LatencyText.Of(a.ToHub)}");
            foreach (string trouble in Troubles(a))
            {
                context.WriteLine($"{a.Plan.Name}: {trouble}");
            }
        }

        foreach (HubRoute route in server.Routes.Where(r => r.Latency.Count > 0))
        {
            context.WriteLine($"{route.From} -> {route.To}: sent on {LatencyText.Of(route.Latency)} after the spike");
        }

        if (server.Strangers > 0)
        {
            context.WriteLine(
                $"{Figures.Count(server.Strangers, "packet")} belonged to no site, and {(server.Strangers == 1 ? "was" : "were")} dropped");
        }

        if (server.RefusedByBroker > 0)
        {
            context.WriteLine(
                $"the broker refused {Figures.Count(server.RefusedByBroker, "request")} (connections, messages, subscriptions)");
        }

        if (server.Overflow > 0)
        {
            context.WriteLine(
                $"{Figures.Count(server.Overflow, "packet")} came faster than the hub works, and "
                + $"{(server.Overflow == 1 ? "was" : "were")} dropped");
        }

        if (server.PulsesDropped > 0)
        {
            context.WriteLine($"{Figures.Count(server.PulsesDropped, "pulse")} for nodes of the device "
                + $"{(server.PulsesDropped == 1 ? "was" : "were")} not given");
        }

        if (server.RecordDropped > 0)
        {
            context.WriteLine($"{Figures.Count(server.RecordDropped, "row")} found no room in the record or the log"
                + (server.LogProblem is { } problem ? ": " + problem.Message : string.Empty));
        }
    }

    private static System.Collections.Generic.IEnumerable<string> Troubles(SiteAccount a)
    {
        if (a.CutOff is { } why)
        {
            yield return $"cut off: {why}; {Figures.Count(a.AfterCut, "spike")} after that";
        }

        if (a.IsOpen)
        {
            yield return $"{Figures.Count(a.OpenSessions, "session")} ended without a goodbye: spikes that were lost at the end are not "
                + $"known";
        }

        (long Count, string What)[] counts =
        [
            (a.LostPackets, "did not arrive"), (a.Duplicates, "came twice, and counted once"), (a.Reordered, "came after later ones"),
            (a.Forged, "sealed with another key"), (a.Malformed, "made no sense"), (a.TooOld, "came too late to be judged"),
        ];
        foreach ((long count, string what) in counts.Where(c => c.Count > 0))
        {
            yield return $"{Figures.Count(count, "packet")} {what}";
        }

        if (a.Repeater is { } repeater)
        {
            yield return $"{Figures.Count(a.Repeats, "packet")} repeated by another address, first by {repeater}";
        }

        (long Count, string What)[] spikes =
        [
            (a.Foreign, "of another site's neurons"), (a.Unknown, "of neurons that the hub does not have"),
                (a.OverRate, "above its most_rate"), (a.SecondProgram, "of a second program with its key, which was not let in"),
            (a.Before, "sent to a hub that ended without a word: whether they were taken stands in that hub's log"),
            (a.Implausible, "stamped more than a minute back or a second ahead, counted as of their arrival"),
        ];
        foreach ((long count, string what) in spikes.Where(c => c.Count > 0))
        {
            yield return $"{Figures.Count(count, "spike")} {what}";
        }

        if (a.Renumbered > 0)
        {
            yield return $"numbered its packets anew {Figures.Count(a.Renumbered, "time")}: spikes that were lost then are not known";
        }

        if (a.Undelivered > 0)
        {
            yield return $"{Figures.Count(a.Undelivered, "arrival")} for it could not be sent";
        }

        if (a.Unread > 0)
        {
            yield return $"{Figures.Count(a.Unread, "arrival")} dropped: it did not read as fast as they came";
        }

        if (a.AfterLeaving > 0)
        {
            yield return $"{Figures.Count(a.AfterLeaving, "arrival")} after it had left, which {(a.AfterLeaving == 1 ? "was" : "were")} not sent";
        }
    }

    private static object Document(HubPlan plan, HubServer server) => new
    {
        Schema = "neuromcu.hub/1",
        Hub = plan.Name,
        DurationS = server.Now / 1e6,
        Complete = server.IsComplete,
        server.Strangers,
        server.Overflow,
        server.RefusedByBroker,
        server.RecordDropped,
        server.PulsesDropped,
        Sites = server.Accounts.Select(a => new
        {
            a.Plan.Name,
            Transport = a.Plan.TransportName,
            Authenticated = a.Plan.IsSealed,
            Complete = a.IsComplete,
            a.Closed,
            a.CutOff,
            Sessions = a.Windows.Count,
            a.OpenSessions,
            a.Taken,
            a.Potentials,
            a.Lost,
            a.Foreign,
            a.Unknown,
            a.OverRate,
            a.AfterCut,
            a.SecondProgram,
            a.Before,
            a.Implausible,
            a.Sent,
            a.Undelivered,
            a.Unread,
            a.AfterLeaving,
            a.Packets,
            a.LostPackets,
            a.Duplicates,
            a.Reordered,
            a.TooOld,
            a.Renumbered,
            a.Forged,
            a.Malformed,
            a.Repeats,
            a.Repeater,
            Latency = LatencyText.Document(a.ToHub),
        }),
        Routes = server.Routes.Select(r => new { r.From, r.To, Latency = LatencyText.Document(r.Latency) }),
        Synapses = server.Core.Synapses.Select(s => new
        {
            s.Plan.Name,
            Pre = s.Plan.Pre.Name,
            Post = s.Plan.Post.Name,
            Node = s.Plan.Node.Name,
            s.Spikes,
            s.Potentiations,
            s.Depressions,
            s.Node.Weight,
            s.Node.State,
        }),
    };
}
