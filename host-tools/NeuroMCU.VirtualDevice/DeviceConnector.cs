// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NeuroMCU.Devices;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Devices.Links;
using NeuroMCU.Devices.Serial;

namespace NeuroMCU.VirtualDevice;

/// <summary>An open connection: the client, and the virtual device behind it when that runs in this process.</summary>
public sealed class DeviceConnection : IAsyncDisposable
{
    internal DeviceConnection(DeviceAddress address, DeviceClient client, BenchDevice? device)
    {
        Address = address;
        Client = client;
        Device = device;
    }

    /// <summary>Gets the address that was connected to.</summary>
    public DeviceAddress Address { get; }

    /// <summary>Gets the client.</summary>
    public DeviceClient Client { get; }

    /// <summary>Gets the virtual device in this process; null for a device anywhere else.</summary>
    public BenchDevice? Device { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        Device?.Dispose();
    }
}

/// <summary>Connects to devices.</summary>
public static class DeviceConnector
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Connects to the device at an address.</summary>
    /// <param name="address">The address as text; see <see cref="DeviceAddress" />. Null for the virtual device.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="DeviceException">There is no connection; kind, reason and next step are in it.</exception>
    public static Task<DeviceConnection> ConnectAsync(string? address, ConnectOptions? options = null,
        CancellationToken cancellation = default) =>
        ConnectAsync(DeviceAddress.Parse(address), options, cancellation);

    /// <summary>Connects to the device at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="DeviceException">There is no connection; kind, reason and next step are in it.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection owns client and device.")]
    public static async Task<DeviceConnection> ConnectAsync(
        DeviceAddress address, ConnectOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new ConnectOptions();
        BenchDevice? device = null;
        try
        {
            if (address is VirtualAddress named)
            {
                device = new BenchDevice(named.Profile is null
                    ? options.Virtual
                    : options.Virtual with { Profile = named.Profile, Unlimited = named.Profile == VirtualAddress.WithoutCosts });
            }

            DeviceClient client = address is TcpAddress tcp
                ? await GetInAsync(tcp, options, cancellation).ConfigureAwait(false)
                : await GreetAsync(device?.Connect() ?? OpenCable(address, options), options, cancellation).ConfigureAwait(false);
            return new DeviceConnection(address, client, device);
        }
        catch
        {
            device?.Dispose();
            throw;
        }
    }

    // A device has few lines for hosts that have not proved the key yet; when many come at once, some are sent away and have to knock
    // again.
    private static async Task<DeviceClient> GetInAsync(TcpAddress address, ConnectOptions options, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            IDeviceLink link = await TcpLink.ConnectAsync(address, cancellation).ConfigureAwait(false);
            try
            {
                return await GreetAsync(link, options, cancellation).ConfigureAwait(false);
            }
            catch (DeviceException sent) when (sent is { Kind: DeviceErrorKind.LinkLost, InnerException: not TimeoutException })
            {
                if (Stopwatch.GetElapsedTime(begin) > s_patience)
                {
                    throw new DeviceException(
                        DeviceErrorKind.NoAnswer,
                        $"{address} closes every connection before the key is proved",
                        string.Create(CultureInfo.InvariantCulture,
                            $"{tries} times within {s_patience.TotalSeconds:0} s: too many other hosts knock there, or it is no "
                            + $"NeuroMCU device"),
                        "end what else connects to it; check host and port",
                        sent);
                }
            }

            // Not all who were sent away at the same time come back at the same time.
            await Task.Delay(RandomNumberGenerator.GetInt32(2, 8), cancellation).ConfigureAwait(false);
        }
    }

    private static Task<DeviceClient> GreetAsync(IDeviceLink link, ConnectOptions options, CancellationToken cancellation) =>
        DeviceClient.OpenAsync(options.LinkFilter?.Invoke(link) ?? link, () => KeyStore.Find(options.KeyFile), cancellation);

    private static SerialLink OpenCable(DeviceAddress address, ConnectOptions options) => address switch
    {
        SerialAddress serial => OpenSerial(serial.Path, serial.BaudRate ?? options.BaudRate),
        UsbSerialAddress usb => OpenSerial(SerialPorts.FindByUsbSerial(usb.UsbSerial), usb.BaudRate ?? options.BaudRate),
        _ => throw new ArgumentException($"no transport for {address}", nameof(address)),
    };

    private static SerialLink OpenSerial(string path, int baudRate) => new(SerialPorts.Open(path, baudRate), path);
}
