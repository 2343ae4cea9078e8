// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NeuroMCU.Internet.Clocks;

namespace NeuroMCU.Internet.Hub;

/// <summary>A socket of the hub with the thread that reads it.</summary>
internal sealed class UdpDoor : IHubDoor
{
    private const int BufferBytes = 1 << 20;
    private readonly Socket _socket;
    private readonly Transport _transport;
    private readonly BlockingCollection<Datagram> _inbox;
    private readonly MicrosecondClock _clock;
    private readonly Task _reading;
    private long _overflow;
    private volatile bool _closed;

    /// <summary>Opens the door.</summary>
    /// <exception cref="DeviceException">The port is in use, or may not be opened.</exception>
    public UdpDoor(Transport transport, IPEndPoint place, BlockingCollection<Datagram> inbox, MicrosecondClock clock)
    {
        _transport = transport;
        _inbox = inbox;
        _clock = clock;
        _socket = new Socket(place.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = BufferBytes,
            SendBufferSize = BufferBytes
        };
        try
        {
            _socket.Bind(place);
        }
        catch (SocketException problem)
        {
            _socket.Dispose();
            throw new DeviceException(
                DeviceErrorKind.PortBusy,
                string.Create(CultureInfo.InvariantCulture, $"UDP {place} cannot be opened"),
                problem.Message,
                Endpoints.HintFor(problem),
                problem);
        }

        Place = (IPEndPoint)_socket.LocalEndPoint!;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; }

    /// <inheritdoc />
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <inheritdoc />
    public bool Send(byte[] bytes, EndPoint to)
    {
        try
        {
            return _socket.SendTo(bytes, to) == bytes.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        _reading.Wait(TimeSpan.FromSeconds(2));
    }

    private void Read()
    {
        byte[] buffer = new byte[65536];
        while (!_closed)
        {
            try
            {
                EndPoint from = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
                    : IPAddress.Any, 0);
                int count = _socket.ReceiveFrom(buffer, ref from);
                if (!_inbox.TryAdd(new Datagram(_transport, (IPEndPoint)from, buffer.AsSpan(0, count).ToArray(), _clock.Now)))
                {
                    Interlocked.Increment(ref _overflow);
                }
            }
            catch (SocketException) when (!_closed)
            {
                // A partner whose port is closed answers so; the others go on.
                Thread.Sleep(1);
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
