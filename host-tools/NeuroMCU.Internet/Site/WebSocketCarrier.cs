// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace NeuroMCU.Internet.Site;

/// <summary>Carries packets over a WebSocket, which is opened again when it breaks.</summary>
internal sealed class WebSocketCarrier(IPEndPoint hub) : ISiteCarrier
{
    private const int Places = 8192;
    private const int AgainMilliseconds = 200;
    private readonly Uri _address = new($"ws://{hub}/");
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Places)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
    });

    private Task _working = Task.CompletedTask;

    /// <inheritdoc />
    public string? Trouble { get; private set; }

    /// <inheritdoc />
    public void Open(Action<byte[]> received) => _working = Task.Run(() => WorkAsync(received));

    /// <inheritdoc />
    public void Send(byte[] packet) => _waiting.Writer.TryWrite(packet);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task WorkAsync(Action<byte[]> received)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using ClientWebSocket socket = new();
                await socket.ConnectAsync(_address, _end.Token).ConfigureAwait(false);
                Trouble = null;
                using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                Task sending = SendAsync(socket, over.Token);
                await Task.WhenAny(ReceiveAsync(socket, received, over.Token), sending).ConfigureAwait(false);
                await over.CancelAsync().ConfigureAwait(false);
                await Task.WhenAny(sending, Task.Delay(AgainMilliseconds, CancellationToken.None)).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException)
            {
                // What was under way is lost, and counted by its number.
                Trouble = problem.GetBaseException().Message;
            }

            if (!_end.IsCancellationRequested)
            {
                await Task.Delay(AgainMilliseconds).ConfigureAwait(false);
            }
        }
    }

    private async Task SendAsync(ClientWebSocket socket, CancellationToken over)
    {
        await foreach (byte[] packet in _waiting.Reader.ReadAllAsync(over).ConfigureAwait(false))
        {
            await socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, over).ConfigureAwait(false);
        }
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, Action<byte[]> received, CancellationToken over)
    {
        byte[] buffer = new byte[65536];
        while (true)
        {
            int count = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(count), over).ConfigureAwait(false);
                count += part.Count;
            }
            while (!part.EndOfMessage && count < buffer.Length);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            received(buffer.AsSpan(0, count).ToArray());
        }
    }
}
