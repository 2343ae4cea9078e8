// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;

namespace NeuroMCU.Protocol.Tests
{
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
                Assert.Equal(image, receiver.Release());
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

            Assert.Equal(image, receiver.Image);
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

        [Fact]
        public void An_acknowledgement_of_bytes_that_were_never_sent_is_ignored()
        {
            var sender = new UploadSender(1000, 100, 4);
            sender.Sent();
            sender.Acknowledge(9, 900);
            Assert.Equal(0, sender.Acknowledged);
            Assert.False(sender.Complete);
        }
    }
}
