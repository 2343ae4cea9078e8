// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Sockets;
using NeuroMCU.Internet.Doors;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>Who has no key takes neither memory nor room.</summary>
public sealed class StrangersTests
{
    [Theory]
    [InlineData("10FFFFFF7F")]              // CONNECT of 256 MB
    [InlineData("10FFFFFFFF7F")]            // a length of five bytes
    [InlineData("108220" + "00044D515454")] // 4098 bytes
    public async Task A_packet_longer_than_a_site_needs_ends_the_connection_before_there_is_room_for_it(string bytes)
    {
        int port = Ports.Free();
        await using HubLab lab = new HubLab(HubLab.Chain
            .Replace("transports: {", FormattableString.Invariant($"transports: {{mqtt: {{listen: \"127.0.0.1:{port}\"}}, "),
                StringComparison.Ordinal)
            .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal)).Start();
        long before = GC.GetTotalAllocatedBytes();
        using TcpClient client = new("127.0.0.1", port);
        await client.GetStream().WriteAsync(Convert.FromHexString(bytes), TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[10], TestContext.Current.CancellationToken));
        }
        catch (IOException)
        {
            // A connection that is closed with bytes unread is reset, which is as good an end.
        }

        await HubLab.Until(() => lab.Server.RefusedByBroker == 1);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
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
