// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node map</c>: puts the weights of a network's projections that say <c>on: nodes</c> onto the array, and the network with the
/// weights that were measured into the device.</summary>
internal static class NodeMapVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "Network file with projections that say 'on: nodes'" };

    private static readonly Option<bool> s_pairs = new("--pairs") { Description = "Hold weights of both signs in pairs of nodes" };

    private static readonly Option<bool> s_persist = new("--persist", "-p") { Description = "Store the network with the measured weights" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("map", "Put weights of a network onto the nodes, and what was measured into the network")
        {
            s_file, s_pairs, s_persist, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        CompiledNetwork compiled = NetworkSource.Compile(context, path, false);
        Projection[] projections = [.. compiled.Network.Projections.Where(p => p.OnNodes)];
        if (projections.Length == 0)
        {
            throw new CliException(ExitCode.Usage, $"no projection of {path} is on nodes", null, "write 'on: nodes' into one of them");
        }

        context.UseBoardOf(compiled.Network);
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "map", cancellation);
        IReadOnlyList<(Projection Projection, int Connection)> synapses = NodeWeightSource.SynapsesOf(compiled.Network);
        bool persist = line.GetValue(s_persist);
        if (projections.All(p => p.OnVolatileNodes))
        {
            await session.Client.ProgramAsync(compiled.Image, new ProgramOptions(), null, cancellation);
            NodeWeights only = await MeasuredAsync(context, session, compiled, path, persist, cancellation);
            if (context.Json)
            {
                context.WriteJson(new
                {
                    Schema = "neuromcu.node-map/1",
                    Device = session.Client.Address,
                    Stored = persist,
                    NodeWeights = only.Document,
                });
            }

            return Say(context, only);
        }

        WeightMapping mapping = Plan(session, synapses, line.GetValue(s_pairs));
        IReadOnlyDictionary<int, double?> targets = mapping.Targets();

        // The former network ends its run: nodes are not written beside it.
        await session.Client.ProgramAsync(compiled.Image, new ProgramOptions(), null, cancellation);
        await session.Client.SetNodeTargetsAsync(targets, cancellation);
        NodeTaskReport report = await session.WorkAsync(context, "map", new NodeTaskOptions(NodeWork.Program, [.. targets.Keys])
        {
            Tolerance = WeightMapping.Tolerance,
        }, cancellation);
        Dictionary<int, NodeResult> results = report.Results.ToDictionary(r => r.Node);
        double[] realised = [.. mapping.Placed.Select(p => mapping.Realised(p, node => results[node].Value))];
        double largest = mapping.Placed.Max(p => Math.Abs(p.Weight));
        double rms = mapping.ErrorOf(realised);
        (int cut, double rounding) = await WriteAsync(session, compiled, synapses, realised, persist, cancellation);
        NodeWeights? all = projections.Any(p => p.OnVolatileNodes)
            ? await MeasuredAsync(context, session, compiled, path, persist, cancellation) : null;
        NodeResult[] bad = [.. report.Results.Where(r => r.Outcome != NodeOutcome.Reached)];
        int moved = mapping.Placed.Count(p => p.Moved);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-map/1",
                Device = session.Client.Address,
                Code = mapping.Code.ToString().ToLowerInvariant(),
                Synapses = synapses.Count,
                Moved = moved,
                RmsErrorPercent = 100 * rms,
                RoundingPercent = 100 * rounding / largest,
                CutOff = cut,
                Stored = persist,
                NodeWeights = all?.Document,
                Weights = mapping.Placed.Select(p => new
                {
                    Projection = synapses[p.Synapse].Projection.Name,
                    synapses[p.Synapse].Projection.Connections[synapses[p.Synapse].Connection].Pre,
                    synapses[p.Synapse].Projection.Connections[synapses[p.Synapse].Connection].Post,
                    p.Node,
                    p.Partner,
                    Wanted = p.Weight,
                    Realised = realised[p.Synapse],
                }),
            });
        }
        else
        {
            context.WriteLine($"{session.Where}: {Figures.Count(synapses.Count, "weight")} on {Figures.Count(targets.Count, "node")} "
                + $"({mapping.Code.ToString().ToLowerInvariant()}), {NodeOptions.Number(moved)} placed around bad nodes");
            context.WriteLine($"realised with RMS error {Figures.Short(100 * rms)} % of the largest weight; the image rounds by "
                + $"{Figures.Short(100 * rounding / largest)} % at most" + (cut > 0
                ? $"; {NodeOptions.Number(cut)} cut off at weight_limit" : string.Empty));
            context.WriteLine(persist ? "stored: the network runs with the weights that were measured"
                : "in memory only: --persist stores the network with the weights that were measured; 'run' reads the nodes again");
        }

        ExitCode volatileCode = all is null ? ExitCode.Ok : Say(context, all);
        return bad.Length == 0 && cut == 0 ? volatileCode : context.Complain(new CliException(
            bad.Length > 0 ? ExitCode.ChannelsFailed : ExitCode.Saturated,
            bad.Length > 0 ? "not all nodes reached their targets: " + string.Join(' ', bad.Select(r => NodeOptions.Number(r.Node)))
                : $"{NodeOptions.Number(cut)} weights were cut off",
            "the network has what was measured",
            bad.Length > 0 ? "neuromcu node survey --mask, then map again" : "write a larger 'weight_limit' into the projection"));
    }

    // Volatile nodes are measured, not written: the network gets what they do.
    private static async Task<NodeWeights> MeasuredAsync(
        VerbContext context, NodeSession session, CompiledNetwork compiled, string path, bool persist, CancellationToken cancellation)
    {
        NodeWeights weights = await NodeWeightSource.OfAsync(session.Client, compiled, path,
            network => NetworkSource.CompileAgain(context, network), cancellation);
        await session.Client.ProgramAsync(weights.Compiled.Image, new ProgramOptions { Persist = persist }, null, cancellation);
        return weights;
    }

    private static ExitCode Say(VerbContext context, NodeWeights weights)
    {
        if (!context.Json)
        {
            weights.Say(context);
        }

        return weights.NotMeasured.Count > 0 ? ExitCode.ChannelsFailed
            : weights.Volatile.Any(v => v.Cut > 0) ? ExitCode.Saturated : ExitCode.Ok;
    }

    private static WeightMapping Plan(NodeSession session, IReadOnlyList<(Projection Projection, int Connection)> synapses, bool pairs)
    {
        try
        {
            return NodeWeightSource.Plan(session.Array, session.Entries, synapses, pairs);
        }
        catch (ArgumentException problem)
        {
            throw new CliException(ExitCode.TooBig, "the weights do not fit the array", problem.Message.Split(" (Parameter")[0]
                + "; nothing was pulsed",
                "form and survey the nodes: neuromcu node form, neuromcu node survey; or map fewer synapses");
        }
    }

    private static async Task<(int Cut, double Rounding)> WriteAsync(
        NodeSession session, CompiledNetwork compiled, IReadOnlyList<(Projection Projection, int Connection)> synapses,
        double[] realised, bool persist, CancellationToken cancellation)
    {
        HeldNetwork held = new(compiled.Tables);
        int cut = 0;
        double rounding = 0;
        for (int k = 0; k < synapses.Count; k++)
        {
            Connection c = synapses[k].Projection.Connections[synapses[k].Connection];
            int projection = held.Projection(synapses[k].Projection.Name);
            int synapse = held.Synapses.Find(projection, c.Pre, c.Post)[0];
            double limit = held.Synapses.LimitOf(projection);
            double weight = Math.Clamp(realised[k], -limit, limit);
            cut += weight == realised[k] ? 0 : 1;
            if (held.Synapses.TryToDevice(synapse, weight, out int raw))
            {
                rounding = Math.Max(rounding, Math.Abs(held.Synapses.ToPhysical(synapse, raw) - weight));
                await session.Client.WriteWeightsAsync(synapse, new[] { (short)raw }, cancellation);
            }
        }

        if (persist)
        {
            await session.Client.PersistAsync(true, cancellation);
        }

        return (cut, rounding);
    }
}
