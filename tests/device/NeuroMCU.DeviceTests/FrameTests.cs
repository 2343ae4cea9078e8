// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Integrity;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.DeviceTests
{
    /// <summary>The wire: the same bytes on both sides, and damage that does not get through.</summary>
    [TestClass]
    public class FrameTests
    {
        [TestMethod]
        public void Cobs_gives_back_what_it_coded_at_all_block_lengths()
        {
            byte[] source = new byte[600];
            byte[] coded = new byte[610];
            byte[] decoded = new byte[600];
            XorShift random = new XorShift(11);
            uint all = 0;
            for (int length = 0; length < 600; length += length < 20 || (length > 250 && length < 260) ? 1 : 37)
            {
                for (int k = 0; k < length; k++)
                {
                    source[k] = (byte)(random.Next(20) == 0 ? 0 : random.Next(256));
                }

                int count = Cobs.Encode(source, 0, length, coded, 0);
                all = Crc32.Update(all, coded, 0, count);

                Assert.AreEqual(length, Cobs.Decode(coded, 0, count, decoded, 0));
                Assert.AreEqual(Crc32.Compute(source, 0, length), Crc32.Compute(decoded, 0, length));
            }

            Assert.AreEqual(Golden.CobsCodes, all, nameof(Golden.CobsCodes));
        }

        [TestMethod]
        public void Frame_of_a_ping_byte_for_byte()
        {
            FrameEncoder encoder = new FrameEncoder();
            encoder.Begin(MessageType.Ping, 0x1234);

            Assert.IsTrue(encoder.End());
            Assert.AreEqual(10, encoder.WireLength);
            Assert.AreEqual(Golden.PingFrame, Crc32.Compute(encoder.Wire, 0, encoder.WireLength), nameof(Golden.PingFrame));
        }

        [TestMethod]
        public void Spike_batches_make_the_same_bytes_and_read_back()
        {
            FrameEncoder encoder = new FrameEncoder();
            FrameDecoder decoder = new FrameDecoder();
            SpikeBatchWriter batch = new SpikeBatchWriter();
            SpikeStreamReader reader = new SpikeStreamReader();
            XorShift random = new XorShift(3);
            reader.Account.Open(5, 0, 0);
            long time = 4000000000L;
            uint wire = 0;
            uint sent = 0;
            for (int frame = 0; frame < 20; frame++)
            {
                batch.Begin(encoder.Begin(MessageType.Spikes, frame), 5, sent, 0, time);
                long last = 0;
                int neuron = 0;
                do
                {
                    last = time;
                    neuron = random.Next(300);
                    time += random.Next(30000);
                }
                while (batch.Add(neuron, last));

                time = last;
                sent += (uint)batch.Count;

                Assert.IsTrue(encoder.End());
                wire = Crc32.Update(wire, encoder.Wire, 0, encoder.WireLength);
                Assert.AreEqual(encoder.WireLength, decoder.Feed(encoder.Wire, 0, encoder.WireLength));
                Assert.IsTrue(decoder.HasFrame);
                Assert.IsTrue(reader.Read(decoder.Body));
                Assert.AreEqual(batch.Count, reader.Count);
            }

            Assert.AreEqual(0L, reader.Account.Lost);
            Assert.AreEqual((long)sent, reader.Account.Received);
            Assert.AreEqual(Golden.SpikeFrames, wire, nameof(Golden.SpikeFrames));
        }

        [TestMethod]
        public void Every_flipped_bit_of_a_frame_is_found()
        {
            FrameEncoder encoder = new FrameEncoder();
            BodyWriter body = encoder.Begin(MessageType.WeightsWrite, 77);
            body.WriteInt32(1000);
            body.WriteByte(2);
            body.WriteInt16(-32767);
            body.WriteInt16(0);
            Assert.IsTrue(encoder.End());
            FrameDecoder decoder = new FrameDecoder();
            for (int bit = 0; bit < (encoder.WireLength - 1) * 8; bit++)
            {
                encoder.Wire[bit >> 3] ^= (byte)(1 << (bit & 7));
                int taken = decoder.Feed(encoder.Wire, 0, encoder.WireLength);
                Assert.IsFalse(decoder.HasFrame);
                Assert.AreEqual(encoder.WireLength, taken);
                encoder.Wire[bit >> 3] ^= (byte)(1 << (bit & 7));
            }

            decoder.Feed(encoder.Wire, 0, encoder.WireLength);

            Assert.IsTrue(decoder.HasFrame);
            Assert.AreEqual(MessageType.WeightsWrite, decoder.Type);
            Assert.AreEqual(77, decoder.Sequence);
            Assert.AreEqual(1000, decoder.Body.ReadInt32());
            Assert.AreEqual(2, decoder.Body.ReadByte());
            Assert.AreEqual(-32767, decoder.Body.ReadInt16());
            Assert.AreEqual(0, decoder.Body.ReadInt16());
            Assert.IsTrue(decoder.Body.Complete);
        }
    }
}
