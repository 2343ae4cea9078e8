// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;

namespace NeuroMCU.Internet.Site;

/// <summary>Carries packets over UDP.</summary>
internal sealed class UdpCarrier : ISiteCarrier
{
    private readonly Socket _socket;
    private Task _reading = Task.CompletedTask;
    private volatile bool _closed;

    /// <summary>Makes a carrier.</summary>
    public UdpCarrier(IPEndPoint hub)
    {
        _socket = new Socket(hub.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = 1 << 20,
            SendBufferSize = 1 << 20
        };
        _socket.Connect(hub);
    }

    /// <inheritdoc />
    public string? Trouble { get; private set; }

    /// <inheritdoc />
    public void Open(Action<byte[]> received) =>
        _reading = Task.Factory.StartNew(() => Read(received), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <inheritdoc />
    public void Send(byte[] packet)
    {
        try
        {
            _socket.Send(packet);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // As if it had been lost on the way: the hub counts it by its number.
            return;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _socket.Dispose();
        await _reading.ConfigureAwait(false);
    }

    private void Read(Action<byte[]> received)
    {
        byte[] buffer = new byte[65536];
        while (!_closed)
        {
            try
            {
                int count = _socket.Receive(buffer);
                Trouble = null;
                received(buffer.AsSpan(0, count).ToArray());
            }
            catch (SocketException problem) when (!_closed)
            {
                // Nobody listens there at the moment.
                Trouble = problem.Message;
                Thread.Sleep(20);
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
