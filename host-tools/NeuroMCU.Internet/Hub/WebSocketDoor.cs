// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Internet.Clocks;

namespace NeuroMCU.Internet.Hub;

/// <summary>A connection of a site over a WebSocket, as an address.</summary>
internal sealed class WebSocketPeer(WebSocket socket, string from) : EndPoint
{
    private const int MostWaiting = 4096;

    /// <summary>Packets on their way out.</summary>
    public BlockingCollection<byte[]> Waiting { get; } = new(MostWaiting);

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
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(place));
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
                "end what uses the port, or name another one under `listen`", problem);
        }
    }

    /// <inheritdoc />
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <inheritdoc />
    public bool Send(byte[] bytes, EndPoint to) => to is WebSocketPeer { IsOpen: true } peer && peer.Waiting.TryAdd(bytes);

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

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        WebSocketPeer peer = new(socket, $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}");
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
        Task sending = Task.Factory.StartNew(() => SendAll(peer, over.Token), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
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

    private static void SendAll(WebSocketPeer peer, CancellationToken over)
    {
        try
        {
            foreach (byte[] packet in peer.Waiting.GetConsumingEnumerable(over))
            {
                peer.Socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, over).GetAwaiter().GetResult();
            }
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException
            or ObjectDisposedException)
        {
            return;
        }
    }
}
