// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.AfterRun;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>A network of neurons of a calibrated virtual board, run through firmware and wire, with what was told of its
/// channels.</summary>
internal sealed record GuardedRun
{
    private static readonly ConcurrentDictionary<(string, int), Lazy<Task<BoardCalibration>>> s_calibrations = new();

    /// <summary>Gets what the device told during the run.</summary>
    public required IReadOnlyList<ChannelFinding> News { get; init; }

    /// <summary>Gets what the host found afterwards.</summary>
    public required IReadOnlyList<RunFinding> Findings { get; init; }

    /// <summary>Gets the recorded spikes by channel.</summary>
    public required int[] Spikes { get; init; }

    /// <summary>Gets the codes at the internal converters' pins just before the end of the run; empty on a board without.</summary>
    public required int[] CodesAtEnd { get; init; }

    /// <summary>Gets the time in s from the fault to the first news.</summary>
    public required double Delay { get; init; }

    /// <summary>Calibrates a board once.</summary>
    public static Task<BoardCalibration> CalibrationOf(string board, int seed) => s_calibrations.GetOrAdd(
        (board, seed),
        _ => new Lazy<Task<BoardCalibration>>(
            async () =>
            {
                await using DeviceConnection connection = await OpenAsync(board, seed);
                DeviceBench bench = await DeviceBench.OpenAsync(connection, BoardCatalog.Find(board), CancellationToken.None);
                return await new Calibrator(bench, new CalibrationOptions()).RunAsync(board, connection.Client.Info.DeviceId,
                    CancellationToken.None);
            })).Value;

    /// <summary>Runs a network on a board.</summary>
    /// <param name="populations">For each good channel: its bias, and inputs if any.</param>
    /// <param name="fault">What is wrong, as after --fault; null for nothing.</param>
    public static async Task<GuardedRun> RunAsync(
        string board, int seed, Func<ChannelCalibration, ChannelCommand> populations, double seconds, string? fault = null, double at = 0)
    {
        await using DeviceConnection connection = await OpenAsync(board, seed);
        BoardCalibration calibration = await CalibrationOf(board, seed) with { Device = connection.Client.Info.DeviceId };
        ChannelCalibration[] good = [.. calibration.Good()];
        string file = Network(board, seconds, good, populations);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(file),
            new CompilerOptions { DriveTables = new StoredDriveTables(calibration), Unlimited = true });
        BenchDevice device = connection.Device!;
        RunRecorder record = new();
        connection.Client.Observer = record;
        await connection.Client.ProgramAsync(compiled.Image);
        double start = device.Time.TotalSeconds;
        if (fault is not null)
        {
            device.Neurons!.Inject(ChannelFaultText.Parse(fault, BoardCatalog.Find(board)) with { At = start + at });
        }

        await connection.Client.RunAsync(new RunOptions { Duration = (long)(seconds * 1e6) });
        long end = (long)((start + seconds - 0.02) * 1e6);
        int[] codes =
        [
            .. device.Board.Channels.Where(c => c.DriveKind == ConverterKind.Internal)
                .Select(c => (int)device.Bench.Pins.Log(c.DriveInput).Where(p => p.Time <= end).Select(p => p.Value).LastOrDefault()),
        ];
        IReadOnlyList<RunFinding> findings = await new RunCheck(calibration).RunAsync(connection.Client, [.. good.Select(c => c.Channel)],
            CancellationToken.None);
        int[] spikes = new int[device.Board.Channels.Length];
        for (int neuron = 0; neuron < good.Length; neuron++)
        {
            spikes[good[neuron].Channel] = record.Spikes.Neurons.ToArray().Count(n => n == neuron);
        }

        return new GuardedRun
        {
            News = record.Channels,
            Findings = findings,
            Spikes = spikes,
            CodesAtEnd = codes,
            Delay = record.Channels.Count == 0 ? double.NaN : (record.Channels[0].Time / 1e6) - at,
        };
    }

    /// <summary>Says what was told, for a test that fails.</summary>
    public override string ToString() => string.Join(
        '\n',
        News.Select(n => n.ToString()).Concat(Findings.Select(f => f.ToString()))
        .Append("spikes " + string.Join(' ', Spikes) + ", codes " + string.Join(' ', CodesAtEnd)));

    private static string Network(string board, double seconds, ChannelCalibration[] channels, Func<ChannelCalibration,
        ChannelCommand> populations)
    {
        StringBuilder text = new();
        Append(text, $"neuromcu: 1\nname: guarded\nduration: {seconds} s\nstep: 4 ms\nboard: {board}\npopulations:\n");
        foreach (ChannelCalibration channel in channels)
        {
            string receptors = channels.Any(c => populations(c).Charge > 0) ? ", receptors: {ampa: {tau: 5 ms}}" : string.Empty;
            Append(text,
                $"  p{channel.Channel}: {{model: thyristor, size: 1, preset: w25, channels: [{channel.Name}], bias: {populations(channel).Bias:0.00} uA{receptors}}}\n");
        }

        (ChannelCalibration From, ChannelCalibration To)[] pairs =
            [.. channels.Where(c => populations(c).Charge > 0)
                .SelectMany(from => channels.Where(to => to != from).Select(to => (from, to)))];
        text.Append(pairs.Length > 0 ? "projections:\n" : string.Empty);
        foreach ((ChannelCalibration from, ChannelCalibration to) in pairs)
        {
            Append(text,
                $"  - {{from: p{from.Channel}, to: p{to.Channel}, connect: one-to-one, receptor: ampa, weight: {populations(from).Charge:0.0} nC, delay: 0 ms}}\n");
        }

        var pulses = channels.Select(c => (c.Channel, Command: populations(c))).Where(c => c.Command.Pulses.Count > 0).ToArray();
        text.Append(pulses.Length > 0 ? "inputs:\n" : string.Empty);
        foreach ((int channel, ChannelCommand command) in pulses)
        {
            foreach ((double from, double to, double current) in command.Pulses)
            {
                Append(text,
                    $"  - {{to: p{channel}, dc: {{amplitude: {current:0.00} uA, start: {from * 1e3:0} ms, stop: {to * 1e3:0} ms}}}}\n");
            }
        }

        text.Append("record:\n  spikes: all\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));

    // Without a limit of memory: one population per channel and stored pulses ask for more than a module without PSRAM has.
    private static Task<DeviceConnection> OpenAsync(string board, int seed) => DeviceConnector.ConnectAsync(
        "virtual",
        new ConnectOptions
        {
            Virtual = new VirtualDeviceOptions
            {
                Ephemeral = true,
                Unlimited = true,
                Board = new VirtualBoardOptions { Board = board, Seed = seed }
            }
        },
        CancellationToken.None);
}

/// <summary>What a network commands a channel.</summary>
internal sealed record ChannelCommand(double Bias)
{
    /// <summary>Gets currents in uA on top of it, from and to a time in s.</summary>
    public IReadOnlyList<(double From, double To, double Current)> Pulses { get; init; } = [];

    /// <summary>Gets the charge in nC that each of its spikes gives to every other channel, over 5 ms.</summary>
    public double Charge { get; init; }
}
