// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net.Sockets;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Cli.Verbs.Site;

/// <summary>A site whose firmware speaks with the hub itself.</summary>
/// <param name="Hub">What the board has to know.</param>
/// <param name="Network">The network that it runs.</param>
internal sealed record SiteBoard(BoardHub Hub, CompiledNetwork Network)
{
    /// <summary>Reads a site file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The board's part.</returns>
    /// <exception cref="CliException">The firmware cannot be this site; the next step is in it.</exception>
    public static SiteBoard Load(string path)
    {
        SiteRunPlan plan = SiteFile.Load(path, RecordingFile.Read);
        Require(plan.Network is not null, path, "it plays a recording", "use 'neuromcu site', which plays it");
        Require(!plan.OverMqtt && !plan.OverWebSocket && plan.Hub.AddressFamily == AddressFamily.InterNetwork, path,
            "the firmware speaks UDP over IPv4 only", "write the hub's address as in `hub: \"192.168.1.10:5006\"`");
        int most = Math.Max(plan.Spikes.Count, plan.Arrivals.Count);
        Require(most <= BoardHub.MostNeurons, path,
            string.Create(CultureInfo.InvariantCulture, $"it names {most} neurons, and the firmware takes {BoardHub.MostNeurons}"),
            "use 'neuromcu site', which takes as many as the device has");
        CompiledNetwork network = NetworkCompiler.Compile(plan.Network!);
        Dictionary<string, int> first = network.Network.Populations.ToDictionary(p => p.Name, p => p.FirstNeuron, StringComparer.Ordinal);
        return new SiteBoard(
            new BoardHub
            {
                Wire = plan.Partner == 0 ? HubWire.Keyed : plan.Partner,
                Address = plan.Hub.Address.ToString(),
                Port = plan.Hub.Port,
                LocalPort = plan.Port,
                Name = plan.Name,
                Key = plan.Partner == 0 ? KeyOf(plan) : null,
                Spikes = [.. plan.Spikes.Select(s => (int[])[s.Id, first[s.Population] + s.Index, s.Kind == SpikeKind.Stimulated ? 1 : 2])],
                Arrivals = [.. plan.Arrivals.Select(a =>
                    (int[])[a.Id, first[a.Population] + a.First, a.Binary ? 1 : 0, a.ReportPotential ? 1 : 0])],
            },
            network);
    }

    /// <summary>The key of a site.</summary>
    /// <returns>32 bytes.</returns>
    /// <exception cref="CliException">There is none.</exception>
    public static byte[] KeyOf(SiteRunPlan plan)
    {
        try
        {
            return KeyStore.Find(plan.KeyFile)!;
        }
        catch (DeviceException missing) when (missing.Kind == DeviceErrorKind.KeyMissing)
        {
            throw new CliException(
                ExitCode.Authentication,
                missing.Message,
                missing.Why,
                KeyFiles.HintFor(missing, plan.KeyFile, File.Exists(plan.KeyFile)
                    ? $"copy the key of {plan.Name} unchanged from the hub's machine, or name the right file at `key` in {plan.File}"
                    : $"start the hub first, which makes the keys of its sites: neuromcu hub HUB.yaml; on another machine copy the key of "
                    + $"{plan.Name} from there"),
                missing);
        }
    }

    private static void Require(bool right, string path, string why, string hint)
    {
        if (!right)
        {
            throw new CliException(ExitCode.Usage, $"the firmware cannot be the site of {path} by itself", why, hint);
        }
    }
}
