// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Mqtt;

namespace NeuroMCU.Internet.Hub;

/// <summary>
/// A broker in the hub's own process. Sites show that they hold their key, and may send and listen on their own topics only; what they
/// send is taken where it arrives, without a client of the hub in between.
/// </summary>
internal sealed class BrokerDoor : IHubDoor
{
    // 64 MB for a site that never reads.
    private const int MostPending = 48_000;

    // No name of a site has a blank.
    private const string Own = "the hub";

    private readonly MqttServer _broker;
    private readonly Dictionary<string, string> _passwords;
    private readonly TlsFiles? _tls;
    private readonly BlockingCollection<Datagram> _inbox;
    private readonly MicrosecondClock _clock;
    private long _overflow;
    private long _refused;

    /// <summary>Opens the broker.</summary>
    /// <param name="tls">Encrypts connections; with authorities, sites are to show a certificate that is made out to their name.
    /// Null for none.</param>
    /// <param name="unread">Gets the packets that were dropped since a site does not read, with its name, on any thread.</param>
    /// <exception cref="DeviceException">The port is in use, or may not be opened.</exception>
    public BrokerDoor(IPEndPoint place, TlsFiles? tls, Dictionary<string, string> passwords, BlockingCollection<Datagram> inbox,
        MicrosecondClock clock, Action<string, byte[]> unread)
    {
        _tls = tls;
        _passwords = passwords;
        _inbox = inbox;
        _clock = clock;
        MqttServerFactory factory = new();
        MqttServerOptionsBuilder options = factory.CreateServerOptionsBuilder().WithMaxPendingMessagesPerClient(MostPending)
            .WithPersistentSessions(false).WithoutDefaultEndpoint();
        _broker = factory.CreateMqttServer(options.Build(), [new BrokerListener(place, tls, () => Interlocked.Increment(ref _refused))]);
        _broker.ValidatingConnectionAsync += Validate;
        _broker.InterceptingPublishAsync += Take;
        _broker.InterceptingSubscriptionAsync += Check;
        _broker.QueuedApplicationMessageOverwrittenAsync += e =>
        {
            if (e.Packet is MqttPublishPacket publish)
            {
                unread(e.ReceiverClientId, publish.Payload.ToArray());
            }

            return Task.CompletedTask;
        };
        try
        {
            Task.Run(_broker.StartAsync).GetAwaiter().GetResult();
        }
        catch (SocketException problem)
        {
            _broker.Dispose();
            throw new DeviceException(
                DeviceErrorKind.PortBusy, $"TCP {place} cannot be opened for the broker", problem.Message,
                Endpoints.HintFor(problem), problem);
        }
    }

    /// <inheritdoc />
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <summary>Connections, messages and subscriptions that were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc />
    public bool Send(byte[] bytes, EndPoint to)
    {
        // The broker puts it into the site's queue before it returns: a queue and a thread less on the way than through a client.
        string topic = MqttNames.Down(((MqttEndPoint)to).Site);
        InjectedMqttApplicationMessage message = new(MqttQueue.Message(topic, bytes)) { SenderClientId = Own };
        _broker.InjectApplicationMessage(message, CancellationToken.None).GetAwaiter().GetResult();
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Task.Run(() => _broker.StopAsync(new MqttServerStopOptions())).Wait(TimeSpan.FromSeconds(3));
        _broker.Dispose();
    }

    private Task Validate(ValidatingConnectionEventArgs e)
    {
        bool known = _passwords.TryGetValue(e.ClientId, out string? password)
            && (_tls?.Trusted is null
                ? e.UserName == e.ClientId && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(password),
                    Encoding.UTF8.GetBytes(e.Password ?? string.Empty))
                : e.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == e.ClientId);
        e.ReasonCode = known ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
        Interlocked.Add(ref _refused, known ? 0 : 1);
        return Task.CompletedTask;
    }

    private Task Take(InterceptingPublishEventArgs e)
    {
        string topic = e.ApplicationMessage.Topic;
        if (e.ClientId == Own)
        {
            return Task.CompletedTask;
        }

        // Packets end here: no other site may listen to them.
        e.ProcessPublish = topic == MqttNames.State(e.ClientId);
        if (topic == MqttNames.Up(e.ClientId))
        {
            if (!_inbox.TryAdd(new Datagram(Transport.Mqtt, new MqttEndPoint(e.ClientId), e.ApplicationMessage.Payload.ToArray(),
                _clock.Now)))
            {
                Interlocked.Increment(ref _overflow);
            }
        }
        else if (!e.ProcessPublish)
        {
            Interlocked.Increment(ref _refused);
        }

        return Task.CompletedTask;
    }

    private Task Check(InterceptingSubscriptionEventArgs e)
    {
        bool own = e.TopicFilter.Topic == MqttNames.Down(e.ClientId);
        e.ProcessSubscription = own;
        if (!own)
        {
            e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            Interlocked.Increment(ref _refused);
        }

        return Task.CompletedTask;
    }
}
