// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;

namespace NeuroMCU.Protocol.Tests;

public class AnswerCacheTests
{
    private readonly AnswerCache _cache = new();

    [Fact]
    public void The_last_four_answers_are_remembered_and_come_back_byte_for_byte()
    {
        for (var k = 0; k < 6; k++)
        {
            _cache.Store(0x29, k, (uint)(100 + k), 0xA9, [9, (byte)k, 8], 0, 3);
        }

        Assert.Equal(-1, _cache.Find(0x29, 1, 101));
        foreach (var k in Enumerable.Range(2, 4))
        {
            var entry = _cache.Find(0x29, k, (uint)(100 + k));
            var encoder = new FrameEncoder();
            Assert.True(_cache.Encode(entry, k, encoder));
            var frame = Assert.Single(Wire.Decode(new FrameDecoder(), encoder.Wire.AsSpan(0, encoder.WireLength)));
            Assert.Equal(0xA9, frame.Type);
            Assert.Equal(k, frame.Sequence);
            Assert.Equal([9, (byte)k, 8], frame.Body);
        }
    }

    [Theory]
    [InlineData(0x28, 5, 1u)]
    [InlineData(0x29, 6, 1u)]
    [InlineData(0x29, 5, 2u)]
    public void Another_type_sequence_or_content_is_another_request(int type, int sequence, uint fingerprint)
    {
        _cache.Store(0x29, 5, 1, 0xA9, [], 0, 0);
        Assert.NotEqual(-1, _cache.Find(0x29, 5, 1));
        Assert.Equal(-1, _cache.Find(type, sequence, fingerprint));
    }

    [Fact]
    public void A_new_memory_holds_no_answer_to_anything()
    {
        foreach (var type in Enumerable.Range(0, 256))
        {
            Assert.Equal(-1, _cache.Find(type, 0, 0));
            Assert.Equal(-1, _cache.Find(type, 1, 0));
        }
    }

    [Fact]
    public void A_new_session_finds_nothing()
    {
        _cache.Store(MessageType.Step, 5, 1, 0xA2, [], 0, 0);
        _cache.Clear();
        Assert.Equal(-1, _cache.Find(MessageType.Step, 5, 1));
    }
}
