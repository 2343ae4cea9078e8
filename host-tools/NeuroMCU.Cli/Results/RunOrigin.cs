// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Results;

/// <summary>What a recording says of its making, so that the run can be repeated.</summary>
internal static class RunOrigin
{
    /// <summary>Name of the path of the network file.</summary>
    public const string NetworkFile = "network_file";

    /// <summary>Name of the hash of the network file and of what it reads.</summary>
    public const string NetworkHash = "network_sha256";

    /// <summary>Name of the values of --set.</summary>
    public const string Settings = "settings";

    /// <summary>Name of the address of the device.</summary>
    public const string Device = "device";

    /// <summary>Name of what the drive tables of channels come from.</summary>
    public const string Calibration = "calibration";

    /// <summary>Name of where weights on nodes come from.</summary>
    public const string Weights = "weights_on_nodes";

    /// <summary>What is known of a run before its device is: what the file that grows with it says.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Before(VerbContext context, string file, CompiledNetwork compiled) =>
    [.. ((KeyValuePair<string, string>[])
    [
        new("network", compiled.Symbols.Network),
        .. Ours(context, file, compiled),
        new(Device, context.Device ?? "virtual"),
        new("board", context.Board?.Board ?? compiled.Network.Board ?? string.Empty),
        .. Host(),
    ]).Where(o => o.Value.Length > 0)];

    /// <summary>What is known of a run.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        VerbContext context, string file, DrivenNetwork driven, DeviceConnection connection, NodeWeights weights)
    {
        CompiledNetwork compiled = driven.Compiled;
        DeviceInfo info = connection.Client.Info;
        List<KeyValuePair<string, string>> origin =
        [
            .. Ours(context, file, compiled),
            new(Device, context.Device ?? "virtual"),
            new("board", info.BoardName),
            new("board_id", info.BoardId.ToString("x8", CultureInfo.InvariantCulture)),
            new("device_id", info.DeviceId),
            new("firmware", info.Firmware),
            new(Calibration, driven.Drives ? driven.Text : string.Empty),
            new(Weights, weights.Text ?? string.Empty),
            new("protocol", info.Protocol.ToString()!),
            .. Host(),
        ];
        return [.. origin.Where(o => o.Value.Length > 0)];
    }

    private static KeyValuePair<string, string>[] Ours(VerbContext context, string file, CompiledNetwork compiled) =>
    [
        new("program", "neuromcu " + Bundle.Version),
        new(NetworkFile, file == "-" ? "-" : Path.GetFullPath(file)),
        new(NetworkHash, file == "-" ? string.Empty : HashOf([file, .. compiled.Network.FilesRead])),
        new(Settings, string.Join("; ", context.Settings.Select(s => s.ToString()))),
        new("seed", compiled.Network.Seed.ToString(CultureInfo.InvariantCulture)),
        new("step_us", compiled.Report.Step.ToString(CultureInfo.InvariantCulture)),
        new("image_crc", Terminal.Figures.Crc(compiled.Image)),
    ];

    private static KeyValuePair<string, string>[] Host() =>
    [
        new("host", RuntimeInformation.OSDescription),
        new("dotnet", RuntimeInformation.FrameworkDescription),
        new("made", DateTimeOffset.Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)),
    ];

    /// <summary>Hash over the content of files, in their order.</summary>
    public static string HashOf(IEnumerable<string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files.Where(File.Exists))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
