// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Compiler;

namespace NeuroMCU.Api.Routes;

/// <summary>Weights, read and written while the network runs.</summary>
internal sealed class WeightRoutes(SessionList sessions)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/devices/{id}/weights/{projection}", GetAsync, false),
        new("PATCH", "/devices/{id}/weights/{projection}", PatchAsync, true),
    ];

    private async Task GetAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        LoadedNetwork network = session.Require();
        string name = context.Part("projection");
        int projection = network.Projection(name);
        long version = session.Versions.Version;
        short[] raw = await session.ReadWeightsAsync(projection, context.RequestAborted).ConfigureAwait(false);
        int first = network.Synapses.FirstOf(projection);
        SynapseSite[] sites = [.. raw.Select((_, k) => network.Synapses.Locate(first + k))];
        context.Response.Headers.ETag = Tag(session.NetworkVersion, version);
        await context.AnswerAsync(new
        {
            Projection = name,
            From = network.Populations[network.Tables.Projections[projection].Source].Name,
            To = network.Populations[network.Tables.Projections[projection].Target].Name,
            Unit = network.Synapses.UnitOf(projection),
            Limit = network.Synapses.LimitOf(projection),
            Version = version,
            Pre = sites.Select(s => s.Pre),
            Post = sites.Select(s => s.Post),
            DelayUs = sites.Select(s => s.Delay),
            Weight = raw.Select((w, k) => network.Synapses.ToPhysical(first + k, w)),
        }).ConfigureAwait(false);
    }

    private async Task PatchAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        WeightsBody body = await context.ReadAsync<WeightsBody>().ConfigureAwait(false);
        LoadedNetwork network = session.Require();
        string name = context.Part("projection");
        int projection = network.Projection(name);
        List<(int, double)> changes = [];
        foreach (WeightChange change in body.Changes)
        {
            foreach (int synapse in Synapses(network, projection, name, change))
            {
                changes.Add((synapse, change.Weight));
            }
        }

        if (changes.Count == 0)
        {
            throw ApiException.Bad("there is no change in the body", null, "send changes: [{pre, post, weight}]");
        }

        // Of two changes of one synapse in a request the later one counts.
        changes = [.. changes.GroupBy(c => c.Item1).Select(g => g.Last())];
        long version = await session.WriteWeightsAsync(projection, changes, Seen(context, session), context.ClientName(),
            context.RequestAborted)
            .ConfigureAwait(false);
        context.Response.Headers.ETag = Tag(session.NetworkVersion, version);
        await context.AnswerAsync(new
        {
            Projection = name,
            Version = version,
            Written = changes.Count,
            Unit = network.Synapses.UnitOf(projection),
            Weights = changes.Take(1000).Select(c =>
            {
                network.Synapses.TryToDevice(c.Item1, c.Item2, out int held);
                SynapseSite site = network.Synapses.Locate(c.Item1);
                return new { site.Pre, site.Post, Weight = network.Synapses.ToPhysical(c.Item1, held) };
            }),
        }).ConfigureAwait(false);
    }

    private static IReadOnlyList<int> Synapses(LoadedNetwork network, int projection, string name, WeightChange change)
    {
        if (change.Synapse is { } index)
        {
            int first = network.Synapses.FirstOf(projection);
            int count = network.Synapses.FirstOf(projection + 1) - first;
            return index >= 0 && index < count ? [first + index]
                : throw ApiException.NotFound(FormattableString.Invariant($"'{name}' has no synapse {index}"),
                    FormattableString.Invariant($"its synapses are 0 to {count - 1}"));
        }

        if (change.Pre is not { } pre || change.Post is not { } post)
        {
            throw ApiException.Bad("a change names no synapse", null, "give it pre and post, or synapse");
        }

        IReadOnlyList<int> found = network.Synapses.Find(projection, pre, post);
        return found.Count > 0 ? found
            : throw ApiException.NotFound(FormattableString.Invariant($"'{name}' joins no neuron {pre} to {post}"),
                "GET the weights to see which are joined");
    }

    private static string Tag(int network, long version) => string.Create(CultureInfo.InvariantCulture, $"\"{network}-{version}\"");

    private static long? Seen(HttpContext context, DeviceSession session)
    {
        string tag = context.Request.Headers.IfMatch.ToString().Trim();
        if (tag.Length == 0 || tag == "*")
        {
            return null;
        }

        string[] parts = tag.Trim('"').Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int network)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long version))
        {
            throw ApiException.Bad("If-Match holds no tag of this server", null, "send the ETag that came with the weights");
        }

        return network == session.NetworkVersion ? version
            : throw new ApiException(412, "changed_meanwhile", "another network was loaded meanwhile", null, "read the weights again");
    }

    private sealed record WeightsBody(IReadOnlyList<WeightChange> Changes);

    private sealed record WeightChange(double Weight, int? Pre = null, int? Post = null, int? Synapse = null);
}
