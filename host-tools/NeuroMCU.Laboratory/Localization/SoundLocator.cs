// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics.CodeAnalysis;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// Finds where recordings come from by playing them to the microphones of a virtual device, whose firmware hears them and sends its
/// answers over the wire.
/// </summary>
internal sealed class SoundLocator : IAsyncDisposable
{
    private const long Microseconds = 1000000;

    private readonly DeviceConnection _connection;
    private readonly CompiledNetwork _network;
    private readonly int _readout;

    private SoundLocator(DeviceConnection connection, CompiledNetwork network, int readout)
    {
        _connection = connection;
        _network = network;
        _readout = readout;
    }

    /// <summary>Gets the virtual device.</summary>
    public BenchDevice Device => _connection.Device!;

    /// <summary>Switches a virtual device on and uploads the network.</summary>
    /// <param name="network">A network with a microphone front end and a read-out of direction.</param>
    /// <param name="profile">Cost profile of the device; <c>ideal</c> hears sounds of any length without loss.</param>
    /// <returns>The locator.</returns>
    /// <exception cref="DeviceException">The device refuses the network.</exception>
    /// <exception cref="NetworkFileException">The network has no microphones or no read-out of direction.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The locator owns the connection.")]
    public static async Task<SoundLocator> OpenAsync(CompiledNetwork network, string profile, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        int readout = network.Network.Readouts.ToList().FindIndex(r => r.Direction != null);
        if (readout < 0 || network.Network.Hearing == null)
        {
            throw new NetworkFileException([
                new Diagnostic(
                    network.Network.File,
                    0,
                    0,
                    string.Empty,
                    "does not listen: it has no `hearing` section, or no read-out over `populations`",
                    "start from examples/sound-localization/network.yaml"),
            ]);
        }

        ConnectOptions options = new() { Virtual = new VirtualDeviceOptions { Ephemeral = true } };
        DeviceConnection connection = await DeviceConnector.ConnectAsync("virtual:" + profile, options, cancellation).ConfigureAwait(false);
        try
        {
            await connection.Client.ProgramAsync(network.Image, null, null, cancellation).ConfigureAwait(false);
            return new SoundLocator(connection, network, readout);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Plays a recording and waits for the answers.</summary>
    /// <returns>What was heard.</returns>
    /// <exception cref="DeviceException">The device stopped answering.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<LocatedRecording> LocateAsync(StereoSound sound, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sound);
        DeviceClient client = _connection.Client;
        RunRecorder recorder = new();
        client.Observer = recorder;
        Device.PlaySound(sound);
        await client.ResetAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation).ConfigureAwait(false);
        RunReport end = await client.RunAsync(new RunOptions { Duration = Duration(sound), RealTime = true }, cancellation)
            .ConfigureAwait(false);
        client.Observer = null;
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<KeyValuePair<string, long>> counters = await client.ReadCountersAsync(cancellation).ConfigureAwait(false);
        ILookup<bool, ReadoutValue> heard = recorder.Readouts.Where(r => r.Index == _readout).ToLookup(HasDirection);
        return new LocatedRecording
        {
            Sounds = heard[true].Select(Located).ToArray(),
            Others = heard[false].Select(r => r.Doubt).ToArray(),
            Spikes = end.Spikes.Received,
            Losses = LossAccount.Of(end, before, counters, pins: false),
            Listened = SoundShare.Of(counters),
        };
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // What only one ear has heard brings no coincidence, and says nothing about its direction.
    private static bool HasDirection(ReadoutValue value) => value.Spikes > 0 && value.Doubt != Doubt.Step;

    // The device hears whole blocks, and knows that a sound has ended when it has been quiet for a while.
    private long Duration(StereoSound sound)
    {
        int[] parameters = _network.Tables.Hearing[0].Parameters;
        long block = Microseconds * parameters[HearingLayout.BlockFrames] / _network.Tables.Hearing[0].SampleRate;
        long blocks = ((long)(sound.Duration.TotalSeconds * Microseconds) / block) + parameters[HearingLayout.QuietBlocks] + 2;
        return blocks * block;
    }

    private LocatedSound Located(ReadoutValue value)
    {
        return new LocatedSound(value.Valid, value.Value, Delay(value.Value), value.Confidence, value.Spikes, value.Time / 1e6,
            value.Doubt, value.Span / 1e6);
    }

    // The map that made the azimuth, read backwards.
    private double Delay(double azimuth)
    {
        IReadOnlyList<(double Position, double Value)> map = _network.Network.Readouts[_readout].Direction!.Map;
        for (int i = 1; i < map.Count; i++)
        {
            if (azimuth <= map[i].Value && map[i].Value > map[i - 1].Value)
            {
                double share = Math.Max(0, (azimuth - map[i - 1].Value) / (map[i].Value - map[i - 1].Value));
                return map[i - 1].Position + (share * (map[i].Position - map[i - 1].Position));
            }
        }

        return map[^1].Position;
    }
}
