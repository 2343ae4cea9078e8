// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Api.Streams;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Api.Sessions;

/// <summary>
/// A device that stays open: its network, its run, and those who listen. What changes the device is done one after the other; what reads it
/// may come at any time, also during a run.
/// </summary>
internal sealed partial class DeviceSession : IAsyncDisposable
{
    private static readonly TimeSpan s_flushTime = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan s_statusTime = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _control = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly SessionSettings _settings;
    private readonly Shelf _shelf;
    private readonly RunMemory _memory;
    private readonly Task _watching;
    private readonly HandLog _hand = new();
    private OpenDevice _device;
    private CancellationTokenSource? _stop;
    private Task<KeptRun>? _running;
    private int _runs;
    private double _latency;
    private long _begun;

    private DeviceSession(string id, DeviceRequest request, OpenDevice device, SessionSettings settings, Shelf shelf)
    {
        Id = id;
        Request = request;
        _device = device;
        _settings = settings;
        _shelf = shelf;
        Hub = new StreamHub(settings.MostWaitingBytes);
        _memory = new RunMemory(Hub);
        _device.Client.Observer = _memory;
        _watching = Task.Run(WatchAsync);
    }

    public string Id { get; }

    public DeviceRequest Request { get; }

    public StreamHub Hub { get; }

    public LoadedNetwork? Network { get; private set; }

    public SynapseVersions Versions { get; } = new();

    /// <summary>Counts the networks that were loaded.</summary>
    public int NetworkVersion { get; private set; }

    public OpenDevice Device => _device;

    /// <summary>Why the device cannot be used any more; null while it can.</summary>
    public string? Broken { get; private set; }

    public bool IsRunning => _running is { IsCompleted: false };

    public string StateText => Broken is not null ? "broken" : IsRunning ? "running" : Network is null ? "empty" : "idle";

    /// <summary>Network time in µs.</summary>
    public long Time => _memory.Time;

    public long Spikes => _memory.Spikes;

    public int Run => _runs;

    /// <summary>The recording of the last run that has ended; null before.</summary>
    public KeptRun? Last { get; private set; }

