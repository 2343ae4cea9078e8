// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>Makes connections whose packets go out together.</summary>
/// <param name="followed">Whether another packet with spikes follows at once.</param>
internal sealed class GatheringFactory(Func<bool> followed) : IMqttClientAdapterFactory
{
    /// <inheritdoc />
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        MqttBufferWriter writer = new(options.WriterBufferSize, options.WriterBufferSizeMax);
        return new MqttChannelAdapter(new GatheringChannel(new MqttTcpChannel(options), followed),
            new MqttPacketFormatterAdapter(options.ProtocolVersion, writer), logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
