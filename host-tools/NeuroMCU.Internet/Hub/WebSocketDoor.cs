// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Doors;

namespace NeuroMCU.Internet.Hub;

/// <summary>A connection of a site over a WebSocket, as an address.</summary>
internal sealed class WebSocketPeer(WebSocket socket, string from) : EndPoint
{
    private const int MostWaiting = 4096;

    /// <summary>Packets on their way out.</summary>
    public Channel<byte[]> Waiting { get; } = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Whether a packet that came over it was sealed with the key of a session.</summary>
    public bool IsProven { get; set; }

    /// <summary>Whether it still stands.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The connection.</summary>
    public WebSocket Socket { get; } = socket;

    /// <inheritdoc />
    public override string ToString() => "the WebSocket of " + from;
}

/// <summary>Sealed packets in binary messages of a WebSocket, for sites that run in a browser or behind a proxy.</summary>
internal sealed class WebSocketDoor : IHubDoor
{
    private const int MostPacket = 1400;
    private const int MostConnections = 1024;
    private readonly Strangers _strangers = new(Strangers.Usual);
    private readonly WebApplication _server;
    private readonly BlockingCollection<Datagram> _inbox;
    private readonly MicrosecondClock _clock;
    private readonly CancellationTokenSource _end = new();
    private long _overflow;

    /// <summary>Opens the door.</summary>
    /// <exception cref="DeviceException">The port is in use, or may not be opened.</exception>
    public WebSocketDoor(IPEndPoint place, BlockingCollection<Datagram> inbox, MicrosecondClock clock)
    {
        _inbox = inbox;
        _clock = clock;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(place);
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.RequestHeadersTimeout = Strangers.Usual;
            options.Limits.KeepAliveTimeout = Strangers.Usual;
        });
        _server = builder.Build();
        _server.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(5) });
        _server.Run(ServeAsync);
        try
        {
            Task.Run(() => _server.StartAsync()).GetAwaiter().GetResult();
        }
        catch (IOException problem) when (problem.GetBaseException() is SocketException or IOException)
        {
            throw new DeviceException(DeviceErrorKind.PortBusy, $"TCP {place} cannot be opened for WebSockets", problem.Message,
                Endpoints.HintFor(problem), problem);
        }
    }

    /// <inheritdoc />
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <inheritdoc />
    public bool Send(byte[] bytes, EndPoint to) => to is WebSocketPeer { IsOpen: true } peer && peer.Waiting.Writer.TryWrite(bytes);

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Cancel();
        Task.Run(async () =>
        {
            await _server.StopAsync().ConfigureAwait(false);
            await _server.DisposeAsync().ConfigureAwait(false);
        }).Wait(TimeSpan.FromSeconds(3));
        _end.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        WebSocketPeer? peer = null;
        using IDisposable? watch = _strangers.Admit(() => peer is { IsProven: true }, context.Abort);
        if (watch is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        peer = new WebSocketPeer(socket, $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}");
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
        Task sending = SendAllAsync(peer, over.Token);
        try
        {
            await ReceiveAsync(peer, over.Token).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException)
        {
            // The session above it finds out, and is greeted again over another connection.
        }

        peer.IsOpen = false;
        await over.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(WebSocketPeer peer, CancellationToken over)
    {
        byte[] buffer = new byte[MostPacket + 1];
        while (true)
        {
            int count = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await peer.Socket.ReceiveAsync(buffer.AsMemory(count), over).ConfigureAwait(false);
                count += part.Count;
            }
            while (!part.EndOfMessage && count < buffer.Length);
            if (part.MessageType != WebSocketMessageType.Binary || count > MostPacket)
            {
                return;
            }

            if (!_inbox.TryAdd(new Datagram(Transport.WebSocket, peer, buffer.AsSpan(0, count).ToArray(), _clock.Now)))
            {
                Interlocked.Increment(ref _overflow);
            }
        }
    }

    private static async Task SendAllAsync(WebSocketPeer peer, CancellationToken over)
    {
        try
        {
            await foreach (byte[] packet in peer.Waiting.Reader.ReadAllAsync(over).ConfigureAwait(false))
            {
                await peer.Socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, over).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException
            or ObjectDisposedException)
        {
            return;
        }
    }
}
