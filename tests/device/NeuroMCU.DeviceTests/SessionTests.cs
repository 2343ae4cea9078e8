// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.DeviceTests.Rig;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>
    /// Whole sessions of the firmware with a network some of whose neurons are channels of the board: every byte that the device sends,
    /// and every code that it writes with its time, on .NET and on the device alike.
    /// </summary>
    [TestClass]
    public class SessionTests
    {
        private const int Channels = 8;
        private const int Millisecond = 1000;

        // 20 nC for each spike: 4 µA for 5 ms.
        private const short Charge = 2000;

        [TestMethod]
        public void A_run_with_sound_channels()
        {
            Device device = new Device(Channels);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Begin(MessageType.BoardInfo).WriteByte(0);
            host.Accepted();
            host.Upload(HybridNetwork.Image(Channels, Charge), UploadTarget.Memory);
            host.Start(0);
            host.Listen(800 * Millisecond);
            Assert.IsFalse(device.Neurons.IsSafe);
            host.Stop();

            Assert.IsTrue(device.Neurons.IsSafe);
            Assert.AreEqual(0L, host.Lost);
            long spikes = 0;
            for (int k = 0; k < Channels; k++)
            {
                Assert.IsTrue(host.SpikesOf[HybridNetwork.FirstChannel + k] > 50, "channel " + k.ToString());
                Assert.AreEqual(0, host.NewsOf[k]);
                spikes += host.SpikesOf[HybridNetwork.FirstChannel + k];
            }

            Assert.AreEqual(spikes, host.Counter(CounterIndex.ChannelSpikes));
            Assert.IsTrue(host.SpikesOf[HybridNetwork.FirstChannel + Channels] > 20, "software neurons are excited");
            Assert.AreEqual(DeviceState.Idle, host.State().State);
            new GoldenCheck()
                .Value(nameof(Golden.SoundRunWire), Golden.SoundRunWire, device.Pipe.Crc)
                .Value(nameof(Golden.SoundRunCodes), Golden.SoundRunCodes, device.Neurons.Written.Value)
                .Done();
        }

        [TestMethod]
        public void A_fault_of_each_kind_during_a_run()
        {
            Device device = new Device(Channels);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Upload(HybridNetwork.Image(Channels, 0), UploadTarget.Memory);
            host.Start(0);
            host.Listen(300 * Millisecond);
            for (int k = 0; k < Channels; k++)
            {
                // Channel 0 stays sound; each of the others gets a trouble of its own.
                device.Neurons.Troubles[k] = k;
            }

            host.Listen(3000 * Millisecond);
            int before = host.SpikesOf[HybridNetwork.FirstChannel];
            host.Listen(200 * Millisecond);
            Assert.IsTrue(host.SpikesOf[HybridNetwork.FirstChannel] - before > 15, "the sound channel goes on");
            Assert.AreEqual(0, host.NewsOf[0]);
            for (int k = 1; k < Channels; k++)
            {
                Assert.IsTrue(host.NewsOf[k] > 0, "trouble " + k.ToString() + " was not told");
                Assert.IsTrue(host.LastCondition[k] != ChannelCondition.Good);
            }

            host.Begin(MessageType.BoardInfo).WriteByte(0);
            host.Accepted();
            host.Counter(CounterIndex.Latches);
            host.Stop();
            Assert.IsTrue(device.Neurons.IsSafe);
            Assert.AreEqual(0L, host.Lost);
            Assert.AreEqual(0, host.Faults);
            new GoldenCheck()
                .Value(nameof(Golden.FaultRunWire), Golden.FaultRunWire, device.Pipe.Crc)
                .Value(nameof(Golden.FaultRunCodes), Golden.FaultRunCodes, device.Neurons.Written.Value)
                .Done();
        }

        [TestMethod]
        public void A_drive_that_fails_ends_the_run()
        {
            Device device = new Device(Channels);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Upload(HybridNetwork.Image(Channels, Charge), UploadTarget.Memory);
            host.Start(0);
            host.Listen(50 * Millisecond);
            device.Neurons.Troubles[5] = Trouble.DriveFails;
            host.Listen(500 * Millisecond);
            StateAnswer state = host.State();
            Assert.AreEqual(DeviceState.Fault, state.State);
            Assert.AreEqual(ErrorCode.Channel, state.Fault);
            Assert.AreEqual(5, state.FaultDetail);
            Assert.IsTrue(device.Neurons.IsSafe);
            Assert.AreEqual(1, host.Faults);

            device.Neurons.Troubles[5] = Trouble.None;
            Drive(host, 0, 10);
            Assert.AreEqual(ErrorCode.Faulted, host.Refused());
            host.Begin(MessageType.FaultClear);
            host.Accepted();
            host.Start(0);
            host.Listen(50 * Millisecond);
            host.Stop();
            new GoldenCheck()
                .Value(nameof(Golden.DriveFaultWire), Golden.DriveFaultWire, device.Pipe.Crc)
                .Value(nameof(Golden.DriveFaultCodes), Golden.DriveFaultCodes, device.Neurons.Written.Value)
                .Done();
        }

        [TestMethod]
        public void Channels_without_a_network()
        {
            Device device = new Device(Channels);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            Drive(host, 3, 120);
            host.Accepted();
            host.Listen(20 * Millisecond);
            Assert.AreEqual(120, device.Neurons.Codes[3]);
            BoardSense sense = new BoardSense();
            sense.Channel = 3;
            sense.Samples = 50;
            sense.Write(host.Begin(MessageType.BoardSense));
            host.Accepted();
            BoardReset reset = new BoardReset();
            reset.Channel = 3;
            reset.Milliseconds = 5;
            reset.Write(host.Begin(MessageType.BoardReset));
            host.Accepted();
            host.Listen(20 * Millisecond);
            Drive(host, Channels, 1);
            Assert.AreEqual(ErrorCode.NoChannel, host.Refused());
            Drive(host, 3, LeakyBoard.Limit + 1);
            Assert.AreEqual(ErrorCode.DriveLimit, host.Refused());

            device.Neurons.Troubles[1] = Trouble.Latches;
            device.Neurons.Troubles[4] = Trouble.DetectNoisy;
            MeasureResults results = Measure(host);
            Assert.AreEqual(Channels, results.Count);
            Assert.AreEqual(ChannelCondition.Good, results.Conditions[2]);
            Assert.IsTrue(results.Spikes[2] > 50 && results.Spikes[2] < 100);
            Assert.AreEqual(ChannelCondition.Latched, results.Conditions[1]);
            Assert.AreEqual(ChannelCondition.Stuck, results.Conditions[4]);
            host.Begin(MessageType.SelfTest);
            host.Accepted();
            host.Begin(MessageType.BoardSafe);
            host.Accepted();
            Assert.IsTrue(device.Neurons.IsSafe);
            new GoldenCheck()
                .Value(nameof(Golden.BoardAccessWire), Golden.BoardAccessWire, device.Pipe.Crc)
                .Value(nameof(Golden.BoardAccessCodes), Golden.BoardAccessCodes, device.Neurons.Written.Value)
                .Done();
        }

        [TestMethod]
        public void A_stored_network_starts_by_itself_and_a_silent_host_ends_a_run()
        {
            Device device = new Device(2);
            ScriptHost host = new ScriptHost(device);
            host.Hello();
            host.Upload(HybridNetwork.Image(2, Charge), UploadTarget.Store);
            device.PowerOn();
            Assert.AreEqual(DeviceState.Running, device.Application.State);
            host.Listen(100 * Millisecond);
            Assert.IsFalse(device.Neurons.IsSafe);

            host.Hello();
            host.Stop();
            host.Start(300);
            host.Listen(250 * Millisecond);
            Assert.AreEqual(DeviceState.Running, device.Application.State);
            host.Listen(100 * Millisecond);
            Assert.IsTrue(device.Neurons.IsSafe);
            Assert.AreEqual(ErrorCode.LinkLost, host.State().Fault);
            new GoldenCheck()
                .Value(nameof(Golden.StoredRunWire), Golden.StoredRunWire, device.Pipe.Crc)
                .Value(nameof(Golden.StoredRunCodes), Golden.StoredRunCodes, device.Neurons.Written.Value)
                .Done();
        }

        private static void Drive(ScriptHost host, int channel, int code)
        {
            BoardDrive drive = new BoardDrive();
            drive.Channel = channel;
            drive.Code = code;
            drive.Write(host.Begin(MessageType.BoardDrive));
        }

        // All channels at the same time, with codes from 60 to 200; what the last one did is in the message after the first.
        private static MeasureResults Measure(ScriptHost host)
        {
            BoardMeasure measure = new BoardMeasure();
            measure.Settle = 50;
            measure.Window = 400;
            measure.Count = Channels;
            for (int k = 0; k < Channels; k++)
            {
                measure.Channels[k] = k;
                measure.Codes[k] = 60 + (20 * k);
            }

            // One that is driven above three quarters of its limit has to fire.
            measure.Codes[1] = LeakyBoard.Limit;
            measure.Write(host.Begin(MessageType.BoardMeasure));
            host.Accepted();
            Drive(host, 0, 1);
            Assert.AreEqual(ErrorCode.Measuring, host.Refused());
            MeasureProgress progress = new MeasureProgress();
            do
            {
                host.Listen(50 * Millisecond);
                host.Begin(MessageType.BoardProgress);
                host.Accepted();
                Assert.IsTrue(progress.Read(host.Answer));
            }
            while (progress.State == MeasureState.Settling || progress.State == MeasureState.Counting);
            Assert.AreEqual(MeasureState.Done, progress.State);
            MeasureResults results = new MeasureResults();
            host.Begin(MessageType.BoardResult).WriteByte(0);
            host.Accepted();
            Assert.IsTrue(results.Read(host.Answer));
            return results;
        }
    }
}