    /// <summary>Opens a device.</summary>
    public static async Task<DeviceSession> OpenAsync(string id, DeviceRequest request, SessionSettings settings, Shelf shelf,
        CancellationToken cancellation)
    {
        VirtualBoardOptions? board = request.Board is { } named
            ? new VirtualBoardOptions { Board = named, Seed = request.BoardSeed, Faults = request.Faults ?? [] } : null;
        OpenDevice device = await OpenDevice.OpenAsync(id, request, board, settings, cancellation).ConfigureAwait(false);
        DeviceSession session = new(id, request, device, settings, shelf);
        try
        {
            await session.TakeOverAsync(cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Compiles a network and puts it into the device; a run that goes on ends, and its recording is kept.</summary>
    /// <param name="keepWeights">Whether weights that were changed since the former network was loaded stay where both have the same
    /// synapses.</param>
    /// <returns>What the compiler said.</returns>
    public Task<CompiledNetwork> LoadAsync(NetworkText text, bool uncalibrated, bool keepWeights, CancellationToken cancellation) =>
        ControlAsync(() => LoadInnerAsync(NetworkCompilation.Read(text), text, uncalibrated, keepWeights, cancellation), cancellation);

    /// <summary>Starts a run from the present network time on.</summary>
    public Task StartAsync(RunRequest request, CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            if (IsRunning)
            {
                throw ApiException.Conflict("a run goes on already", null, "stop it first, or reset it");
            }

            Task started = await BeginAsync(request, step: false, cancellation).ConfigureAwait(false);
            try
            {
                await started.ConfigureAwait(false);
            }
            catch
            {
                _running = null;
                throw;
            }

            return true;
        },
        cancellation);

    /// <summary>Runs for a time, as fast as the device can.</summary>
    /// <returns>Its recording.</returns>
    public async Task<KeptRun> StepAsync(long duration, CancellationToken cancellation)
    {
        Task<KeptRun> run = await ControlAsync(
            async () =>
            {
                await StopInnerAsync().ConfigureAwait(false);
                await BeginAsync(new RunRequest(duration, RealTime: false), step: true, cancellation).ConfigureAwait(false);
                return _running!;
            },
            cancellation).ConfigureAwait(false);
        return await run.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until the run that goes on has ended.</summary>
    /// <returns>Its recording; null when there was no run.</returns>
    public async Task<KeptRun?> WaitAsync(CancellationToken cancellation) =>
        _running is { } run ? await run.WaitAsync(cancellation).ConfigureAwait(false) : Last;

    /// <summary>Stops the run.</summary>
    /// <returns>Its recording; null when there was none.</returns>
    public Task<KeptRun?> StopAsync(CancellationToken cancellation) => ControlAsync(StopInnerAsync, cancellation);

    /// <summary>Sets the network back to time 0; weights stay. A run that goes on starts over.</summary>
    public Task ResetAsync(CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            Require();
            await _device.Client.ResetAsync(cancellation).ConfigureAwait(false);
            if (!IsRunning)
            {
                _memory.OnRestart();
            }

            _hand.Clear();
            return true;
        },
        cancellation);

    /// <summary>Makes inputs fire.</summary>
    /// <returns>How many spikes found a place in the device's queue.</returns>
    public Task<int> InjectAsync(IReadOnlyList<InjectedSpike> spikes, bool now, CancellationToken cancellation)
    {
        Require();
        _hand.Note(Time, FormattableString.Invariant($"{spikes.Count} injected spikes"));
        return now ? _device.Client.InjectNowAsync([.. spikes.Select(s => s.Neuron)], cancellation)
            : _device.Client.InjectAsync(spikes, cancellation);
    }

    /// <summary>Plays a sound.</summary>
    public Task PlayAsync(StereoSound sound, CancellationToken cancellation) => ControlAsync(
        () =>
        {
            if (_device.IsFree && IsRunning)
            {
                throw ApiException.Conflict("the run has begun", "a device without a clock of its own hears what was played before",
                    "play the sound, then start the run");
            }

            _hand.Note(Time, "a sound");
            _device.Play(sound);
            return Task.FromResult(true);
        },
        cancellation);

    /// <summary>The network, or a word that there is none.</summary>
    public LoadedNetwork Require()
    {
        if (Broken is { } why)
        {
            throw new ApiException(503, "device_broken", "the device cannot be used any more", why, "close it and open it again");
        }

        return Network ?? throw ApiException.Conflict("the device holds no network", null, $"PUT one to /api/v1/devices/{Id}/network");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync().ConfigureAwait(false);
        try
        {
            await ControlAsync(StopInnerAsync, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ExplainedException or IOException)
        {
            // A device that is gone cannot be stopped; it makes itself safe.
            Broken ??= problem.Message;
        }

        await _watching.ConfigureAwait(false);
        Hub.Close();
        await _device.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<CompiledNetwork> LoadInnerAsync(Network network, NetworkText text, bool uncalibrated, bool keepWeights,
        CancellationToken cancellation)
    {
        VirtualBoardOptions? board = NetworkCompilation.BoardFor(Request, network);
        CompiledNetwork compiled = NetworkCompilation.Compile(network, text.Twin, Request.Address, _device.IsVirtual ? board : null);
        await StopInnerAsync().ConfigureAwait(false);
        IReadOnlyList<(int First, short[] Weights)> kept = keepWeights
            ? await ChangedWeightsAsync(compiled, cancellation).ConfigureAwait(false) : [];
        if (_device.IsVirtual && !SameBoard(board, _device.Board))
        {
            await ReopenAsync(board, cancellation).ConfigureAwait(false);
        }

        NodeWeights onNodes = await NodeWeightSource.OfAsync(_device.Client, compiled, text.File,
            measured => NetworkCompilation.Compile(measured, text.Twin, Request.Address, _device.IsVirtual ? board : null),
            cancellation).ConfigureAwait(false);
        compiled = Driven(onNodes.Compiled.Network, text, onNodes.Compiled, uncalibrated);
        await _device.Client.ProgramAsync(compiled.Image, new ProgramOptions(), null, cancellation).ConfigureAwait(false);
        await _device.Client.RefreshInfoAsync(cancellation).ConfigureAwait(false);
        Take(LoadedNetwork.Of(text, compiled, onNodes));
        foreach ((int first, short[] weights) in kept)
        {
            await _device.Client.WriteWeightsAsync(first, weights, cancellation).ConfigureAwait(false);
        }

        await _device.Client.ResetAsync(cancellation).ConfigureAwait(false);
        Hub.Send(new { Type = "network", NetworkVersion, Name = compiled.Symbols.Network });
        return compiled;
    }

    private static bool SameBoard(VirtualBoardOptions? a, VirtualBoardOptions? b) =>
        a is null ? b is null : b is not null && a.Board == b.Board && a.Seed == b.Seed && a.Faults.SequenceEqual(b.Faults);

    private async Task<T> ControlAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        await _control.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // A virtual bench without a clock of its own works on the thread that waits for it.
            return await Task.Run(action, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _control.Release();
        }
    }

    // A device that was running by itself goes on, and is listened to.
    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        if (!_device.Client.Info.HasNetwork)
        {
            return;
        }

        Take(LoadedNetwork.OfImage(await _device.Client.ReadImageAsync(null, cancellation).ConfigureAwait(false)));
        if (await _device.Client.JoinAsync(cancellation).ConfigureAwait(false))
        {
            Follow(Network!, [], _device.Client.WaitForEndAsync, 0);
        }
    }

    private void Take(LoadedNetwork network)
    {
        Network = network;
        NetworkVersion++;
        Versions.Clear();
        _hand.Clear();
    }

    private async Task ReopenAsync(VirtualBoardOptions? board, CancellationToken cancellation)
    {
        await _device.DisposeAsync().ConfigureAwait(false);
        _device = await OpenDevice.OpenAsync(Id, Request, board, _settings, cancellation).ConfigureAwait(false);
        _device.Client.Observer = _memory;
    }

    private async Task<Task> BeginAsync(RunRequest request, bool step, CancellationToken cancellation)
    {
        LoadedNetwork network = Require();
        DeviceClient client = _device.Client;
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation).ConfigureAwait(false);
        long time = (await client.ReadStateAsync(cancellation).ConfigureAwait(false)).Time;
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _memory.Begin(_runs + 1, network, Names(network), time);
        _begun = time;
        Hub.Send(new { Type = "run_started", Run = _runs + 1, TimeUs = time, DurationUs = request.Duration, request.RealTime });
        Follow(
            network,
            before,
            async stop =>
            {
                if (step)
                {
                    started.SetResult();
                    return await client.StepAsync(request.Duration, stop).ConfigureAwait(false);
                }

                try
                {
                    await client.StartAsync(new RunOptions { Duration = request.Duration, RealTime = request.RealTime },
                        stop).ConfigureAwait(false);
                    started.SetResult();
                }
                catch (Exception problem)
                {
                    started.SetException(problem);
                    throw;
                }

                return await client.WaitForEndAsync(stop).ConfigureAwait(false);
            },
            request.Duration == 0 ? 0 : time + request.Duration);
        return started.Task;
    }

    // The run has a thread of its own: a virtual bench without a clock works on the thread that waits for it.
    private void Follow(LoadedNetwork network, IReadOnlyList<KeyValuePair<string, long>> before, Func<CancellationToken,
        Task<RunReport>> run,
        long end)
    {
        if (_memory.Run != _runs + 1)
        {
            _memory.Begin(_runs + 1, network, Names(network), 0);
        }

        int number = ++_runs;
        CancellationTokenSource stop = new();
        _stop = stop;
        _running = Task.Factory.StartNew(
            async () =>
            {
                RunReport report;
                try
                {
                    report = await run(stop.Token).ConfigureAwait(false);
                }
                catch (RunBrokenException broken)
                {
                    Broken = broken.Message;
                    report = broken.Report;
                }
                finally
                {
                    _stop = null;
                    stop.Dispose();
                }

                return await ConcludeAsync(network, number, before, report, end).ConfigureAwait(false);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
    }

    private async Task<KeptRun> ConcludeAsync(LoadedNetwork network, int number, IReadOnlyList<KeyValuePair<string, long>> before,
        RunReport report, long end)
    {
        IReadOnlyList<KeyValuePair<string, long>> counters = [];
        IReadOnlyList<long>? saturations = null;
        try
        {
            if (Broken is null)
            {
                counters = await _device.Client.ReadCountersAsync(CancellationToken.None).ConfigureAwait(false);
                saturations = await _device.Client.ReadSaturationsAsync(network.Tables.Populations.Length, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (DeviceException problem)
        {
            Broken = problem.Message;
        }

        RunRecording recording = DeviceRecording.Of(network.Tables, network.Symbols, Describe(), _memory.End(), report, counters,
            saturations,
            before, report.Reason == EndReason.Stopped ? 0 : end);
        recording = recording with { Origin = RunOrigins.Of(network, this, _settings.Program, _begun, _hand) };
        if (_memory.NotKept > 0)
        {
            recording = recording with
            {
                EndedEarly = FormattableString.Invariant(
                    $"the recording was full: {_memory.NotKept} spikes and samples that came later were streamed, and are not in it"),
            };
        }

        KeptRun kept = _shelf.Add(Id, number, recording);
        Last = kept;
        Hub.Send(RunDocument.Of(kept));
        return kept;
    }

    private async Task<KeptRun?> StopInnerAsync()
    {
        if (_running is not { IsCompleted: false } running)
        {
            return Last;
        }

        try
        {
            _stop?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
        }

        return await running.ConfigureAwait(false);
    }

    private string Describe() => _device.Profile is { } profile ? $"the virtual bench ({profile})" : _device.Client.Address;

    private ChannelNames Names(LoadedNetwork network)
    {
        string name = _device.Board?.Board ?? network.Compiled?.Network.Board ?? _device.Client.Info.BoardName;
        bool known = BoardCatalog.Names.Contains(name) || File.Exists(name);
        BoardDescription? board = known && BoardCatalog.Find(name) is { } found && found.Profile.Name == _device.Client.Info.BoardName
            ? found
            : null;
        return ChannelNames.Of(board, network.Tables, network.Symbols);
    }

    // Channels of a real board, or of a specimen, are driven by what its calibration measured.
    private CompiledNetwork Driven(Network network, NetworkText text, CompiledNetwork compiled, bool uncalibrated)
    {
        if (compiled.Tables.Channels.Length == 0 || uncalibrated || _device.HasNominalParts)
        {
            return compiled;
        }

        DeviceInfo info = _device.Client.Info;
        if (new CalibrationStore(_settings.CalibrationFolder).Find(info.BoardName, info.DeviceId) is { } stored)
        {
            return NetworkCompilation.Compile(network, text.Twin, Request.Address, _device.Board, new StoredDriveTables(stored));
        }

        if (CalibrationScope.WhyNot(BoardCatalog.Find(_device.Board?.Board ?? network.Board!)) is not null)
        {
            return compiled;
        }

        throw new CalibrationException(CalibrationErrorKind.Missing,
            $"there is no calibration of {info.BoardName} on device {info.DeviceId}",
            "no two thyristors are alike: at the profile's nominal currents some of them stay silent and some are blocked",
            "calibrate it with 'neuromcu calibrate', or load the network as uncalibrated");
    }
}
