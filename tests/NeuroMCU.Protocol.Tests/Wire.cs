// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Tests;

/// <summary>Frames as a test wants them: whole byte arrays in, lists out.</summary>
internal static class Wire
{
    internal sealed record Frame(int Type, int Sequence, byte[] Body);

    public static byte[] Encode(FrameEncoder encoder, int type, int sequence, params byte[] body)
    {
        Assert.True(encoder.Encode(type, sequence, body, 0, body.Length));
        return encoder.Wire.AsSpan(0, encoder.WireLength).ToArray();
    }

    public static List<Frame> Decode(FrameDecoder decoder, ReadOnlySpan<byte> bytes)
    {
        var data = bytes.ToArray();
        var frames = new List<Frame>();
        var at = 0;
        while (at < data.Length)
        {
            at += decoder.Feed(data, at, data.Length - at);
            if (decoder.HasFrame)
            {
                var body = new byte[decoder.Body.Left];
                decoder.Body.ReadBytes(body, 0, body.Length);
                frames.Add(new Frame(decoder.Type, decoder.Sequence, body));
            }
        }

        return frames;
    }
}
