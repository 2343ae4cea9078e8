// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;
using NeuroMCU.Internet.Doors;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>Where the hub's broker listens: short packets, a moment for the first one, and room for so many who have not sent it.</summary>
/// <param name="place">Address and port.</param>
/// <param name="tls">Encrypts connections; null for none.</param>
/// <param name="refused">Hears of each connection that was refused, on any thread.</param>
internal sealed class BrokerListener(IPEndPoint place, TlsFiles? tls, Action refused) : IMqttServerAdapter
{
    // A sealed packet, its topic and what MQTT 5 may say besides.
    private const int MostPacket = 4096;

    private readonly TcpListener _listener = new(place);
    private readonly CancellationTokenSource _end = new();
    private readonly Strangers _strangers = new(Strangers.Usual);
    private IMqttNetLogger? _logger;

    /// <inheritdoc />
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <inheritdoc />
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _logger = logger;
        _listener.Start();
        _ = Task.Run(() => AcceptAsync(options));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _listener.Dispose();
        }
    }

    private async Task AcceptAsync(MqttServerOptions options)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_end.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(socket, options));
            }
            catch (SocketException)
            {
                // The one that called is gone again, or this process has no more files: others may still come.
                await Task.Delay(100).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, MqttServerOptions options)
    {
        BoundedChannel? channel = null;
        using (IDisposable? watch = _strangers.Admit(() => channel is { HasPacket: true }, socket.Dispose))
        using (socket)
        {
            try
            {
                if (watch is null)
                {
                    refused();
                    return;
                }

                socket.NoDelay = true;
                EndPoint? remote = socket.RemoteEndPoint, local = socket.LocalEndPoint;
                await using Stream stream = await OpenAsync(new NetworkStream(socket)).ConfigureAwait(false);
                X509Certificate2? shown = (stream as SslStream)?.RemoteCertificate as X509Certificate2;
                channel = new BoundedChannel(
                    new GatheringChannel(new MqttTcpChannel(stream, remote, local, shown), () => false), MostPacket);
                MqttBufferWriter writer = new(options.WriterBufferSize, options.WriterBufferSizeMax);
                using MqttChannelAdapter adapter = new(channel, new MqttPacketFormatterAdapter(writer), _logger);
                await ClientHandler!(adapter).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException
                or AuthenticationException or OperationCanceledException)
            {
                // Whoever called is gone, or showed nothing that is trusted: nothing of it was taken.
                _ = problem;
            }
        }

        if (channel is not { HasPacket: true })
        {
            refused();
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream plain)
    {
        if (tls is null)
        {
            return plain;
        }

        SslStream stream = new(plain);
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = tls.Own!,
                EnabledSslProtocols = TlsFiles.Versions,
                ClientCertificateRequired = tls.Trusted is not null,
                RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                    tls.Trusted is null || tls.IsTrusted(shown, chain, errors),
            },
            _end.Token).ConfigureAwait(false);
        return stream;
    }
}
