// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Devices;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Api.Sessions;

/// <summary>Reads and compiles the text of a network.</summary>
internal static class NetworkCompilation
{
    private const int WatchInterval = 1000;

    /// <summary>Reads the text.</summary>
    /// <exception cref="NetworkFileException">It has errors.</exception>
    public static Network Read(NetworkText text) => Watching(NetworkFile.Parse(text.Text, text.Path, text.Settings), text.Watched);

    /// <summary>Compiles a network for the device that it goes to.</summary>
    /// <param name="address">Address of the device; null for the virtual bench.</param>
    /// <param name="tables">Drive tables of the board's channels; null for the nominal ones.</param>
    /// <exception cref="NetworkFileException">It does not fit.</exception>
    public static CompiledNetwork Compile(Network network, bool twin, string? address, VirtualBoardOptions? board,
        IDriveTables? tables = null)
    {
        string? costs = DeviceAddress.Parse(address) is VirtualAddress named ? named.Profile : null;
        CompilerOptions options = new()
        {
            Twin = twin,
            Board = network.Board is null && board is not null && (twin || network.Populations.All(p => p.Channels.Count == 0))
                ? BoardBuilder.Find(board.Board) : null,
            CostProfile = costs,
            Unlimited = costs == VirtualAddress.WithoutCosts,
        };
        return NetworkCompiler.Compile(network, tables is null ? options : options with { DriveTables = tables });
    }

    /// <summary>The board that a virtual device has to sit on for a network.</summary>
    /// <returns>The board; null for the usual one.</returns>
    public static VirtualBoardOptions? BoardFor(DeviceRequest request, Network network) =>
        request.Board is { } asked ? new VirtualBoardOptions { Board = asked, Seed = request.BoardSeed, Faults = request.Faults ?? [] }
        : network.Board is { } named && (named != BoardCatalog.DefaultName || request.BoardSeed is not null
        || request.Faults is { Count: > 0 })
        ? new VirtualBoardOptions { Board = named, Seed = request.BoardSeed, Faults = request.Faults ?? [] }
        : network.Board is null && network.Projections.Any(p => p.OnNodes) ? UsualBoards.Nodes(request.BoardSeed, request.Faults ?? [])
        : null;

    private static Network Watching(Network network, IReadOnlyList<WatchedTrace> watched)
    {
        if (watched.Count == 0)
        {
            return network;
        }

        List<TraceRequest> traces = [.. network.Traces];
        foreach (WatchedTrace watch in watched)
        {
            Population population = network.Populations.FirstOrDefault(p => p.Name == watch.Population)
                ?? throw ApiException.NotFound($"the network has no population '{watch.Population}'",
                    "its populations: " + string.Join(", ", network.Populations.Select(p => p.Name)));
            if (watch.Neuron < 0 || watch.Neuron >= population.Size)
            {
                throw ApiException.NotFound(FormattableString.Invariant($"there is no neuron {watch.Neuron} in '{population.Name}'"),
                    FormattableString.Invariant($"its neurons are 0 to {population.Size - 1}"));
            }

            TraceRequest trace = Request(population, watch);
            if (!traces.Any(t => t.Population == population && t.Neuron == trace.Neuron && t.Quantity == trace.Quantity
                && t.Variable == trace.Variable))
            {
                traces.Add(trace);
            }
        }

        return network with { Traces = traces };
    }

    private static TraceRequest Request(Population population, WatchedTrace watch)
    {
        TraceRequest membrane = new(population, watch.Neuron, WatchInterval, population.Location);
        if (population.VariableNames.Count > 0)
        {
            int variable = population.VariableNames.ToList().IndexOf(watch.Variable);
            return membrane with { Variable = variable >= 0 || watch.Variable == "membrane" ? Math.Max(0, variable) : throw Unknown() };
        }

        return watch.Variable switch
        {
            "membrane" when !population.IsSource => membrane,
            "current" when population.IsCircuit => membrane with { Quantity = TraceQuantity.Current },
            _ => throw Unknown(),
        };

        ApiException Unknown() => ApiException.NotFound($"'{population.Name}' has no variable '{watch.Variable}'",
            population.IsSource ? "inputs have none" : "it has: " + string.Join(", ", VariablesOf(population)));
    }

    /// <summary>Variables of a population that can be watched.</summary>
    public static IReadOnlyList<string> VariablesOf(Population population) => population.IsSource ? []
        : population.VariableNames.Count > 0 ? population.VariableNames
        : population.IsCircuit ? ["membrane", "current"] : ["membrane"];
}
