// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Protocol.Tests;

/// <summary>docs/reference/wire.md says what the code does, byte for byte.</summary>
public class WireDocumentTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "wire.md"));

    [Fact]
    public void The_example_of_START_is_what_is_sent()
    {
        var encoder = new FrameEncoder();
        new StartRequest
        {
            Duration = 1_000_000,
            Mode = RunMode.RealTime,
            LinkTimeout = 500
        }.Write(encoder.Begin(MessageType.Start, 0x0107));
        Check(encoder, "start");
    }

    [Fact]
    public void The_example_of_NACK_is_what_is_sent()
    {
        var encoder = new FrameEncoder();
        new Nack { Request = MessageType.Start, Code = ErrorCode.NoNetwork }.Write(encoder.Begin(MessageType.Nack, 0x0107));
        Check(encoder, "nack");
    }

    [Fact]
    public void The_example_of_SPIKES_is_what_is_sent()
    {
        var encoder = new FrameEncoder();
        var batch = new SpikeBatchWriter();
        batch.Begin(encoder.Begin(MessageType.Spikes, 18), 3, 1000, 2, 1_500_000);
        Assert.True(batch.Add(5, 1_500_000) && batch.Add(130, 1_500_250) && batch.Add(7, 1_500_250));
        Check(encoder, "spikes");
    }

    [Fact]
    public void The_example_of_the_handshake_is_what_is_computed()
    {
        var example = Example("handshake");
        Assert.Equal(example["host"], Convert.ToHexStringLower(KeyExchange.HostProof(Bytes("key"), Bytes("H"), Bytes("D"))));
        Assert.Equal(example["device"], Convert.ToHexStringLower(KeyExchange.DeviceProof(Bytes("key"), Bytes("H"), Bytes("D"))));
        Assert.Equal(example["session"], Convert.ToHexStringLower(KeyExchange.SessionKey(Bytes("key"), Bytes("H"), Bytes("D"))));

        byte[] Bytes(string name) => Convert.FromHexString(example[name]);
    }

    [Fact]
    public void The_example_of_a_sealed_frame_is_what_is_sent()
    {
        var encoder = new FrameEncoder { Seal = new FrameSeal(Convert.FromHexString(Example("handshake")["session"]), false) };
        encoder.Begin(MessageType.Stop, 5);
        Assert.True(encoder.End());
        Assert.Equal(Hex(Example("sealed")["frame"]), Convert.ToHexStringLower(encoder.Raw, 0,
            WireFormat.HeaderSize + WireFormat.SealSize));
    }

    private static void Check(FrameEncoder encoder, string name)
    {
        Assert.True(encoder.End());
        var example = Example(name);
        var length = WireFormat.HeaderSize + encoder.BodyLength + WireFormat.CrcSize;
        Assert.Equal(Hex(example["frame"]), Convert.ToHexStringLower(encoder.Raw, 0, length));
        Assert.Equal(Hex(example["wire"]), Convert.ToHexStringLower(encoder.Wire, 0, encoder.WireLength));
    }

    private static string Hex(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);

    private static Dictionary<string, string> Example(string name) =>
        Block("example " + name).Select(line => line.Split(' ', 2)).ToDictionary(part => part[0], part => part[1].Trim());

    // The indented lines that follow a marker.
    private static List<string> Block(string marker)
    {
        var lines = s_page.Split('\n').SkipWhile(line => line != $"<!-- {marker} -->").Skip(1).SkipWhile(line => line.Length == 0);
        var block = lines.TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        Assert.NotEmpty(block);
        return block;
    }
}
