// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>Packets on their way to a broker, in order, with a bound: the newest is lost when there are too many, and counted.</summary>
internal sealed class MqttQueue : IAsyncDisposable
{
    private const int Places = 8192;

    private readonly Channel<(string Topic, byte[] Packet)> _waiting = Channel.CreateBounded<(string Topic, byte[] Packet)>(
        new BoundedChannelOptions(Places) { SingleReader = true });
    private readonly Task _sending;
    private long _overflow;

    /// <summary>Makes a queue.</summary>
    public MqttQueue(Func<MqttApplicationMessage, Task> publish)
    {
        _sending = Task.Run(() => SendAsync(publish));
    }

    /// <summary>Packets that found no room, or no broker.</summary>
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <summary>Whether a packet waits behind the one that is being sent.</summary>
    public bool HasMore => _waiting.Reader.Count > 0;

    /// <summary>Puts a packet into the queue.</summary>
    /// <returns>False when there was no room.</returns>
    public bool Post(string topic, byte[] packet)
    {
        bool taken = _waiting.Writer.TryWrite((topic, packet));
        Interlocked.Add(ref _overflow, taken ? 0 : 1);
        return taken;
    }

    /// <summary>A message that is not kept: QoS 0, since packets are numbered and a spike that is repeated late is of no use.</summary>
    /// <returns>The message.</returns>
    public static MqttApplicationMessage Message(string topic, byte[] packet) => new()
    {
        Topic = topic,
        Payload = new ReadOnlySequence<byte>(packet),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAny(_sending, Task.Delay(500)).ConfigureAwait(false);
    }

    private async Task SendAsync(Func<MqttApplicationMessage, Task> publish)
    {
        await foreach ((string topic, byte[] packet) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await publish(Message(topic, packet)).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is MqttCommunicationException or InvalidOperationException
                or OperationCanceledException or NotSupportedException)
            {
                // No broker at the moment: as if it had been lost on the way.
                Interlocked.Increment(ref _overflow);
            }
        }
    }
}
