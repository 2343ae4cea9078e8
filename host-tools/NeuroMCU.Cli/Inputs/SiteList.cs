// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Serial;
using NeuroMCU.Networks;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Over which boards a network is spread: those of its file, or of --sites.</summary>
internal static class SiteList
{
    private const int MostSites = 64;

    /// <summary>The option.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Option() => new("--sites")
    {
        Description = "Spread the network over boards: how many virtual ones (8), their addresses with commas between, or \"all\" that "
            + "'neuromcu devices' lists",
        HelpName = "N|ADDRESSES|all",
    };

    /// <summary>Finds the boards of a network.</summary>
    /// <param name="asked">Value of --sites; null when it is not given.</param>
    /// <returns>The boards; null for a network that runs on one.</returns>
    /// <exception cref="CliException">The option is wrong, or names another number of boards than the file.</exception>
    public static IReadOnlyList<NetworkSite>? Of(VerbContext context, Network network, string? asked)
    {
        IReadOnlyList<NetworkSite> named = network.Sites?.Sites ?? [];
        if (asked is null && named.Count == 0)
        {
            return null;
        }

        RefuseDevice(context);
        RefuseOutside(network);
        if (asked is null)
        {
            return named;
        }

        bool isCount = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        if (isCount && count is < 1 or > MostSites)
        {
            throw new CliException(ExitCode.Usage, $"--sites is {asked}", null, $"a network is spread over 1 to {MostSites} boards: --sites 8");
        }

        string?[] devices = isCount ? new string?[count] : asked == "all" ? All() : [.. asked.Split(',', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries)];
        Array.ForEach(devices, d => _ = DeviceAddress.Parse(d));
        if (devices.OfType<string>().Where(d => DeviceAddress.Parse(d) is not VirtualAddress).GroupBy(d => d, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CliException(ExitCode.Usage, $"--sites names {twice.Key} twice", null, "name each board once");
        }

        if (named.Count > 0 && devices.Length != named.Count)
        {
            throw new CliException(ExitCode.Usage,
                $"--sites gives {Figures.Count(devices.Length, "board")}, and the file has {named.Count} sites ({string.Join(", ", named.Select(s => s.Name))})",
                null, "give as many addresses as there are sites, in their order");
        }

        return [.. devices.Select((device, k) => new NetworkSite(named.Count > 0 ? named[k].Name
            : string.Create(CultureInfo.InvariantCulture, $"board{k + 1}"), device, network.BoardLocation))];
    }

    // Each board once: a served device has a port on this machine and a terminal, which are the same device.
    private static string[] All()
    {
        string[] found = [.. RunningDevices.List().Select(d => d.Serial is { } path ? "serial:" + path : d.Tcp).OfType<string>(),
            .. Ports().Where(p => p.IsUsb).Select(p => string.IsNullOrEmpty(p.UsbSerial) ? "serial:" + p.Path : "id:" + p.UsbSerial)
                .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found
            : throw new CliException(ExitCode.CannotConnect, "no board is there", "--sites all takes those that 'neuromcu devices' lists",
                "plug boards in, start virtual ones with 'neuromcu virtual --name board1', or take --sites 8 for virtual ones in this command");
    }

    private static IReadOnlyList<SerialPortInfo> Ports() => SerialPorts.LibraryVersion is null ? [] : SerialPorts.List();

    private static void RefuseDevice(VerbContext context)
    {
        if (context.AskedDevice is { } device && DeviceAddress.Parse(device) is not VirtualAddress)
        {
            throw new CliException(ExitCode.Usage, "--device names one board, and the network is spread over several", null,
                $"name them all: --sites {device},...");
        }
    }

    // Boards in step wait for each other; sound and circuits do not wait.
    private static void RefuseOutside(Network network)
    {
        if (network.Hearing is not null)
        {
            throw new CliException(ExitCode.Usage, network.Name + " listens to microphones",
                "boards that share a network wait for each other, and sound does not wait", "run it on one board, without sites");
        }
    }
}
