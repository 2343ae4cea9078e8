// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Access;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Api.Streams;

namespace NeuroMCU.Api.Routes;

/// <summary>What a device sends, as it comes, over a WebSocket.</summary>
internal sealed class StreamRoute(SessionList sessions)
{
    /// <summary>Name of the protocol, for clients that send the key beside it.</summary>
    private const string Protocol = "neuromcu.v1";

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    public IEnumerable<ApiRoute> All => [new("GET", "/devices/{id}/stream", ServeAsync, false)];

    private async Task ServeAsync(HttpContext context)
    {
        DeviceSession session = sessions.Find(context.Part("id"));
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw ApiException.Bad("this address is a WebSocket", null, "open it as ws://");
        }

        string? protocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p =>
            !p.StartsWith(AccessRules.KeyProtocol, StringComparison.Ordinal));

        // Before the other side knows that it is connected: what it asks for next is in the stream already.
        StreamClient client = session.Hub.Open(context.ClientName());
        client.Post(Text(new
        {
            Type = "hello",
            Version = EventMessage.Version,
            Listener = client.Number,
            client.Name,
            Device = session.Id,
            State = session.StateText,
            session.NetworkVersion,
            session.Run
        }));
        try
        {
            await SendAsync(context, client, protocol == Protocol ? Protocol : null).ConfigureAwait(false);
        }
        finally
        {
            session.Hub.Leave(client);
        }
    }

    private static async Task SendAsync(HttpContext context, StreamClient client, string? protocol)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(protocol).ConfigureAwait(false);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task listening = ListenAsync(socket, over);
        try
        {
            while (await client.NextAsync(over.Token).ConfigureAwait(false) is { } item)
            {
                await socket.SendAsync(item.Body, item.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, over.Token)
                    .ConfigureAwait(false);
            }

            // Its answer is waited for, or the connection would break off under what is still on the way.
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "the device was closed", over.Token)
                .ConfigureAwait(false);
            await Task.WhenAny(listening, Task.Delay(s_goodbye, over.Token)).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            // The listener has gone; nobody else is concerned.
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(false);
        }
    }

    private static StreamItem Text(object document) =>
        new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, Json.ApiJson.Options), true, 0);

    // A listener has nothing to say; what it sends is read so that its goodbye is heard.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource over)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, over.Token).ConfigureAwait(false);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            // As above.
        }

        await over.CancelAsync().ConfigureAwait(false);
    }
}
