// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Image;
using NeuroMCU.DeviceTests.Rig;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>What a device without a host shows.</summary>
    [TestClass]
    public class PanelTests
    {
        [TestMethod]
        public void The_display_of_a_network_that_runs_dot_for_dot()
        {
            DotCheck display = new DotCheck();
            PanelParts panel = new PanelParts();
            panel.Display = display;
            Device device = new Device(1, panel);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Upload(ImageWriter.Write(SampleNetwork.Make(4, 4, 8, 8, 3)), UploadTarget.Memory);
            host.Start(0);
            host.Listen(3000000);
            host.Stop();
            Assert.IsTrue(display.Stripes > Canvas.Stripes);
            new GoldenCheck().Value(nameof(Golden.DisplayStripes), Golden.DisplayStripes, (uint)display.Stripes)
                .Value(nameof(Golden.DisplayDots), Golden.DisplayDots, display.Crc).Done();
        }
    }
}
