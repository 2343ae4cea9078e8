// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Models;
using NeuroMCU.Samples;

namespace NeuroMCU.DeviceTests
{
    /// <summary>
    /// The main job as a whole: the shipped sound-localization network, read from its image, hears shipped recordings. Front end, every
    /// spike and the azimuth come out the same on .NET and on the device.
    /// </summary>
    [TestClass]
    public class LocalizationTests
    {
        // Small enough that the spike ring does not fill up between two readings.
        private const int Portion = 200;

        private const long Settling = 20000;

        [TestMethod]
        public void A_click_from_30_degrees_right()
        {
            Locate(
                LocalizationData.Click,
                Golden.ClickAzimuth,
                nameof(Golden.ClickAzimuth),
                Golden.ClickSpikeCount,
                nameof(Golden.ClickSpikeCount),
                Golden.ClickSpikes,
                nameof(Golden.ClickSpikes));
        }

        [TestMethod]
        public void Speech_from_40_degrees_left()
        {
            Locate(
                LocalizationData.Speech,
                Golden.SpeechAzimuth,
                nameof(Golden.SpeechAzimuth),
                Golden.SpeechSpikeCount,
                nameof(Golden.SpeechSpikeCount),
                Golden.SpeechSpikes,
                nameof(Golden.SpeechSpikes));
        }

        private static void Locate(byte[] sound, int azimuth, string azimuthName, int count, string countName, uint record,
            string recordName)
        {
            byte[] image = LocalizationImage.Bytes;
            NetworkTables tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
            foreach (PopulationTable population in tables.Populations)
            {
                // Every spike counts here, also those that users are not shown.
                population.Recorded = true;
            }

            NetworkEngine engine = new NetworkEngine(tables);
            Listener listener = new Listener(engine, engine.Tables.Hearing[0]);
            DirectionReadout readout = new DirectionReadout(engine.Tables.Readouts[0], engine, listener.FrontEnd);
            Digest spikes = new Digest();

            int found = Hear(engine, listener, readout, sound, spikes);
            readout.Evaluate();
            spikes.Add(readout.Confidence);

            Assert.IsTrue(readout.IsValid);
            Assert.AreEqual(azimuth, readout.Value, azimuthName);
            Assert.AreEqual(count, found, countName);
            Assert.AreEqual(record, spikes.Value, recordName);
            Assert.AreEqual(0, engine.Counters.QueueDrops);
            Assert.AreEqual(0L, engine.Spikes.Dropped);
        }

        private static int Hear(NetworkEngine engine, Listener listener, DirectionReadout azimuth, byte[] sound, Digest spikes)
        {
            // The front end takes pairs of frames.
            int frames = (sound.Length / 4) & ~1;
            short[] left = new short[frames];
            short[] right = new short[frames];
            for (int k = 0; k < frames; k++)
            {
                left[k] = (short)(sound[4 * k] | (sound[(4 * k) + 1] << 8));
                right[k] = (short)(sound[(4 * k) + 2] | (sound[(4 * k) + 3] << 8));
            }

            int count = 0;
            int at = 0;
            while (at < frames)
            {
                int part = listener.Room < frames - at ? listener.Room : frames - at;
                listener.FrontEnd.Feed(left, right, at, part);
                at += part;
                if (listener.Room == 0 || at == frames)
                {
                    listener.EndBlock();
                    azimuth.ForgetOnsets();
                    count += Run(engine, at == frames ? listener.HeardUntil + Settling : listener.HeardUntil, spikes);
                }
            }

            return count;
        }

        private static int Run(NetworkEngine engine, long until, Digest spikes)
        {
            int count = 0;
            while (!engine.HasReached(until))
            {
                engine.Advance(until, Portion);
                count += spikes.Take(engine.Spikes);
            }

            return count;
        }
    }
}
