// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Image;
using NeuroMCU.DeviceTests.Rig;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>A board that speaks the experiment's packets by itself. Sealed packets need the platform's HMAC: their tests run on .NET
    /// alone.</summary>
    [TestClass]
    public class HubTests
    {
        // From the hub to neuron 256 through a weight of 153.
        private static readonly byte[] s_arrival = { 0x53, 0, 1, 0, 0x99, 0, 3, 0x20 };

        [TestMethod]
        public void Packets_of_both_partners()
        {
            GoldenCheck check = new GoldenCheck();
            check.Value(nameof(Golden.HubFirstPartner), Golden.HubFirstPartner, Play(HubWire.FirstPartner));
            check.Value(nameof(Golden.HubSecondPartner), Golden.HubSecondPartner, Play(HubWire.SecondPartner));
            check.Done();
        }

        private static uint Play(int wire)
        {
            BoardHub hub = new BoardHub();
            hub.Wire = wire;
            hub.Spikes = new int[][] { new int[] { 63, 4, 2 }, new int[] { 64, 9, 1 } };
            hub.Arrivals = new int[][] { new int[] { 256, 1, 0, 1 } };
            HubPost post = new HubPost(s_arrival);
            Device device = new Device(hub, post);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Upload(ImageWriter.Write(SampleNetwork.Make(4, 4, 8, 8, 3)), UploadTarget.Memory);
            host.Start(0);
            host.Listen(30000);
            post.Give(2);
            host.Listen(30000);
            Assert.AreEqual(2L, host.Counter(CounterIndex.HubArrivals));
            Assert.AreEqual(0L, host.Counter(CounterIndex.HubRefused));
            Assert.AreEqual((long)post.Count, host.Counter(CounterIndex.HubSpikes));
            return post.Crc;
        }
    }
}
