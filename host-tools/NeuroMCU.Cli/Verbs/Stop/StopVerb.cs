// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Stop;

/// <summary><c>stop</c>: ends the run of a device; its outputs become safe.</summary>
internal static class StopVerb
{
    public static Command Create(VerbRunner runner)
    {
        return runner.Bind(new Command("stop", "End a device's run and make its outputs safe; the network stays"), usesDevice: true,
            RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        bool ran = (await client.ReadStateAsync(cancellation)).State == DeviceState.Running;
        RunReport? stopped = ran ? await client.StopAsync(cancellation) : null;
        await client.MakeBoardSafeAsync(cancellation);
        HeldNetwork? network = client.Info.HasNetwork ? await HeldNetwork.ReadAsync(context, client, cancellation) : null;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.stop/1",
                Device = client.Address,
                Network = network?.Symbols.Network,
                Ran = ran,
                TimeS = stopped?.Time / 1e6,
                client.Info.Generation
            });
            return ExitCode.Ok;
        }

        context.WriteLine(stopped is not null
            ? $"{client.Address} stopped {network?.Symbols.Network} at {Figures.Time(stopped.Time)} of network time; outputs are safe"
            : $"nothing ran on {client.Address}; outputs are safe");
        if (client.Info.Generation > 0)
        {
            context.Say("note: the network is stored and may start at power-on again; 'neuromcu erase' forgets it");
        }

        return ExitCode.Ok;
    }
}
