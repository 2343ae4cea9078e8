// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Devices;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice.Boards;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Api.Sessions;

/// <summary>A device that is connected: one elsewhere, or a virtual one of this process with or without a clock of its own.</summary>
internal sealed class OpenDevice : IAsyncDisposable
{
    private readonly DeviceConnection _connection;
    private readonly VirtualServer? _server;

    private OpenDevice(DeviceConnection connection, VirtualServer? server, VirtualBoardOptions? board)
    {
        _connection = connection;
        _server = server;
        Board = board;
    }

    public DeviceClient Client => _connection.Client;

    /// <summary>Board of a virtual device; null for the usual one, and for devices elsewhere.</summary>
    public VirtualBoardOptions? Board { get; }

    /// <summary>Whether it lives in this process.</summary>
    public bool IsVirtual => _server is not null || _connection.Device is not null;

    /// <summary>Whether its time goes on only while something waits for it.</summary>
    public bool IsFree => _connection.Device is not null;

    /// <summary>Cost profile of a virtual device.</summary>
    public string? Profile => _server?.Profile ?? _connection.Device?.Costs.Name;

    /// <summary>Seed of the specimen of a virtual board; null without one.</summary>
    public bool HasNominalParts => IsVirtual && Board?.Seed is null;

    /// <summary>Connects.</summary>
    public static async Task<OpenDevice> OpenAsync(string id, DeviceRequest request, VirtualBoardOptions? board, SessionSettings settings,
        CancellationToken cancellation)
    {
        ConnectOptions options = new() { KeyFile = settings.KeyFile };
        if (DeviceAddress.Parse(request.Address) is not VirtualAddress address)
        {
            return new OpenDevice(await DeviceConnector.ConnectAsync(request.Address, options, cancellation).ConfigureAwait(false),
                null, null);
        }

        // A specimen of a board is known by its own name, with its calibration; other devices go by their number here.
        VirtualDeviceOptions device = settings.Virtual with
        {
            Ephemeral = true,
            Board = board,
            Profile = address.Profile ?? settings.Virtual.Profile,
            Unlimited = address.Profile == VirtualAddress.WithoutCosts,
            Name = board is null ? "live-" + id : VirtualDeviceOptions.DefaultName,
        };
        if (request.Clock == "free")
        {
            return new OpenDevice(await DeviceConnector.ConnectAsync(address, options with { Virtual = device }, cancellation)
                .ConfigureAwait(false), null, board);
        }

        VirtualServer server = new(new VirtualServerOptions { Device = device, TcpPort = 0, Terminal = false, KeyFile = settings.KeyFile });
        try
        {
            return new OpenDevice(await DeviceConnector.ConnectAsync(server.TcpAddress, options, cancellation).ConfigureAwait(false),
                server,
                board);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the neurons of its board for measurements; a network must not run meanwhile.</summary>
    public Task<DeviceBench> MeasureAsync(BoardDescription board, CancellationToken cancellation) =>
        DeviceBench.OpenAsync(_connection, board, cancellation);

    /// <summary>Plays a sound to the microphones of a virtual device.</summary>
    /// <exception cref="ApiException">The device is elsewhere, or has no microphones.</exception>
    public void Play(StereoSound sound)
    {
        if (_server is not null)
        {
            try
            {
                _server.PlaySound(sound);
            }
            catch (InvalidOperationException problem) when (problem.InnerException is DeviceException refused)
            {
                throw ApiException.Conflict(refused.Message, refused.Why, Advice.Of(refused));
            }
        }
        else if (_connection.Device is { } device)
        {
            device.PlaySound(sound);
        }
        else
        {
            throw ApiException.Conflict("a recording can be played to a virtual device only",
                $"{Client.Address} has microphones of its own",
                "play it aloud, or open a virtual device");
        }
    }

    /// <summary>Reads where the servos of a virtual device are.</summary>
    /// <returns>Pulse widths in µs by output; empty elsewhere.</returns>
    public IReadOnlyList<double?> Servos()
    {
        if (_server is null)
        {
            return [];
        }

        List<double?> pulses = [];
        _server.OnDevice(device =>
            pulses.AddRange(Enumerable.Range(0, device.Board.Outputs.Length).Select(k => device.Servo(k)?.PulseMicroseconds)));
        return pulses;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
