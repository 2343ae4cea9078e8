// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>A connection to a broker that comes back by itself: MQTT 5, or 3.1.1 where the broker knows only that.</summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    // With the usual 8 kB a client takes 31 kB/s over loopback.
    private const int BufferBytes = 1 << 18;
    private const int AgainMilliseconds = 200;
    private const int FailuresToSay = 4;

    // Two clients of one name end each other's sessions. MQTT 5 says so; 3.1.1 only ends them, again and again within this time.
    private const int ShortSessionMilliseconds = 2000;
    private const int ShortSessionsToSay = 5;
    private const int FirstWaitMilliseconds = 10_000;
    private const int LongestWaitMilliseconds = 60_000;

    private readonly IPEndPoint _broker;
    private readonly string _client;
    private readonly string? _password;
    private readonly string _subscription;
    private readonly string? _state;
    private readonly IMqttClient _mqtt;
    private readonly CancellationTokenSource _end = new();
    private readonly MqttQueue _queue;
    private Task _connecting = Task.CompletedTask;
    private readonly Stopwatch _session = new();
    private int _failures;
    private int _shortSessions;
    private int _wait;
    private int _pause;
    private bool _wasConnected;
    private MqttProtocolVersion _version = MqttProtocolVersion.V500;

    /// <summary>Makes a connection.</summary>
    /// <param name="password">Password; null for none.</param>
    /// <param name="state">Retained topic that says whether it is there; null for none.</param>
    public MqttConnection(IPEndPoint broker, string client, string? password, string subscription, string? state)
    {
        _broker = broker;
        _client = client;
        _password = password;
        _subscription = subscription;
        _state = state;
        _mqtt = new MqttClientFactory().CreateMqttClient(new GatheringFactory(() => _queue!.HasMore));
        _queue = new MqttQueue(message => _mqtt.PublishAsync(message, _end.Token));
    }

    /// <summary>Whether the broker has taken the connection.</summary>
    public bool IsConnected => _mqtt.IsConnected;

    /// <summary>Encrypts the connection; null for one that is not encrypted.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Gets what happens, in one line each.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>What the broker said when it refused; null when it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How often another client of the same name took its place at the broker, or seems to have.</summary>
    public int TakenOver { get; private set; }

    /// <summary>Packets that found no room, or no broker.</summary>
    public long Overflow => _queue.Overflow;

    /// <summary>Begins to connect, and to receive.</summary>
    public void Open(Action<string, byte[]> received)
    {
        _mqtt.ApplicationMessageReceivedAsync += e =>
        {
            received(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        _mqtt.DisconnectedAsync += e =>
        {
            Ended(e.Reason);
            return Task.CompletedTask;
        };
        _connecting = Task.Run(KeepConnectedAsync);
    }

    /// <summary>Sends a packet, or loses it; does not wait.</summary>
    /// <returns>False when there was no room.</returns>
    public bool Send(string topic, byte[] packet) => _queue.Post(topic, packet);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _end.CancelAsync().ConfigureAwait(false);
        await _connecting.ConfigureAwait(false);
        try
        {
            if (_mqtt.IsConnected)
            {
                await SayStateAsync(MqttNames.Offline, CancellationToken.None).ConfigureAwait(false);
                await _mqtt.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (MqttCommunicationException)
        {
            // The broker went first.
        }

        _mqtt.Dispose();
        _end.Dispose();
    }

    // To come back at once would end the session of the other one, which would come back in its turn.
    private void Ended(MqttClientDisconnectReason reason)
    {
        bool shortSession = _session.IsRunning && _session.ElapsedMilliseconds < ShortSessionMilliseconds;
        _session.Reset();
        _shortSessions = shortSession && !_end.IsCancellationRequested ? _shortSessions + 1 : 0;
        bool taken = reason == MqttClientDisconnectReason.SessionTakenOver;
        if (!taken && (_version != MqttProtocolVersion.V311 || _shortSessions < ShortSessionsToSay))
        {
            return;
        }

        int wait = Math.Clamp(2 * _wait, FirstWaitMilliseconds, LongestWaitMilliseconds);
        _wait = wait;
        Volatile.Write(ref _pause, wait);
        TakenOver++;
        Refuse((taken ? $"another client connected as {_client}, and only one can have the name"
            : $"it ends each session at once: another client may connect as {_client}, and only one can have the name")
            + $"; give each site a name of its own. Tried again in {wait / 1000} s");
    }

    private async Task KeepConnectedAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (!_mqtt.IsConnected)
                {
                    await Task.Delay(Interlocked.Exchange(ref _pause, 0), _end.Token).ConfigureAwait(false);
                    await ConnectAsync().ConfigureAwait(false);
                }

                await Task.Delay(AgainMilliseconds, _end.Token).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is MqttCommunicationException or MqttProtocolViolationException
                or InvalidOperationException or System.IO.IOException or OperationCanceledException)
            {
                Explain(problem);

                // Tried again, until it works or the connection is closed.
                if (!_end.IsCancellationRequested)
                {
                    await Task.Delay(AgainMilliseconds).ConfigureAwait(false);
                }
            }
        }
    }

    // A broker that knows only 3.1.1 may answer in a way that is none of MQTT 5, or not at all: the next try speaks the other version.
    private void Explain(Exception problem)
    {
        Exception[] causes = [.. Causes(problem)];
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } untrusted)
        {
            // What .NET says of a certificate that was not taken names a method of the program.
            Refuse("TLS failed: " + (untrusted.Message.Contains("RemoteCertificate", StringComparison.Ordinal)
                ? $"its certificate is of an authority that is not trusted here, or not made out to {Tls?.Name ?? _broker.Address.ToString()}"
                : untrusted.GetBaseException().Message));
        }
        else if (causes.OfType<SocketException>().Any(c => c.SocketErrorCode == SocketError.ConnectionRefused))
        {
            _shortSessions = 0;   // the broker itself is away
            Refusal = "no broker listens there";
        }
        else if (!_end.IsCancellationRequested)
        {
            _failures++;
            _version = _version == MqttProtocolVersion.V500 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;
            if (_failures == FailuresToSay && !_wasConnected)
            {
                Refuse("it ends the connection while it is made" + (Tls is null
                    ? ": it may expect TLS, or another user" : ": it may not take the certificate, or there is none to show"));
            }
        }
    }

    private static IEnumerable<Exception> Causes(Exception problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private async Task ConnectAsync()
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithEndPoint(_broker).WithClientId(_client).WithProtocolVersion(_version).WithCleanStart()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(5)).WithTimeout(TimeSpan.FromSeconds(3));
        if (_password is not null)
        {
            builder = builder.WithCredentials(_client, _password);
        }

        if (_state is not null)
        {
            builder = builder.WithWillTopic(_state).WithWillPayload(MqttNames.Offline).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (Tls is not null)
        {
            builder = builder.WithTlsOptions(Encrypt);
        }

        MqttClientOptions options = builder.Build();
        if (options.ChannelOptions is MqttClientTcpOptions tcp)
        {
            tcp.BufferSize = BufferBytes;
            tcp.NoDelay = true;
        }

        MqttClientConnectResult result = await _mqtt.ConnectAsync(options, _end.Token).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            Refuse(result.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
                ? $"its name does not go with the password or certificate that it shows ({result.ResultCode})"
                : result.ResultCode.ToString());
            if (result.ResultCode == MqttClientConnectResultCode.UnsupportedProtocolVersion)
            {
                _version = MqttProtocolVersion.V311;
            }

            return;
        }

        (_failures, _wasConnected) = (0, true);
        _session.Restart();
        MqttClientSubscribeOptions subscribe = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_subscription,
            MqttQualityOfServiceLevel.AtMostOnce).Build();
        MqttClientSubscribeResult subscribed = await _mqtt.SubscribeAsync(subscribe, _end.Token).ConfigureAwait(false);
        foreach (MqttClientSubscribeResultItem item in subscribed.Items)
        {
            Refuse(item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2 ? item.ResultCode + " for " + _subscription : null);
        }

        await SayStateAsync(MqttNames.Online, _end.Token).ConfigureAwait(false);
    }

    private void Encrypt(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithSslProtocols(TlsFiles.Versions).WithTargetHost(Tls!.Name ?? _broker.Address.ToString());

        // A lab's authority names no list of what it has revoked.
        tls.WithRevocationMode(System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck);
        if (Tls.Trusted is not null)
        {
            tls.WithTrustChain(Tls.Trusted);
        }

        if (Tls.Own is not null)
        {
            tls.WithClientCertificates([Tls.Own]);
        }
    }

    private void Refuse(string? why)
    {
        if (why is not null && why != Refusal)
        {
            Say?.Invoke($"the broker at {_broker} refuses {_client}: {why}");
        }

        Refusal = why;
    }

    private async Task SayStateAsync(string state, CancellationToken cancellation)
    {
        if (_state is not null)
        {
            MqttApplicationMessage message = new MqttApplicationMessageBuilder()
                .WithTopic(_state).WithPayload(state).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build();
            await _mqtt.PublishAsync(message, cancellation).ConfigureAwait(false);
        }
    }
}
