// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Contracts;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Firmware.Hybrid;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.DeviceTests
{
    /// <summary>What drivers reckon before and after they touch a pin.</summary>
    [TestClass]
    public class DriverTests
    {
        private const int Microampere = 4096000;

        [TestMethod]
        public void Codes_for_all_currents()
        {
            // Points that are no straight line, two of them with the same code; currents up, down and at random.
            ChannelTable table = new ChannelTable();
            table.MaxCode = 230;
            table.Currents = new int[] { Microampere, 7 * Microampere, 31 * Microampere, 32 * Microampere, 97 * Microampere };
            table.Codes = new int[] { 12, 12, 90, 101, 255 };
            ChannelDrive drive = new ChannelDrive(null, table);
            Digest codes = new Digest();
            XorShift random = new XorShift(23);
            int last = 0;
            for (int current = -Microampere; current < 110 * Microampere; current += 131071)
            {
                int code = drive.CodeFor(current);
                Assert.IsTrue(code >= last && code <= table.MaxCode);
                last = code;
                codes.Add(code);
            }

            for (int current = 110 * Microampere; current > 0; current -= 1310719)
            {
                codes.Add(drive.CodeFor(current));
                codes.Add(drive.CodeFor(random.Next(int.MaxValue)));
            }

            Assert.AreEqual(0, drive.CodeFor(int.MinValue));
            Assert.AreEqual(12, drive.CodeFor(1));
            Assert.AreEqual(230, drive.CodeFor(int.MaxValue));
            new GoldenCheck().Value(nameof(Golden.DriveCodes), Golden.DriveCodes, codes.Value).Done();
        }

        [TestMethod]
        public void Spikes_in_a_noisy_trace()
        {
            SampledDetector detector = new SampledDetector(1200, 300, 2000);
            XorShift random = new XorShift(31);
            Digest times = new Digest();
            int found = 0;
            int phase = 0;
            int noise = 0;
            for (long time = 0; time < 1000000; time += 25)
            {
                // Spikes of 0.2 ms and unequal height, some 6 ms apart, on noise that swings over the hysteresis now and then.
                phase = phase == 0 ? 200 + random.Next(80) : phase - 1;
                noise += random.Next(101) - 50 - (noise >> 4);
                int code = 400 + noise + (phase < 8 ? 500 + (180 * (phase < 4 ? phase : 8 - phase)) + random.Next(400) : 0);
                if (detector.Step(code < 0 ? 0 : code, time))
                {
                    found++;
                    times.Add(detector.SpikeTime);
                }
            }

            Assert.IsTrue(found > 140 && found < 180, found.ToString());
            new GoldenCheck().Value(nameof(Golden.DetectedSpikes), Golden.DetectedSpikes, times.Value).Done();
        }

        [TestMethod]
        public void Rates_that_see_a_spike()
        {
            Digest digest = new Digest();
            for (int kind = SpikeInputKind.None; kind <= SpikeInputKind.Stream; kind++)
            {
                for (int width = 1; width < 40000; width = (width * 5 / 3) + 1)
                {
                    int rate = SamplingRule.LowestRate(kind, width);
                    Assert.IsTrue(SamplingRule.Sees(kind, rate, width));
                    Assert.IsFalse(rate > 0 && SamplingRule.Sees(kind, rate - 1, width));
                    digest.Add(rate);
                }
            }

            Assert.AreEqual(15000, SamplingRule.LowestRate(SpikeInputKind.Stream, 200));
            new GoldenCheck().Value(nameof(Golden.SamplingRates), Golden.SamplingRates, digest.Value).Done();
        }

        [TestMethod]
        public void Times_of_samples_that_a_dma_took()
        {
            // 160 000 samples/s; the loop comes round after 1 ms to 4 ms, and stands still for 80 ms now and then, longer than the
            // buffers last.
            const int Rate = 160000;
            const int Block = 256;
            XorShift random = new XorShift(41);
            DmaClock dma = new DmaClock(1000, Rate, Block, 32);
            Digest digest = new Digest();
            long now = 1000;
            for (int turn = 0; turn < 3000; turn++)
            {
                now += 1000 + random.Next(3000) + (random.Next(300) == 0 ? 80000 : 0);
                for (int k = 0; k < 16 && now >= dma.Due; k++)
                {
                    dma.Skip(now);
                    long before = now;

                    // A buffer that is not full yet makes the read wait; the sampling clock is 30 ppm slow.
                    long full = 1000 + ((dma.Position + Block) * 1000030 / Rate);
                    now = (full > now ? full : now) + 20 + random.Next(5);
                    dma.Advance(before, now);
                    digest.Add(dma.Position);
                    digest.Add(dma.Anchor);
                }
            }

            Assert.IsTrue(dma.Lost > 0);
            long drift = dma.TimeOf(dma.Position) - (1000 + (dma.Position * 1000030 / Rate));
            Assert.IsTrue(drift > -100 && drift < 100, drift.ToString());
            digest.Add(dma.Lost);
            new GoldenCheck().Value(nameof(Golden.DmaTimes), Golden.DmaTimes, digest.Value).Done();
        }

        [TestMethod]
        public void Spikes_wait_in_order_and_are_counted_when_they_are_lost()
        {
            SpikeBuffer buffer = new SpikeBuffer(16);
            XorShift random = new XorShift(43);
            Digest digest = new Digest();
            long time = 0;
            int added = 0;
            int taken = 0;
            for (int k = 0; k < 500; k++)
            {
                for (int n = random.Next(9); n > 0; n--)
                {
                    time += random.Next(1000);
                    buffer.Add(added++ & 7, time);
                }

                for (int n = random.Next(9); n > 0 && buffer.Take(); n--)
                {
                    taken++;
                    digest.Add(buffer.Channel);
                    digest.Add(buffer.Time);
                }
            }

            Assert.AreEqual(added, taken + buffer.Missed + buffer.Count);
            Assert.IsTrue(buffer.Missed > 0);
            new GoldenCheck().Value(nameof(Golden.BufferedSpikes), Golden.BufferedSpikes, digest.Value).Done();
        }

        [TestMethod]
        public void Turns_of_the_loop_are_measured()
        {
            TurnMeter turns = new TurnMeter();
            XorShift random = new XorShift(47);
            Digest digest = new Digest();
            long now = 0;
            for (int k = 0; k < 2000; k++)
            {
                now += 200 + random.Next(300) + (random.Next(200) == 0 ? 5000000 : 0);
                turns.Turn(now);
                digest.Add(turns.Duration);
            }

            Assert.AreEqual(now, turns.Last);
            new GoldenCheck().Value(nameof(Golden.TurnDurations), Golden.TurnDurations, digest.Value).Done();
        }

        [TestMethod]
        public void An_input_that_is_read_once_in_each_turn()
        {
            Ramp ramp = new Ramp();
            SampledInput input = new SampledInput(ramp, new SampledDetector(3000, 500, 4000));
            SpikeBuffer queue = new SpikeBuffer(64);
            XorShift random = new XorShift(59);
            Digest digest = new Digest();
            int found = 0;
            for (long now = 0; now < 1000000; now += 150 + random.Next(250))
            {
                ramp.Time = now;
                input.Poll(now, queue, 3);
                while (queue.Take())
                {
                    found++;
                    digest.Add(queue.Time);
                }
            }

            digest.Add(input.Resolution);

            // It meets the threshold 11 ms after the start of each period of 15 ms, so in the 66 whole ones and not in what is left of
            // the last.
            Assert.AreEqual(66, found);
            Assert.IsTrue(input.Resolution > 300 && input.Resolution < 400);
            new GoldenCheck().Value(nameof(Golden.SampledSpikes), Golden.SampledSpikes, digest.Value).Done();
        }

        [TestMethod]
        public void Words_for_chips_on_spi()
        {
            Digest digest = new Digest();
            ushort[] request = new ushort[2];
            ushort[] answer = new ushort[2];
            for (int channel = 0; channel < 8; channel++)
            {
                for (int code = 0; code < 4096; code += 37)
                {
                    digest.Add(Ad5328.InMemory(Ad5328.WordFor(channel, code)));

                    // The chip answers with undefined bits, a 0, and the code.
                    answer[0] = 0xFFFF;
                    answer[1] = Ad5328.InMemory(0xE000 | code);
                    Assert.AreEqual(code, Mcp3208.CodeOf(answer));
                }

                Mcp3208.Ask(request, channel);
                digest.Add(request[0]);
                digest.Add(request[1]);
            }

            for (int code = 0; code < 256; code++)
            {
                digest.Add(Mcp41010.WordFor(code));
            }

            // Data sheets: A of an AD5328 to full scale is 0x0FFF, high byte first; an MCP3208 asked for input 7 gets 0000 0111 11xx xxxx.
            Assert.AreEqual(0xFF0F, (int)Ad5328.InMemory(Ad5328.WordFor(0, 4095)));
            Mcp3208.Ask(request, 7);
            Assert.AreEqual(0x0700, (int)request[0]);
            Assert.AreEqual(0x00C0, (int)request[1]);
            new GoldenCheck().Value(nameof(Golden.SpiWords), Golden.SpiWords, digest.Value).Done();
        }

        [TestMethod]
        public void Commands_for_chips_on_i2c()
        {
            Digest digest = new Digest();
            for (int wiper = 0; wiper < Mcp4461.Wipers; wiper++)
            {
                for (int position = 0; position <= Mcp4461.Full; position++)
                {
                    digest.Add(Mcp4461.CommandFor(Mcp4461.VolatileWord(wiper), 0, position));
                    digest.Add(Mcp4461.CommandFor(Mcp4461.StoredWord(wiper), 12, position));
                }

                for (int gain = 0; gain < 6; gain++)
                {
                    digest.Add(Ads1115.ConfigurationFor(wiper, gain));
                }
            }

            for (int bus = -1; bus < Tca9548A.Buses; bus++)
            {
                digest.Add(Tca9548A.MaskOf(bus));
            }

            // Data sheets: wiper 3 at A is word 7 with the ninth bit, its copy in EEPROM is word 9; an ADS1115 at power-on has 0x8583, here
            // input 0 against ground, 4.096 V, single, 860 a second.
            Assert.AreEqual(0x71, Mcp4461.CommandFor(Mcp4461.VolatileWord(3), 0, 256));
            Assert.AreEqual(0x9c, Mcp4461.CommandFor(Mcp4461.StoredWord(3), 12, 0));
            Assert.AreEqual(0xc3e3, Ads1115.ConfigurationFor(0, 1));
            Assert.AreEqual(0, Tca9548A.MaskOf(-1));
            new GoldenCheck().Value(nameof(Golden.I2cWords), Golden.I2cWords, digest.Value).Done();
        }

        [TestMethod]
        public void Corrected_readings_and_levels()
        {
            int[] table = new int[InternalAdc.Knots];
            for (int k = 0; k < table.Length; k++)
            {
                table[k] = 60 + (k * 256) - (k * k * 2);
            }

            Digest digest = new Digest();
            for (int code = 0; code <= InternalAdc.Full; code += 3)
            {
                digest.Add(InternalAdc.Correct(table, code));
                digest.Add(OutputLevel.Map(code, 3000, 200));
                digest.Add(OutputLevel.Map(code - 2000, -1234, 1777));
            }

            for (int pin = -1; pin < 40; pin++)
            {
                digest.Add(InternalAdc.ChannelOf(pin));
            }

            new GoldenCheck().Value(nameof(Golden.ConverterCodes), Golden.ConverterCodes, digest.Value).Done();
        }

        /// <summary>A voltage that rises from 0 to full scale in 15 ms, again and again.</summary>
        private sealed class Ramp : IAnalogInput
        {
            private const int Period = 15000;

            public long Time { get; set; }

            public int FullCode
            {
                get { return 4095; }
            }

            public int Read()
            {
                return (int)(Time % Period * FullCode / Period);
            }

            public void Close()
            {
            }
        }
    }
}
