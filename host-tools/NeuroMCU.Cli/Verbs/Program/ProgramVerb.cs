// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Client;
using NeuroMCU.Models;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Program;

/// <summary><c>program</c>: puts a network into a device.</summary>
internal static class ProgramVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "Network file (YAML) or image" };

    private static readonly Option<bool> s_twin = NetworkSource.Twin();

    private static readonly Option<bool> s_uncalibrated = DriveTableSource.Uncalibrated();

    private static readonly Option<bool> s_persist = new("--persist", "-p") { Description = "Store it: the network survives power-off" };

    private static readonly Option<bool> s_noStart = new("--no-autostart") { Description = "With --persist: do not start it at power-on" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("program", "Put a network into a device; --persist survives power-off") { s_file, s_persist,
            s_noStart, s_twin, s_uncalibrated };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        bool persist = line.GetValue(s_persist);
        bool uncalibrated = line.GetValue(s_uncalibrated);

        // A file that cannot be used is reported before anything is connected to.
        (byte[] image, NetworkTables tables, CompiledNetwork? compiled) = Source(context, path, line.GetValue(s_twin));
        context.UseBoardOf(compiled?.Network);
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        object? driveTables;
        NodeWeights? weights = null;
        if (compiled is null)
        {
            driveTables = DriveTableSource.Check(context, connection, tables, path, uncalibrated);
        }
        else
        {
            weights = await NodeWeightInput.OfAsync(context, connection, compiled, path, cancellation, line.GetValue(s_twin));
            DrivenNetwork driven = DriveTableSource.Of(context, connection, weights.Compiled, uncalibrated);
            (image, driveTables) = (driven.Compiled.Image, driven.Document);
        }

        UploadReport upload = await UploadAsync(
            context, connection.Client, image, new ProgramOptions { Persist = persist, StartAtBoot = !line.GetValue(s_noStart) },
            cancellation);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.program/1",
                Device = connection.Client.Address,
                upload.ImageBytes,
                upload.WireBytes,
                upload.Efficiency,
                upload.RepeatedChunks,
                upload.Seconds,
                Stored = persist,
                upload.Generation,
                Crc = Figures.Crc(upload.Crc),
                upload.Memory,
                DriveTables = driveTables,
                NodeWeights = weights?.Document,
            });
            return ExitCode.Ok;
        }

        context.WriteLine(
            $"{connection.Client.Address} holds {path}: {Figures.Bytes(upload.ImageBytes)}, crc {Figures.Crc(upload.Crc)}, in "
            + $"{upload.WireBytes} bytes on the wire "
            + $"({Figures.Share(upload.Efficiency)} net), {Figures.Bytes(upload.Memory)} of memory");
        weights?.Say(context);
        context.WriteLine(persist
            ? $"stored as generation {upload.Generation}: it survives power-off"
            : "in memory only: gone after power-off, or use --persist");
        if (!persist && connection.Device is not null)
        {
            context.Say(
                "note: this virtual bench ended with the command; --persist stores the network, and 'neuromcu virtual' serves a bench "
                + "that stays");
        }

        return ExitCode.Ok;
    }

    /// <summary>Uploads an image with a progress line.</summary>
    public static async Task<UploadReport> UploadAsync(
        VerbContext context, DeviceClient client, byte[] image, ProgramOptions options, CancellationToken cancellation)
    {
        using ProgressLine progress = new ProgressLine(context, "uploading");
        return await client.ProgramAsync(image, options, new ProgressReport(progress), cancellation);
    }

    /// <summary>A network file, compiled with nominal drive tables, or an image as it is after a check.</summary>
    private static (byte[] Image, NetworkTables Tables, CompiledNetwork? Compiled) Source(VerbContext context, string path, bool twin)
    {
        if (!File.Exists(path) || !IsMeantAsImage(path))
        {
            CompiledNetwork compiled = NetworkSource.Compile(context, path, twin);
            _ = NetworkSource.Follow(context, compiled);
            return (compiled.Image, compiled.Tables, compiled);
        }

        if (context.Settings.Count > 0)
        {
            throw new CliException(ExitCode.Usage, $"--set cannot change {path}", "it is an image, which has been compiled",
                "neuromcu compile NETWORK.yaml --set \"" + context.Settings[0] + "\" -o " + path);
        }

        byte[] image = InputFile.ReadBytes(path);
        try
        {
            return (image, ImageReader.Read(image, 0, image.Length, ModelList.All), null);
        }
        catch (ImageException damaged)
        {
            CliException problem = Problems.Explain(damaged, cancelled: false);
            throw new CliException(problem.Code, $"{path} cannot be used", problem.Why, problem.Next, damaged);
        }
    }

    // Also when its first bytes are damaged: a zero byte is in every image and in no text.
    private static bool IsMeantAsImage(string path)
    {
        InputFile.Check(path);
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[256];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return path.EndsWith(".img", StringComparison.OrdinalIgnoreCase)
            || start.Contains((byte)0)
            || (start.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(start) == ImageLayout.Magic);
    }

    // Not Progress<T>: that posts to another thread and could draw after the line was wiped.
    private sealed class ProgressReport(ProgressLine line) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) =>
            line.Report((double)value.Done / Math.Max(1, value.Total), $"{Figures.Bytes(value.Done)} of {Figures.Bytes(value.Total)}");
    }
}
