// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Info;

/// <summary><c>info</c>: what a device is, holds and does.</summary>
internal static class InfoVerb
{
    private static readonly Option<bool> s_test = new("--self-test")
    {
        Description =
        "Also run the device's self-test; a network that runs by itself is stopped for it and goes on"
    };

    private static readonly Option<bool> s_counters = new("--counters") { Description = "Also read all counters" };

    private static readonly Option<bool> s_clear = new("--clear-fault")
    {
        Description =
        "First leave the fault state; outputs stay safe until a run"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("info", "Say what a device is, holds and does; never resets it") { s_test, s_counters, s_clear };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        if (line.GetValue(s_clear))
        {
            await client.ClearFaultAsync(cancellation);
        }

        DeviceStatus status = await client.ReadStateAsync(cancellation);
        SelfTestReport? test = line.GetValue(s_test) ? await TestAsync(context, client, status, cancellation) : null;
        status = test is null ? status : await client.ReadStateAsync(cancellation);
        IReadOnlyList<KeyValuePair<string, long>> all = await client.ReadCountersAsync(cancellation);
        IReadOnlyList<KeyValuePair<string, long>> counters = line.GetValue(s_counters) ? all : [];
        ChannelFigures figures = new ChannelFigures(all, client.Info.HasNetwork ? client.Info.Step : 0);
        int channels = (await client.ReadBoardAsync(cancellation)).Channels.Count;
        IReadOnlyList<ChannelDescription> parts = channels == 0 ? [] : Parts(context, client.Info.BoardName);
        BoardCalibration? calibration = channels == 0 ? null : Kept(context, client.Info);
        HeldNetwork? network = client.Info.HasNetwork ? await HeldNetwork.ReadAsync(context, client, cancellation) : null;
        if (context.Json)
        {
            context.WriteJson(Document(client, status, network, test, counters, channels == 0 ? null : figures.Document(channels), parts,
                calibration));
        }
        else
        {
            Print(context, client, status, network, test, counters, channels, figures, parts, calibration);
        }

        return test is { Failed.Count: > 0 } ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    // The self-test needs the outputs. A run that a host watches is refused by the device; one that goes on by itself, as after power-on,
    // pauses for it, and goes on only when nothing failed.
    private static async Task<SelfTestReport> TestAsync(VerbContext context, DeviceClient client, DeviceStatus status,
        CancellationToken cancellation)
    {
        bool ran = status.State == DeviceState.Running;
        if (ran)
        {
            await client.StopAsync(cancellation);
        }

        SelfTestReport test = await client.SelfTestAsync(cancellation);
        if (ran && test.Failed.Count == 0)
        {
            await client.StartAsync(new RunOptions { RealTime = status.RealTime, LinkTimeout = 0 }, cancellation);
            context.Say("note: the network ran by itself; it was stopped for the self-test and goes on");
        }
        else if (ran)
        {
            context.Say("note: the network ran by itself; it was stopped for the self-test and stays so, since a part failed");
        }

        return test;
    }

    // What stands at the channels; nothing when the board's profile is not known here: the device does not hold it.
    private static IReadOnlyList<ChannelDescription> Parts(VerbContext context, string board)
    {
        string? profile = context.Board?.Board ?? (BoardCatalog.Names.Contains(board) ? board : null);
        return profile is null ? [] : BoardCatalog.Find(profile).Channels;
    }

    // A network that the device has kept is whole, and of no use to the firmware that runs now.
    private static bool IsOfAnotherVersion(DeviceStatus status)
        => status.State == DeviceState.Idle && status.Fault == ErrorCode.ImageInvalid;

    // A calibration that cannot be read is reported, and does not hide the device.
    private static BoardCalibration? Kept(VerbContext context, DeviceInfo info)
    {
        try
        {
            return DriveTableSource.Kept(context, info);
        }
        catch (CalibrationException problem)
        {
            context.Say($"note: {problem.Message}; {problem.Next}");
            return null;
        }
    }

    private static object Document(
        DeviceClient client,
        DeviceStatus status,
        HeldNetwork? network,
        SelfTestReport? test,
        IReadOnlyList<KeyValuePair<string, long>> counters,
        object? channels,
        IReadOnlyList<ChannelDescription> parts,
        BoardCalibration? calibration)
    {
        DeviceInfo info = client.Info;
        return new
        {
            Schema = "neuromcu.info/1",
            Device = client.Address,
            Board = info.BoardName,
            BoardId = info.BoardId.ToString("x8", CultureInfo.InvariantCulture),
            info.DeviceId,
            info.Firmware,
            info.Protocol,
            ProtocolSchema = info.Schema.ToString("x8", CultureInfo.InvariantCulture),
            LastReset = info.ResetReasonText,
            Limits = new { info.MaxFrame, info.UploadWindow, info.MaxImage, info.MaxMemory, info.SpikeCapacity },
            State = status.StateText,
            Fault = status.FaultText,
            TimeS = status.Time / 1e6,
            status.LateEvents,
            MaxLatenessUs = status.MaxLateness,
            Network = network is null
                ? null
                : new
                {
                    Name = network.Symbols.Network,
                    Where = info.ImageText,
                    info.Generation,
                    Bytes = info.ImageLength,
                    Crc = Figures.Crc(info.ImageCrc),
                    info.Neurons,
                    info.Synapses,
                    StepUs = info.Step,
                    Populations = network.Populations.Select(p => new { p.Name, p.Size }),
                    Projections = network.Synapses.ProjectionNames,
                },
            NeuronChannels = channels,
            Components = parts.Count == 0 ? null : parts.Select(c => new { Channel = c.Name, c.Neuron.Set }),
            Calibration = calibration is null ? null : new
            {
                calibration.Date,
                calibration.Reference,
                Good = calibration.Good().Count(),
                Failed = calibration.Failed().Select(c => c.Name)
            },
            SelfTest = test is null ? null : new { test.Passed, test.Failed, test.AdditionNanoseconds },
            Counters = counters.Count == 0 ? null : counters.ToDictionary(c => c.Key, c => c.Value),
        };
    }

    private static void Print(
        VerbContext context,
        DeviceClient client,
        DeviceStatus status,
        HeldNetwork? network,
        SelfTestReport? test,
        IReadOnlyList<KeyValuePair<string, long>> counters,
        int channels,
        ChannelFigures figures,
        IReadOnlyList<ChannelDescription> parts,
        BoardCalibration? calibration)
    {
        DeviceInfo info = client.Info;
        void Row(string name, string value) => context.WriteLine($"{name,-10}  {value}");
        Row("device", client.Address + (info.DeviceId.Length > 0 ? ", id " + info.DeviceId : string.Empty));
        Row("board", info.BoardName);
        Row("firmware", $"{info.Firmware}, protocol {info.Protocol}");
        Row("last reset", info.ResetReasonText);
        Row("limits", $"image {Figures.Bytes(info.MaxImage)}, network {Figures.Bytes(info.MaxMemory)} of memory"
            + (info.SpikeCapacity > 0 ? $", {info.SpikeCapacity} spikes may wait for the wire" : string.Empty));
        Row("state", $"{status.StateText}, network time {Figures.Time(status.Time)}"
            + (status.Fault == 0 || IsOfAnotherVersion(status) ? string.Empty : ", fault: " + status.FaultText));
        if (network is null)
        {
            Row("network", (IsOfAnotherVersion(status) ? "none: the stored one was made for another version of the firmware" : "none")
                + "; next: neuromcu program NETWORK.yaml");
        }
        else
        {
            Row("network",
                $"{network.Symbols.Network}: {Figures.Count(info.Neurons, "neuron")}, {Figures.Count(info.Synapses, "synapse")}, crc "
                + $"{Figures.Crc(info.ImageCrc)}, {info.ImageText}");
            Row(string.Empty, "populations " + string.Join(", ", network.Populations.Select(p => $"{p.Name} ({p.Size})")));
            if (network.Synapses.ProjectionNames.Count > 0)
            {
                Row(string.Empty, "projections " + string.Join(", ", network.Synapses.ProjectionNames));
            }
        }

        if (channels > 0)
        {
            Row("neurons", $"{Figures.Count(channels, "channel")}, {figures.ResolutionText}");
            Row(string.Empty, calibration is null ? "not calibrated here"
                : $"{DrivenNetwork.Describe(calibration)}: {calibration.Good().Count()} good"
                + (calibration.Failed().Any() ? ", failed: " + string.Join(", ", calibration.Failed().Select(c => c.Name)) : string.Empty));
            foreach (string text in new[] { figures.LookText, figures.LatencyText }.OfType<string>())
            {
                Row(string.Empty, "in the last run: " + text);
            }
        }

        foreach (IGrouping<string, ChannelDescription> set in parts.GroupBy(c => c.Neuron.Set))
        {
            Row("components", set.Key + " at " + string.Join(", ", set.Select(c => c.Name)));
        }

        if (test is not null)
        {
            Row("self-test", test.Failed.Count == 0 ? "passed: " + string.Join(", ", test.Passed)
                : "FAILED: " + string.Join(", ", test.Failed));
            Row(string.Empty, $"an integer addition takes {Figures.Short(test.AdditionNanoseconds)} ns");
        }

        foreach (KeyValuePair<string, long> counter in counters)
        {
            Row(string.Empty, $"{counter.Key,-28} {counter.Value.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
