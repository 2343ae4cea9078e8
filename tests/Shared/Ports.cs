// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;

namespace NeuroMCU.Tests.Shared;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>A TCP port on which nothing listens.</summary>
    public static int Free() => Free(SocketType.Stream, ProtocolType.Tcp);

    /// <summary>A UDP port on which nothing listens.</summary>
    public static int FreeUdp() => Free(SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Waits until something listens on a port.</summary>
    public static async Task UntilOpen(int port)
    {
        for (int k = 0; k < 600; k++)
        {
            if (await IsOpen(port))
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"nothing listens on port {port} after a minute");
    }

    /// <summary>Whether something listens on a port.</summary>
    public static async Task<bool> IsOpen(int port)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Free(SocketType type, ProtocolType protocol)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
