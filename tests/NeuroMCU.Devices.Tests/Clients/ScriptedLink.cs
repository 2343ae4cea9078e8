// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>A device that says a few bytes at first and answers every request with what the test wants. Its clock is its own.</summary>
internal sealed class ScriptedLink : IDeviceLink
{
    private readonly Queue<byte> _toHost;
    private readonly FrameDecoder _decoder = new();

    public ScriptedLink(byte[] first)
    {
        _toHost = new Queue<byte>(first);
    }

    public Func<FrameDecoder, FrameEncoder>? Answer { get; init; }

    /// <summary>For how long it answers nothing.</summary>
    public TimeSpan Silence { get; init; }

    public string Description => "scripted";

    public TimeSpan Elapsed { get; private set; }

    public static Func<FrameDecoder, FrameEncoder> Hello(Action<HelloAnswer> change) => request =>
    {
        var hello = new HelloAnswer { Schema = MessageTable.Hash, BoardName = [], DeviceId = [] };
        change(hello);
        var encoder = new FrameEncoder();
        hello.Write(encoder.Begin(MessageType.Hello | MessageType.Answer, request.Sequence));
        Assert.True(encoder.End());
        return encoder;
    };

    public ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation)
    {
        int count = 0;
        while (count < buffer.Length && _toHost.TryDequeue(out byte value))
        {
            buffer.Span[count++] = value;
        }

        if (count == 0)
        {
            Elapsed += wait;
        }

        return ValueTask.FromResult(count);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        byte[] bytes = data.ToArray();
        for (int at = 0; at < bytes.Length;)
        {
            at += _decoder.Feed(bytes, at, bytes.Length - at);
            if (_decoder.HasFrame && Answer is not null && Elapsed >= Silence)
            {
                FrameEncoder answer = Answer(_decoder);
                foreach (byte value in answer.Wire.AsSpan(0, answer.WireLength))
                {
                    _toHost.Enqueue(value);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
