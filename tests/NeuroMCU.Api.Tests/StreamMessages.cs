// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;

namespace NeuroMCU.Api.Tests;

/// <summary>Reads a stream by the layout of docs/reference/api.md, not by the code that writes it.</summary>
internal static class StreamMessages
{
    public static async Task<object?> NextAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        using MemoryStream whole = new();
        byte[] part = new byte[65536];
        WebSocketReceiveResult got;
        do
        {
            got = await socket.ReceiveAsync(part, cancellation);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(part, 0, got.Count);
        }
        while (!got.EndOfMessage);
        byte[] body = whole.ToArray();
        return got.MessageType == WebSocketMessageType.Text ? JsonDocument.Parse(body).RootElement : SpikeMessage.Of(body);
    }
}

internal sealed record SpikeMessage(int Kind, int Run, long Number, long[] Times, int[] Indices, float[] Values)
{
    public static SpikeMessage Of(byte[] body)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(32));
        long start = BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(24));
        Assert.Equal(1, body[1]);
        Assert.Equal(40 + (count * (body[0] == 1 ? 8 : 12)), body.Length);
        long[] times = new long[count];
        int[] indices = new int[count];
        float[] values = new float[body[0] == 1 ? 0 : count];
        for (int k = 0; k < count; k++)
        {
            times[k] = start + BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(40 + (4 * k)));
            indices[k] = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(40 + (4 * count) + (4 * k)));
            if (values.Length > 0)
            {
                values[k] = BinaryPrimitives.ReadSingleLittleEndian(body.AsSpan(40 + (8 * count) + (4 * k)));
            }
        }

        return new SpikeMessage(body[0], BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(4)),
            BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(8)),
            times, indices, values);
    }
}
