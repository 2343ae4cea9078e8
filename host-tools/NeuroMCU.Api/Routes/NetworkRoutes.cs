// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Networks;

namespace NeuroMCU.Api.Routes;

/// <summary>Networks: their text in, findings out.</summary>
internal sealed class NetworkRoutes(SessionList sessions)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("POST", "/networks/check", CheckAsync, false),
        new("GET", "/examples", ListAsync, false),
        new("GET", "/examples/{**name}", ExampleAsync, false),
        new("GET", "/devices/{id}/network", context => context.AnswerAsync(Describe(sessions.Find(context.Part("id")))), false),
        new("PUT", "/devices/{id}/network", PutAsync, true),
        new("PATCH", "/devices/{id}/network", PatchAsync, true),
    ];

    private static Task ListAsync(HttpContext context) => context.AnswerAsync(new { Examples.Networks, Examples.Sounds });

    private static async Task ExampleAsync(HttpContext context)
    {
        string path = Examples.Network(context.Part("name"));
        await context.AnswerAsync(new { Name = context.Part("name"), Path = path, Text = InputFile.ReadText(path) }).ConfigureAwait(false);
    }

    private static NetworkText TextOf(NetworkBody body)
    {
        string path = body.Path ?? NetworkText.NoPath;
        string? text = body.Text;
        if (body.Example is { } example)
        {
            path = Examples.Network(example);
            text ??= InputFile.ReadText(path);
        }

        if (text is null)
        {
            throw ApiException.Bad("there is no network in the body", null, "send its 'text', or the name of an 'example'");
        }

        return new NetworkText(text, path, SettingsOf(body.Settings), body.Watch ?? [], body.Twin);
    }

    private static NetworkSetting[] SettingsOf(IReadOnlyDictionary<string, string>? settings) =>
        [.. (settings ?? new Dictionary<string, string>()).Select(s => NetworkSetting.Parse(s.Key + "=" + s.Value)
            ?? throw ApiException.Bad($"'{s.Key}' names no value of a network file", null, "write it such as populations.cells.bias"))];

    private static async Task CheckAsync(HttpContext context)
    {
        NetworkBody body = await context.ReadAsync<NetworkBody>().ConfigureAwait(false);
        NetworkText text = TextOf(body);
        CompiledNetwork? compiled = null;
        IReadOnlyList<Diagnostic> errors = [];
        try
        {
            compiled = await Task.Run(() =>
            {
                Network network = NetworkCompilation.Read(text);
                return NetworkCompilation.Compile(network, text.Twin, body.Device, null);
            }).ConfigureAwait(false);
        }
        catch (NetworkFileException file)
        {
            errors = file.Diagnostics;
        }

        await context.AnswerAsync(new
        {
            Ok = errors.Count == 0,
            Errors = errors.Select(Failures.Of),
            Warnings = (compiled?.Report.Warnings ?? []).Select(Failures.Of),
            Summary = compiled is null ? null : SummaryOf(compiled),
        }).ConfigureAwait(false);
    }

    private async Task PutAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        NetworkBody body = await context.ReadAsync<NetworkBody>().ConfigureAwait(false);
        CompiledNetwork compiled = await session.LoadAsync(TextOf(body), body.Uncalibrated, body.KeepWeights, context.RequestAborted)
            .ConfigureAwait(false);
        await context.AnswerAsync(Describe(session, compiled)).ConfigureAwait(false);
    }

    // Other values, or other traces, in the network that is loaded. What the device cannot take while it runs starts it over at time 0;
    // changed weights stay.
    private async Task PatchAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        PatchBody body = await context.ReadAsync<PatchBody>().ConfigureAwait(false);
        NetworkText former = session.Require().Text
            ?? throw ApiException.Conflict("the device brought its network along, and its text is not known here", null,
            "PUT the network anew");
        Dictionary<string, string> settings = former.Settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);
        foreach ((string name, string? value) in body.Settings ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                settings.Remove(name);
            }
            else
            {
                settings[name] = value;
            }
        }

        NetworkText next = former with { Settings = SettingsOf(settings), Watched = body.Watch ?? former.Watched };
        (CompiledNetwork compiled, bool live) = await session.RetuneAsync(next, body.Uncalibrated, context.ClientName(),
            context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(Describe(session, compiled, live)).ConfigureAwait(false);
    }

    private static object SummaryOf(CompiledNetwork compiled) => new
    {
        Name = compiled.Symbols.Network,
        compiled.Report.Neurons,
        compiled.Report.Synapses,
        compiled.Report.ImageBytes,
        compiled.Report.HeapBytes,
        compiled.Report.HeapLimit,
        compiled.Report.Board,
        compiled.Report.CostProfile,
        compiled.Report.DeviceLoad,
        StepUs = compiled.Report.Step,
        DurationUs = compiled.Network.Duration,
    };

    private static object Describe(DeviceSession session, CompiledNetwork? fresh = null, bool? live = null)
    {
        LoadedNetwork network = session.Require();
        CompiledNetwork? compiled = fresh ?? network.Compiled;
        return new
        {
            session.NetworkVersion,
            ChangedLive = live,
            Name = network.Symbols.Network,
            Text = network.Text?.Text,
            Path = network.Text?.Path,
            Settings = network.Text?.Settings.ToDictionary(s => s.Name, s => s.Value),
            Watch = network.Text?.Watched,
            Parameters = network.Text is { } text ? ParameterList.Of(text, compiled?.Network) : [],
            Warnings = (compiled?.Report.Warnings ?? []).Select(Failures.Of),
            Summary = compiled is null ? null : SummaryOf(compiled),
            NodeWeights = network.NodeWeights?.Document,
            Populations = network.Populations.Select((p, k) => new
            {
                p.Name,
                p.First,
                p.Size,
                p.Recorded,
                Input = network.Tables.Populations[k].Model is SourceModel,
                network.Symbols.Populations[k].Unit,
                Channels = network.Tables.Populations[k].Channels ?? [],
                Variables = compiled is null ? [] : NetworkCompilation.VariablesOf(compiled.Network.Populations[k]),
            }),
            Projections = network.Tables.Projections.Select((p, k) => new
            {
                Name = network.Symbols.Projections[k],
                From = network.Populations[p.Source].Name,
                To = network.Populations[p.Target].Name,
                Synapses = p.Synapses.Length,
                Unit = network.Synapses.UnitOf(k),
                Limit = network.Synapses.LimitOf(k),
                Learns = network.Tables.Learning.Any(l => l.Projection == k),
            }),
            Traces = network.Tables.Traces.Select((t, k) => network.PopulationOf(t.Neuron) is var p ? new
            {
                Index = k,
                Population = network.Populations[p].Name,
                Neuron = t.Neuron - network.Populations[p].First,
                Name = FormattableString.Invariant($"{network.Populations[p].Name}[{t.Neuron - network.Populations[p].First}]")
                    + TraceValues.Suffix(t, network.Symbols.Populations[p]),
                Unit = TraceValues.UnitOf(t, network.Symbols.Populations[p]),
                Threshold = TraceValues.ThresholdOf(t, network.Tables.Populations[p], network.Symbols.Populations[p],
                    t.Neuron - network.Populations[p].First),
                IntervalUs = t.Interval,
            } : null),
            Readouts = network.Symbols.Readouts.Select(r => new { r.Index, r.Name, r.Unit }),
            Hears = network.Tables.Hearing.Length > 0,
        };
    }

    private sealed record NetworkBody(string? Text = null, string? Path = null, string? Example = null,
        IReadOnlyDictionary<string, string>? Settings = null, IReadOnlyList<WatchedTrace>? Watch = null, bool Twin = false,
        bool Uncalibrated = false, bool KeepWeights = false, string? Device = null);

    private sealed record PatchBody(IReadOnlyDictionary<string, string?>? Settings = null, IReadOnlyList<WatchedTrace>? Watch = null,
        bool Uncalibrated = false);
}
