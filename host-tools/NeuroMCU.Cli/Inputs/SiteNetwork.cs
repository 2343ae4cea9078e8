// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Devices.Client;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>A network that is spread over boards: compiled, and run on them.</summary>
internal static class SiteNetwork
{
    /// <summary>Compiles a network for its boards, and passes warnings on.</summary>
    /// <returns>The images.</returns>
    public static SiteImages Compile(VerbContext context, Network network, IReadOnlyList<NetworkSite> sites, bool twin)
    {
        foreach (string file in network.FilesRead)
        {
            context.Note(file);
        }

        if (!twin && network.Populations.FirstOrDefault(p => p.Channels.Count > 0) is { } channels)
        {
            throw new CliException(ExitCode.Usage, $"{network.Name} has neurons that are channels of a board (`{channels.Name}`)",
                "boards that share a network wait for each other, and circuits do not wait", "add --twin, which computes them");
        }

        context.UseBoardOf(network);
        SiteImages images = SiteCompiler.Compile(network, sites, NetworkSource.Options(context, network, twin));
        context.Warn(network.Warnings.Concat(images.Boards.OfType<CompiledNetwork>().SelectMany(b => b.Report.Warnings)));
        return images;
    }

    /// <summary>Runs a network on its boards.</summary>
    /// <param name="duration">How long in µs.</param>
    /// <param name="realTime">Whether the boards keep step with the clock on the wall.</param>
    /// <param name="ended">What else is read of each board when the run has ended.</param>
    /// <returns>What came of it.</returns>
    public static async Task<DeskResult> RunAsync(VerbContext context, SiteImages images, long duration, bool realTime,
        CancellationToken cancellation, Func<NetworkSite, CompiledNetwork, DeviceClient, Task>? ended = null)
    {
        List<DeviceConnection> connections = [];
        try
        {
            List<DeviceClient?> clients = [];
            for (int s = 0; s < images.Boards.Count; s++)
            {
                if (images.Boards[s] is null)
                {
                    clients.Add(null);
                    continue;
                }

                connections.Add(await ConnectAsync(context, images.Split.Parts[s].Site, cancellation));
                clients.Add(connections[^1].Client);
            }

            using ProgressLine progress = new ProgressLine(context, "running");
            DeskRun run = new DeskRun(images, clients)
            {
                RealTime = realTime,
                TimeReached = (time, wire) => progress.Report((double)time / Math.Max(1, duration),
                    $"{Figures.Time(time)}, {Figures.Count(wire, "spike")} over the wire"),
            };
            DeskResult result = await run.RunAsync(duration, cancellation);
            for (int s = 0; s < clients.Count && ended is not null && result.Broken is null; s++)
            {
                await (clients[s] is { } client ? ended(images.Split.Parts[s].Site, images.Boards[s]!, client) : Task.CompletedTask);
            }

            return images.Split.LengthenedSynapses == 0 ? result
                : result with { Run = result.Run with { Reported = [.. result.Run.Reported, Lengthened(images)] } };
        }
        finally
        {
            foreach (DeviceConnection connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Exit code of a run on boards.</summary>
    /// <returns>The code.</returns>
    public static ExitCode CodeOf(DeskResult result, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested && result.Run.EndedEarly is not null ? ExitCode.Cancelled
        : result.Run.EndedEarly is not null || !result.Run.Losses.IsComplete ? ExitCode.Incomplete
        : result.Run.Saturations.Count > 0 ? ExitCode.Saturated
        : result.Run.Reported.Any(t => t.Serious) ? ExitCode.ChannelsFailed
        : ExitCode.Ok;

    private static Task<DeviceConnection> ConnectAsync(VerbContext context, NetworkSite site, CancellationToken cancellation)
    {
        // Virtual boards of one command are empty ones, whose names no other device has.
        ConnectOptions options = new()
        {
            KeyFile = context.KeyFile,
            Virtual = context.Virtual with { Name = "site-" + site.Name, Ephemeral = true },
        };
        return DeviceConnector.ConnectAsync(site.Device ?? context.AskedDevice, options, cancellation);
    }

    private static RunTrouble Lengthened(SiteImages images) => new(false, null,
        $"{Figures.Count(images.Split.LengthenedSynapses, "synapse")} between boards {(images.Split.LengthenedSynapses == 1 ? "is" : "are")} slower than the file says, by up to "
        + $"{Figures.Time(images.Split.MostLengthened)}: the wire takes {Figures.Time(images.Split.Wire)}",
        "put what they join on one site, or shorten `wire: {delay: ...}`");
}
