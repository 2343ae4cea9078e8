// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>The experiment of Serb et al., Sci. Rep. 10, 2590 (2020): a hub with two memristors in this process, and two sites with a
/// device each in processes of their own.</summary>
internal sealed class InternetDemo : IDemo
{
    private const string ReportName = "internet.html";

    private static readonly string[] s_counts = ["lost", "unsent", "broken_sessions", "late_dropped", "cut_short", "unknown"];

    /// <inheritdoc />
    public IReadOnlyList<string> Neurons => [.. MiddleNeuron.All.Select(n => n.Name)];

    /// <inheritdoc />
    public string Name => "internet";

    /// <inheritdoc />
    public string Summary => "silicon neuron, memristor, noisy neuron: three processes and one network, 35 s";

    /// <inheritdoc />
    public async Task<ExitCode> RunAsync(VerbContext context, DemoRequest request, CancellationToken cancellation)
    {
        (string folder, string? figure, string? neuron) = request;
        MiddleNeuron middle = MiddleNeuron.Of(neuron);
        string files = Path.Combine(folder, "internet");
        Directory.CreateDirectory(files);
        HubPlan plan = HubFile.Parse(ShippedFiles.Text("hub.yaml").Replace(":5006", ":0", StringComparison.Ordinal),
            Path.Combine(files, "hub.yaml"));
        using HubServer server = new HubServer(plan, context.Say);
        foreach (string file in ShippedFiles.Names)
        {
            // The hub takes any free port here, which its sites are to know.
            OutputFile.WriteText(Path.Combine(files, file), ShippedFiles.Text(file)
                .Replace(":5006", ":" + server.KeyedPlace!.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("network: " + MiddleNeuron.Adex.File, "network: " + middle.File, StringComparison.Ordinal));
        }

        (JsonElement zurich, JsonElement padova) = await RunAsync(context, server, files, middle, cancellation);
        long start = zurich.GetProperty("started_us").GetInt64();
        IReadOnlyList<Phase> phases = Phases.Of(server.Record, start, plan.Synapses[0], server.InitialWeights["mr1"]);
        IReadOnlyList<string> missing = Phases.Missing(phases);
        string report = Path.Combine(folder, ReportName);
        HtmlReport page = HubPage.Of(plan, server, start, phases[^1].End - start, RunFiles.MadeWith);
        PhaseTable.Add(page, middle, phases, missing);
        page.Save(report);
        PictureFiles.Save(context, figure, () => page);
        bool complete = server.IsComplete && zurich.GetProperty("complete").GetBoolean() && padova.GetProperty("complete").GetBoolean();
        if (context.Json)
        {
            context.WriteJson(Document(server, middle, phases, missing, complete, zurich, padova, report));
        }
        else
        {
            Print(context, server, phases, missing, zurich, padova);
        }

        context.Say("wrote " + report);
        return !complete ? ExitCode.Incomplete : missing.Count > 0 ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static async Task<(JsonElement Zurich, JsonElement Padova)> RunAsync(VerbContext context, HubServer server, string files,
        MiddleNeuron middle, CancellationToken cancellation)
    {
        long time = Phases.Length * Phases.Names.Count;
        string text = FormattableString.Invariant($"{time} us");
        using SiteProcess zurich = new SiteProcess("zurich", Path.Combine(files, "zurich.yaml"), text);
        using SiteProcess padova = new SiteProcess("padova", Path.Combine(files, "padova.yaml"),
            FormattableString.Invariant($"{time + 500_000} us"), middle.Device);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task hub = server.RunAsync(untilAllLeft: true, end.Token);
        using (ProgressLine progress = new ProgressLine(context, "running"))
        {
            while (!hub.IsCompleted)
            {
                await Task.WhenAny(hub, Task.Delay(200, cancellation));
                cancellation.ThrowIfCancellationRequested();
                SiteProcess? failed = new[] { zurich, padova }.FirstOrDefault(s => s.Ended.IsCompleted
                    && s.Code is not (ExitCode.Ok or ExitCode.Incomplete));
                if (failed is not null)
                {
                    await end.CancelAsync();
                    await failed.ResultAsync();
                }

                int rows = server.Accounts.Sum(a => (int)a.Taken);
                progress.Report(Math.Min(1, server.Now / (time + 2e6)), $"{rows} spikes");
            }
        }

        await hub;
        return (await zurich.ResultAsync(), await padova.ResultAsync());
    }

    private static void Print(VerbContext context, HubServer server, IReadOnlyList<Phase> phases, IReadOnlyList<string> missing,
        params JsonElement[] sites)
    {
        PhaseTable.Print(context, phases);
        context.WriteLine();
        foreach (JsonElement site in sites)
        {
            JsonElement latency = site.GetProperty("arrival_latency");
            string name = site.GetProperty("site").GetString()!;
            string arrival = latency.ValueKind == JsonValueKind.Null
                ? "nothing arrived"
                : FormattableString.Invariant(
                    $"from spike to arrival p50 {latency.GetProperty("p50_us").GetDouble() / 1e3:0.##} ms, p99 {latency.GetProperty("p99_us").GetDouble() / 1e3:0.##} ms");
            context.WriteLine(
                $"{name}: {site.GetProperty("sent").GetInt64()} sent, {site.GetProperty("delivered").GetInt64()} delivered, {site.GetProperty("lost").GetInt64()} lost, {site.GetProperty("late_delivered").GetInt64()} late; {arrival}");
        }

        foreach (JsonElement site in sites.Where(s => !s.GetProperty("complete").GetBoolean()))
        {
            context.WriteLine($"{site.GetProperty("site").GetString()} is incomplete: {string.Join(", ", Missing(site))}");
            context.Say("  next: run it again while this machine does nothing else; the neurons of both sites are computed in real time");
        }

        foreach (SiteAccount account in server.Accounts.Where(a => !a.IsComplete))
        {
            context.WriteLine(
                $"{account.Plan.Name}: {account.Lost} lost, {account.Refused} refused, {account.Undelivered} undelivered on the hub's side");
        }

        context.WriteLine(PhaseTable.Verdict(missing));
        long late = sites.Sum(s => s.GetProperty("late_delivered").GetInt64());
        if (missing.Count > 0 && late > 0)
        {
            context.Say(FormattableString.Invariant(
                $"  why: {late} arrivals came later than the constant latency, as on a machine that has too much to do"));
            context.Say("  next: run it again while this machine does nothing else, or neuromcu demo internet-fast, which has no wires");
        }
    }

    // What a site says of itself by name, as 'neuromcu site --json' documents it.
    private static IEnumerable<string> Missing(JsonElement site) =>
        s_counts.Select(name => (Name: name, Count: site.GetProperty(name).GetInt64()))
            .Concat(site.GetProperty("losses").EnumerateObject().Select(p => (p.Name, Count: p.Value.GetInt64())))
            .Where(p => p.Count > 0).Select(p => FormattableString.Invariant($"{p.Count} {p.Name}"));

    private static object Document(
        HubServer server, MiddleNeuron middle, IReadOnlyList<Phase> phases, IReadOnlyList<string> missing, bool complete,
        JsonElement zurich, JsonElement padova, string report) => new
        {
            Schema = "neuromcu.demo.internet/1",
            Neuron = middle.Name,
            Complete = complete,
            Found = missing.Count == 0,
            Missing = missing,
            Phases = PhaseTable.Document(phases),
            Hub = server.Accounts.Select(a => new
            {
                Site = a.Plan.Name,
                a.Taken,
                a.Lost,
                a.Refused,
                a.Sent,
                a.Undelivered,
                Latency = LatencyText.Document(a.ToHub)
            }),
            Sites = new[] { zurich, padova },
            Report = report,
        };
}
