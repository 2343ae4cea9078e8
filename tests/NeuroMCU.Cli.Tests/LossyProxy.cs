// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Cli.Tests;

/// <summary>A TCP line to a device that does not let the first frame of one type through to the host.</summary>
internal sealed class LossyProxy : IDisposable
{
    private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly int _port;
    private readonly int _type;

    public LossyProxy(string address, int type)
    {
        _port = new Uri(address).Port;
        _type = type;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address => "tcp://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Dropped { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        using TcpClient host = await _listener.AcceptTcpClientAsync();
        using TcpClient device = new TcpClient { NoDelay = true };
        host.NoDelay = true;
        await device.ConnectAsync(IPAddress.Loopback, _port);
        Task up = host.GetStream().CopyToAsync(device.GetStream());
        try
        {
            await FilterAsync(device.GetStream(), host.GetStream());
        }
        catch (IOException)
        {
            // The host has hung up.
        }

        await Task.WhenAny(up);
    }

    private async Task FilterAsync(Stream device, Stream host)
    {
        byte[] buffer = new byte[4096];
        List<byte> frame = [];
        for (int count = await device.ReadAsync(buffer); count > 0; count = await device.ReadAsync(buffer))
        {
            for (int k = 0; k < count; k++)
            {
                frame.Add(buffer[k]);
                if (buffer[k] != WireFormat.Delimiter)
                {
                    continue;
                }

                if (Dropped == 0 && TypeOf([.. frame]) == _type)
                {
                    Dropped++;
                }
                else
                {
                    await host.WriteAsync(frame.ToArray());
                }

                frame.Clear();
            }
        }
    }

    private static int TypeOf(byte[] frame)
    {
        byte[] decoded = new byte[frame.Length];
        return Cobs.Decode(frame, 0, frame.Length - 1, decoded, 0) > 1 ? decoded[1] : -1;
    }
}
