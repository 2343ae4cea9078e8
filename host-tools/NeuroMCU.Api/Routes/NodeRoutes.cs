// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Api.Routes;

/// <summary>Nodes of the board's array: what they show, what is done to them, what was done.</summary>
internal sealed class NodeRoutes(SessionList sessions)
{
    private const int MostSamples = 64;
    private const int MostRows = 10_000;

    private static readonly Dictionary<string, int> s_modes = new(StringComparer.Ordinal)
    {
        ["volatile"] = NodeMode.Volatile,
        ["keeping"] = NodeMode.Keeping,
    };

    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/devices/{id}/nodes", ListAsync, false),
        new("POST", "/devices/{id}/nodes", ProgramAsync, true),
        new("GET", "/devices/{id}/nodes/history", HistoryAsync, false),
        new("PATCH", "/devices/{id}/nodes/{node}", SetAsync, true),
        new("POST", "/devices/{id}/nodes/{node}/pulse", PulseAsync, true),
    ];

    private async Task ListAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        int samples = Whole(context, "samples", 0, MostSamples) ?? 4;
        NodeArrayState state = await session.ReadNodesAsync(samples, context.RequestAborted).ConfigureAwait(false);
        NodeInfo info = state.Array.Info;
        double full = state.Array.FullScale;
        await context.AnswerAsync(new
        {
            Board = session.Device.Client.Info.BoardName,
            state.Array.Rows,
            state.Array.Columns,
            FullScaleS = full,
            PulseV = info.PulseMillivolts / 1000.0,
            PulseS = info.PulseMicroseconds / 1e6,
            MostV = info.MaxMillivolts / 1000.0,
            MostS = info.MaxMicroseconds / 1e6,
            Nodes = state.Entries.Select((e, k) => new
            {
                e.Node,
                Row = e.Node / state.Array.Columns,
                Column = e.Node % state.Array.Columns,
                Mode = ModeText(e.Mode),
                e.Masked,
                TargetS = e.Target * full,
                LowS = e.Low * full,
                HighS = e.High * full,
                Siemens = state.Readings.Count == 0 ? null : (double?)(state.Readings[k].Value * full),
                LowestS = state.Readings.Count == 0 ? null : (double?)(state.Readings[k].Lowest * full),
                HighestS = state.Readings.Count == 0 ? null : (double?)(state.Readings[k].Highest * full),
            }),
        }).ConfigureAwait(false);
    }

    private async Task ProgramAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        ProgramBody body = await context.ReadAsync<ProgramBody>().ConfigureAwait(false);
        Dictionary<int, double> targets = [];
        foreach (NodeTarget target in body.Targets ?? [])
        {
            if (!(target.Siemens >= 0) || !double.IsFinite(target.Siemens))
            {
                throw ApiException.Bad(FormattableString.Invariant($"the target of node {target.Node} is no conductance"), null,
                    "write siemens, such as 5e-6");
            }

            if (!targets.TryAdd(target.Node, target.Siemens))
            {
                throw ApiException.Bad(FormattableString.Invariant($"node {target.Node} has two targets"));
            }
        }

        if (targets.Count == 0)
        {
            throw ApiException.Bad("there is no target in the body", null, "send targets: [{node, siemens}]");
        }

        double tolerance = body.TolerancePercent ?? 2;
        if (tolerance is not (>= 0.1 and <= 20))
        {
            throw ApiException.Bad("'tolerance_percent' is out of range", null, "0.1 to 20 percent of full scale");
        }

        (NodeArrayInfo array, NodeTaskReport report) = await session.ProgramNodesAsync(targets, tolerance / 100, context.ClientName(),
            context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new
        {
            report.Pulses,
            report.Reads,
            Reached = report.Results.Count(r => r.Outcome == NodeOutcome.Reached),
            Nodes = report.Results.Select(r => new
            {
                r.Node,
                Outcome = OutcomeText.Of(r.Outcome),
                TargetS = targets[r.Node],
                Siemens = r.Value * array.FullScale,
                r.Pulses,
            }),
        }).ConfigureAwait(false);
    }

    private async Task SetAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        SetBody body = await context.ReadAsync<SetBody>().ConfigureAwait(false);
        if (body.Mode is null && body.Masked is null)
        {
            throw ApiException.Bad("it is not said what the node is to be", null, "send mode, masked, or both");
        }

        int mode = NodeMode.Unknown;
        if (body.Mode is { } text && !s_modes.TryGetValue(text, out mode))
        {
            throw ApiException.Bad("there is no such mode", null, "modes: " + string.Join(", ", s_modes.Keys));
        }

        int node = Node(context);
        await session.SetNodeAsync(node, mode, body.Masked, context.ClientName(), context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new { Node = node, body.Mode, body.Masked }).ConfigureAwait(false);
    }

    private async Task PulseAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        PulseBody body = await context.ReadAsync<PulseBody>().ConfigureAwait(false);
        if (body.Volts is not { } volts || !double.IsFinite(volts) || Bodies.Microseconds(body.Width, "width") is not { } width)
        {
            throw ApiException.Bad("a pulse takes volts and a width", null, "send volts: 2.0, width: \"100 us\"");
        }

        if (body.Count is < 1 or > 64)
        {
            throw ApiException.Bad("'count' is out of range", null, "1 to 64 pulses are given at a time");
        }

        int node = Node(context);
        (double before, double after) = await session.PulseNodeAsync(node, volts, width / 1e6, body.Count, context.ClientName(),
            context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new { Node = node, BeforeS = before, AfterS = after, body.Count }).ConfigureAwait(false);
    }

    private async Task HistoryAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        int? node = Whole(context, "node", 0, int.MaxValue);
        IReadOnlyList<HistoryRow> rows = await session.NodeHistoryAsync(node, Whole(context, "last", 1, MostRows) ?? 100,
            context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new
        {
            Steps = rows.Select(r => new
            {
                r.Id,
                r.Started,
                What = r.Verb,
                r.Node,
                r.Volts,
                WidthS = r.Seconds,
                r.Siemens,
                TimeS = r.Time,
            }),
        }).ConfigureAwait(false);
    }

    private static string ModeText(int mode) => mode switch
    {
        NodeMode.Volatile => "volatile",
        NodeMode.Keeping => "keeping",
        _ => "unknown",
    };

    private static int Node(HttpContext context) =>
        int.TryParse(context.Part("node"), NumberStyles.None, CultureInfo.InvariantCulture, out int node) ? node
            : throw ApiException.NotFound("a node has a number", "GET the nodes to see them");

    private static int? Whole(HttpContext context, string name, int least, int most)
    {
        string text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value : throw ApiException.Bad($"'{name}' is out of range", null, FormattableString.Invariant($"a whole number from {least} to {most}"));
    }

    private sealed record ProgramBody(IReadOnlyList<NodeTarget>? Targets = null, double? TolerancePercent = null);

    private sealed record NodeTarget(int Node, double Siemens);

    private sealed record SetBody(string? Mode = null, bool? Masked = null);

    private sealed record PulseBody(double? Volts = null, JsonElement? Width = null, int Count = 1);
}
