// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Sockets;
using MQTTnet.Exceptions;
using MQTTnet.Implementations;
using NeuroMCU.Internet.Doors;
using NeuroMCU.Internet.Mqtt;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>Who has no key takes neither memory nor room.</summary>
public sealed class StrangersTests
{
    [Theory]
    [InlineData("10FFFFFF7F")]   // CONNECT of 256 MB
    [InlineData("10FFFFFFFF7F")] // a length of five bytes
    [InlineData("108220")]       // 4098 bytes
    [InlineData("C000108220")]   // the same behind a packet that is right
    public async Task A_length_that_no_site_needs_is_refused_before_the_library_makes_room_for_it(string bytes)
    {
        using BoundedChannel channel = new(new MqttTcpChannel(new MemoryStream(Convert.FromHexString(bytes)), null, null, null), 4096);
        await Assert.ThrowsAsync<MqttProtocolViolationException>(async () =>
        {
            while (await channel.ReadAsync(new byte[1], 0, 1, TestContext.Current.CancellationToken) > 0)
            {
            }
        });
    }

    [Fact]
    public async Task Who_announces_a_packet_that_no_site_needs_is_closed_and_counted()
    {
        int port = Ports.Free();
        await using HubLab lab = new HubLab(HubLab.Chain
            .Replace("transports: {", FormattableString.Invariant($"transports: {{mqtt: {{listen: \"127.0.0.1:{port}\"}}, "),
                StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)).Start();
        using TcpClient client = new("127.0.0.1", port);
        await client.GetStream().WriteAsync(Convert.FromHexString("10FFFFFF7F"), TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[10], TestContext.Current.CancellationToken));
        }
        catch (IOException)
        {
            // A connection that is closed with bytes unread is reset, which is as good an end.
        }

        await HubLab.Until(() => lab.Server.RefusedByBroker == 1);
    }

    [Fact]
    public async Task Who_stays_unknown_is_closed_and_too_many_of_them_are_not_let_in()
    {
        Strangers door = new(TimeSpan.FromMilliseconds(50));
        int closed = 0;
        List<IDisposable?> inside = [.. Enumerable.Range(0, Strangers.Most).Select(k => door.Admit(() => k < 10,
            () => Interlocked.Increment(ref closed)))];
        Assert.DoesNotContain(null, inside);
        Assert.Null(door.Admit(() => true, () => { }));
        inside[0]!.Dispose();
        Assert.NotNull(door.Admit(() => true, () => { }));
        await HubLab.Until(() => closed == Strangers.Most - 10);
        Assert.NotNull(door.Admit(() => true, () => { }));
    }
}
