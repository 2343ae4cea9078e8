// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Erase;

/// <summary><c>erase</c>: makes a device forget the network in its store.</summary>
internal static class EraseVerb
{
    public static Command Create(VerbRunner runner)
    {
        return runner.Bind(new Command("erase", "Make a device forget its stored network, so that nothing starts at power-on"),
            usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        DeviceInfo info = client.Info;
        HeldNetwork? network = info.HasNetwork ? await HeldNetwork.ReadAsync(context, client, cancellation) : null;
        bool ran = (await client.ReadStateAsync(cancellation)).State == DeviceState.Running;
        if (ran)
        {
            await client.StopAsync(cancellation);
        }

        await client.EraseAsync(cancellation);
        bool stored = info.Generation > 0;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.erase/1",
                Device = client.Address,
                Erased = stored ? new
                {
                    Network = network?.Symbols.Network,
                    info.Generation,
                    Bytes = info.ImageLength,
                    Crc = Figures.Crc(info.ImageCrc)
                } : null,
                Stopped = ran,
            });
        }
        else
        {
            context.WriteLine(stored
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{client.Address} erased {network?.Symbols.Network}: generation {info.Generation}, "
                    + $"{Figures.Bytes(info.ImageLength)}, crc {Figures.Crc(info.ImageCrc)}, and what was stored before it")
                : $"{client.Address} held no network that could be read from its store; the store is empty now");
        }

        if (info.HasNetwork)
        {
            context.Say(
                $"note: {network?.Symbols.Network} stays in memory until "
                + $"power-off{(ran ? "; it was running, and is stopped" : string.Empty)}");
        }

        return ExitCode.Ok;
    }
}
