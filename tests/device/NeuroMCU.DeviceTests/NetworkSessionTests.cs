// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Image;
using NeuroMCU.DeviceTests.Rig;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>A session of the firmware about a network that is all software: requests of every kind, and every byte of the
    /// answers.</summary>
    [TestClass]
    public class NetworkSessionTests
    {
        // A number that no request has.
        private const int Unknown = 0x37;

        [TestMethod]
        public void Requests_of_every_kind_about_a_network()
        {
            Device device = new Device(1);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Begin(MessageType.Step).WriteInt64(1000);
            Assert.AreEqual(ErrorCode.NoNetwork, host.Refused());
            host.Upload(ImageWriter.Write(SampleNetwork.Make(4, 4, 8, 8, 3)), UploadTarget.Memory);
            host.Begin(MessageType.Ping);
            host.Accepted();
            host.Step(200000);
            Assert.AreEqual(0L, host.Lost);
            ChangeWeights(host);
            Inject(host);
            Block membranes = new Block();
            membranes.First = 4;
            membranes.Count = 16;
            membranes.Write(host.Begin(MessageType.Membrane));
            host.Accepted();
            host.Step(100000);
            Assert.AreEqual(0L, host.Lost);
            ReadImage(host);
            Lose(host);

            // From the store it starts by itself after a power cut.
            host.Begin(MessageType.Persist).WriteByte(1);
            host.Accepted();
            device.PowerOn();
            Assert.AreEqual(DeviceState.Running, device.Application.State);
            host.Hello();
            host.Begin(MessageType.SelfTest);
            Assert.AreEqual(ErrorCode.Running, host.Refused());
            host.Listen(50000);
            host.Stop();
            host.Begin(MessageType.Reset);
            host.Accepted();
            Assert.AreEqual(0L, host.State().Totals.Time);
            host.Counter(CounterIndex.Spikes);
            new GoldenCheck().Value(nameof(Golden.NetworkSessionWire), Golden.NetworkSessionWire, device.Pipe.Crc).Done();
        }

        private static void ChangeWeights(ScriptHost host)
        {
            Block block = new Block();
            block.First = 5;
            block.Count = 3;
            block.Write(host.Begin(MessageType.WeightsRead));
            host.Accepted();
            BodyWriter body = host.Begin(MessageType.WeightsWrite);
            block.Write(body);
            body.WriteInt16(1000);
            body.WriteInt16(-2000);
            body.WriteInt16(short.MinValue);
            Assert.AreEqual(ErrorCode.BadValue, host.Refused());
            body = host.Begin(MessageType.WeightsWrite);
            block.Write(body);
            body.WriteInt16(1000);
            body.WriteInt16(-2000);
            body.WriteInt16(32767);
            host.Accepted();
            block.First = 100000;
            block.Write(host.Begin(MessageType.WeightsRead));
            Assert.AreEqual(ErrorCode.OutOfRange, host.Refused());
        }

        private static void Inject(ScriptHost host)
        {
            InjectList spikes = new InjectList();
            spikes.Base = 210000;
            spikes.Count = 3;
            spikes.Neurons[0] = 0;
            spikes.Neurons[1] = 3;
            spikes.Neurons[2] = 1;
            spikes.Offsets[1] = 700;
            spikes.Offsets[2] = 1400;
            spikes.Write(host.Begin(MessageType.Inject));
            host.Accepted();
        }

        private static void ReadImage(ScriptHost host)
        {
            byte[] image = null;
            int done = 0;
            do
            {
                ImageReadRequest request = new ImageReadRequest();
                request.Offset = done;
                request.Write(host.Begin(MessageType.ImageRead));
                host.Accepted();
                ImageReadAnswer part = new ImageReadAnswer();
                Assert.IsTrue(part.Read(host.Answer));
                image = image == null ? new byte[part.Length] : image;
                host.Answer.ReadBytes(image, done, part.Count);
                done += part.Count;
            }
            while (done < image.Length);
            Assert.AreEqual(3, ImageReader.Read(image, 0, image.Length, ModelList.All).Populations.Length);
        }

        // A frame is damaged, an answer is lost and asked for again, an upload is given up, and a request is none.
        private static void Lose(ScriptHost host)
        {
            host.Begin(MessageType.Membrane);
            Assert.AreEqual(ErrorCode.BadBody, host.Refused());
            host.SendDamaged();
            host.Begin(MessageType.Reset);
            host.Accepted();
            host.AcceptedAgain();
            UploadBegin begin = new UploadBegin();
            begin.Length = 1000;
            begin.Write(host.Begin(MessageType.UploadBegin));
            host.Accepted();
            host.Begin(MessageType.UploadAbort);
            host.Accepted();
            host.Begin(MessageType.UploadCommit);
            Assert.AreEqual(ErrorCode.NoUpload, host.Refused());
            host.Begin(Unknown);
            Assert.IsTrue(host.Refused() != ErrorCode.None);
            Assert.AreEqual(1L, host.Counter(CounterIndex.CheckErrors));
            Assert.AreEqual(1L, host.Counter(CounterIndex.RepeatedRequests));
        }
    }
}
