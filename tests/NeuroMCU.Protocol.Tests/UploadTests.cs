// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Protocol.Tests;

public class UploadTests
{
    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.05, 1)]
    [InlineData(0.30, 2)]
    public void An_upload_arrives_whole_whatever_the_wire_loses(double loss, int seed)
    {
        foreach (var length in new[] { 1, 231, 232, 233, 5000, 40_000 })
        {
            var image = new byte[length];
            new Random(length).NextBytes(image);
            var random = new Random(seed);
            var sender = new UploadSender(length, WireFormat.MaxBody, 16);
            var receiver = new UploadReceiver();
            receiver.Begin(length, WireFormat.MaxBody, 16);
            var acknowledgements = new Queue<(int Sequence, int Next)>();
            var turns = 0;
            while (!sender.Complete)
            {
                Assert.True(++turns < 200_000);
                if (sender.CanSend)
                {
                    if (random.NextDouble() >= loss)
                    {
                        var body = new BodyReader(image);
                        body.Reset(sender.Offset, sender.Offset + sender.Count);
                        if (receiver.Take(sender.Sequence, body) && random.NextDouble() >= loss)
                        {
                            acknowledgements.Enqueue((sender.Sequence, receiver.NextOffset));
                        }
                    }

                    sender.Sent();
                }
                else if (acknowledgements.Count == 0)
                {
                    sender.GoBack();
                }

                // Acknowledgements lag by some frames, as they do on a line.
                if (acknowledgements.Count > (sender.CanSend ? 2 : 0))
                {
                    var (sequence, next) = acknowledgements.Dequeue();
                    sender.Acknowledge(sequence, next);
                }
            }

            Assert.True(receiver.Complete);
            Assert.Equal(Crc32.Compute(image, 0, Math.Max(0, length - 4)), receiver.ComputeCrc());
            Assert.Equal(image, Blocks.Bytes(receiver.Release()));
            Assert.Null(receiver.Image);
            if (loss == 0)
            {
                Assert.Equal(0, sender.Repeated);
            }
        }
    }

    [Fact]
    public void An_image_of_more_than_65536_chunks_keeps_its_order()
    {
        var length = 65_600 * 4;
        var image = new byte[length];
        new Random(1).NextBytes(image);
        var sender = new UploadSender(length, 4, 16);
        var receiver = new UploadReceiver();
        receiver.Begin(length, 4, 16);
        while (!sender.Complete)
        {
            var body = new BodyReader(image);
            body.Reset(sender.Offset, sender.Offset + sender.Count);
            var due = receiver.Take(sender.Sequence, body);
            var sequence = sender.Sequence;
            sender.Sent();
            if (due)
            {
                sender.Acknowledge(sequence, receiver.NextOffset);
            }
        }

        Assert.Equal(image, Blocks.Bytes(receiver.Image));
    }

    [Fact]
    public void A_chunk_of_the_wrong_length_is_not_taken()
    {
        var receiver = new UploadReceiver();
        receiver.Begin(100, 40, 4);
        var body = new BodyReader(new byte[64]);
        body.Reset(0, 39);
        receiver.Take(0, body);
        Assert.Equal(0, receiver.NextOffset);
        body.Reset(0, 64);
        receiver.Take(0, body);
        Assert.Equal(0, receiver.NextOffset);
    }

    /// <summary>Half a window, and the last chunk: the next half is under way while the acknowledgement travels.</summary>
    [Theory]
    [InlineData(4, "01010101011")]
    [InlineData(5, "00100100101")]
    [InlineData(1, "11111111111")]
    [InlineData(100, "00000000001")]
    public void Every_half_window_is_acknowledged_and_the_last_chunk(int window, string acknowledged)
    {
        var receiver = Receiver(105, window);
        Assert.Equal(acknowledged, string.Concat(Enumerable.Range(0, 11).Select(k => Take(receiver, k, k < 10 ? 10 : 5) ? '1' : '0')));
        Assert.True(receiver.Complete);

        // Again after the end: the acknowledgement was lost.
        Assert.True(Take(receiver, 10, 5));
        Assert.True(receiver.Complete);
    }

    [Fact]
    public void A_gap_is_told_once_and_the_next_one_again()
    {
        var receiver = Receiver(1000, 100);
        Assert.False(Take(receiver, 0, 10));
        Assert.True(Take(receiver, 2, 10));
        Assert.False(Take(receiver, 3, 10));
        Assert.False(Take(receiver, 4, 10));
        Assert.Equal(10, receiver.NextOffset);
        Assert.False(Take(receiver, 1, 10));
        Assert.True(Take(receiver, 4, 10));
        Assert.False(Take(receiver, 5, 10));

        // What had come already, and what has another length than the chunk, is answered every time.
        Assert.True(Take(receiver, 0, 10));
        Assert.True(Take(receiver, 1, 10));
        Assert.True(Take(receiver, 2, 9));
        Assert.True(Take(receiver, 2, 11));
        Assert.Equal(20, receiver.NextOffset);

        // A new upload begins without memory of the former one.
        receiver.Begin(50, 10, 100);
        Assert.Equal(50, receiver.Image.Length);
        Assert.True(Take(receiver, 3, 10));
        Assert.False(Take(receiver, 4, 10));
    }

    [Fact]
    public void Without_an_upload_nothing_is_complete()
    {
        Assert.False(new UploadReceiver().Complete);
        Assert.False(Receiver(10, 4).Complete);
    }

    [Fact]
    public void No_more_than_a_window_is_under_way_and_what_is_sent_again_is_counted()
    {
        var sender = new UploadSender(950, 100, 4);
        Send(sender, 4);
        Assert.False(sender.CanSend);
        sender.Acknowledge(0, 100);
        Assert.True(sender.CanSend);
        Assert.Equal((400, 100, 4), (sender.Offset, sender.Count, sender.Sequence));
        Send(sender, 1);
        Assert.Equal(0, sender.Repeated);

        // Two chunks again after a silence; the acknowledgement of all five had only been late.
        sender.GoBack();
        Assert.Equal(100, sender.Offset);
        Send(sender, 2);
        Assert.Equal(2, sender.Repeated);
        sender.Acknowledge(4, 500);
        Assert.Equal((500, 500), (sender.Offset, sender.Acknowledged));
        Send(sender, 4);
        Assert.Equal(2, sender.Repeated);

        // The second of these four was lost: the third says so, and the fourth with the same offset changes nothing.
        sender.Acknowledge(7, 600);
        Assert.Equal(600, sender.Offset);
        Send(sender, 1);
        Assert.Equal((700, 3), (sender.Offset, sender.Repeated));
        sender.Acknowledge(5, 600);
        Assert.Equal(700, sender.Offset);
        Send(sender, 2);
        Assert.Equal(50, sender.Count);
        Send(sender, 1);
        Assert.False(sender.CanSend);
        sender.Acknowledge(9, 950);
        Assert.True(sender.Complete);
    }

    [Fact]
    public void A_loss_of_the_first_chunk_takes_the_sender_back_to_it()
    {
        var sender = new UploadSender(950, 100, 4);
        Send(sender, 3);
        sender.Acknowledge(1, 0);
        Assert.Equal(0, sender.Offset);
    }

    [Fact]
    public void An_acknowledgement_of_bytes_that_were_never_sent_is_ignored()
    {
        var sender = new UploadSender(1000, 100, 4);
        sender.Sent();
        sender.Acknowledge(9, 900);
        Assert.Equal(0, sender.Acknowledged);
        Assert.False(sender.Complete);
    }

    private static UploadReceiver Receiver(int length, int window)
    {
        var receiver = new UploadReceiver();
        receiver.Begin(length, 10, window);
        return receiver;
    }

    private static bool Take(UploadReceiver receiver, int chunk, int length) => receiver.Take(chunk, new BodyReader(new byte[length]));

    private static void Send(UploadSender sender, int chunks)
    {
        for (var k = 0; k < chunks; k++)
        {
            Assert.True(sender.CanSend);
            sender.Sent();
        }
    }
}
