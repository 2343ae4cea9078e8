// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Integrity;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>The messages of protocol 1.2 about neuron channels: written, read back and written again, byte for byte.</summary>
    [TestClass]
    public class BoardMessageTests
    {
        private const int Rounds = 40;

        private static byte[] s_first = new byte[240];
        private static byte[] s_second = new byte[240];
        private static uint s_crc;

        [TestMethod]
        public void Requests_and_answers_about_one_channel()
        {
            XorShift random = new XorShift(61);
            s_crc = 0;
            for (int round = 0; round < Rounds; round++)
            {
                BoardDrive drive = new BoardDrive();
                drive.Channel = random.Next(256);
                drive.Code = random.Next(65536);
                drive.Write(First());
                Assert.IsTrue(drive.Read(Back()));
                drive.Write(Second());
                Compare();

                BoardReset reset = new BoardReset();
                reset.Channel = random.Next(256);
                reset.Milliseconds = random.Next(65536);
                reset.Write(First());
                Assert.IsTrue(reset.Read(Back()));
                reset.Write(Second());
                Compare();

                BoardSense sense = new BoardSense();
                sense.Channel = random.Next(256);
                sense.Samples = random.Next(65536);
                sense.Write(First());
                Assert.IsTrue(sense.Read(Back()));
                sense.Write(Second());
                Compare();

                SenseAnswer answer = new SenseAnswer();
                answer.Samples = random.Next(65536);
                answer.Sum = ((uint)random.Next(65536) << 16) + (uint)random.Next(65536);
                answer.Lowest = random.Next(65536);
                answer.Highest = random.Next(65536);
                answer.Duration = random.Next(int.MaxValue);
                answer.Write(First());
                Assert.IsTrue(answer.Read(Back()));
                answer.Write(Second());
                Compare();

                ChannelEvent told = new ChannelEvent();
                told.Channel = random.Next(256);
                told.Condition = random.Next(8);
                told.Action = random.Next(4);
                told.Code = random.Next(65536);
                told.Detail = random.Next(int.MaxValue) - random.Next(int.MaxValue);
                told.Time = ((long)random.Next(int.MaxValue) << 20) + random.Next(1 << 20);
                told.Write(First());
                Assert.IsTrue(told.Read(Back()));
                told.Write(Second());
                Compare();
            }

            new GoldenCheck().Value(nameof(Golden.ChannelMessages), Golden.ChannelMessages, s_crc).Done();
        }

        [TestMethod]
        public void Requests_and_answers_about_many_channels()
        {
            XorShift random = new XorShift(67);
            s_crc = 0;
            for (int round = 0; round < Rounds; round++)
            {
                BoardInfo info = new BoardInfo();
                info.Channels = random.Next(256);
                info.Resolution = random.Next(int.MaxValue);
                info.First = random.Next(256);
                info.Count = random.Next(BoardInfo.MaxChannels + 1);
                Fill(info.Parts, info.Count, 4, random);
                Fill(info.Limits, info.Count, 65536, random);
                Fill(info.SenseBits, info.Count, 17, random);
                Fill(info.Conditions, info.Count, 8, random);
                Fill(info.Latches, info.Count, 65536, random);
                info.Write(First());
                Assert.IsTrue(info.Read(Back()));
                info.Write(Second());
                Compare();

                BoardMeasure measure = new BoardMeasure();
                measure.Flags = random.Next(2);
                measure.Settle = random.Next(65536);
                measure.Window = random.Next(65536);
                measure.Count = random.Next(BoardMeasure.MaxChannels + 1);
                Fill(measure.Channels, measure.Count, 256, random);
                Fill(measure.Codes, measure.Count, 65536, random);
                measure.Write(First());
                Assert.IsTrue(measure.Read(Back()));
                measure.Write(Second());
                Compare();

                MeasureProgress progress = new MeasureProgress();
                progress.Number = random.Next(256);
                progress.State = random.Next(5);
                progress.Left = random.Next(int.MaxValue);
                progress.Write(First());
                Assert.IsTrue(progress.Read(Back()));
                progress.Write(Second());
                Compare();

                MeasureResults results = new MeasureResults();
                results.Number = random.Next(256);
                results.First = random.Next(64);
                results.Count = random.Next(MeasureResults.MaxChannels + 1);
                Fill(results.Channels, results.Count, 256, random);
                Fill(results.Conditions, results.Count, 8, random);
                Fill(results.Spikes, results.Count, int.MaxValue, random);
                Fill(results.FirstTimes, results.Count, int.MaxValue, random);
                Fill(results.LastTimes, results.Count, int.MaxValue, random);
                Fill(results.Samples, results.Count, 65536, random);
                Fill(results.Means, results.Count, int.MaxValue, random);
                Fill(results.Lowest, results.Count, 65536, random);
                Fill(results.Highest, results.Count, 65536, random);
                Fill(results.Missed, results.Count, 65536, random);
                results.Write(First());
                Assert.IsTrue(results.Read(Back()));
                results.Write(Second());
                Compare();
            }

            new GoldenCheck().Value(nameof(Golden.BoardMessages), Golden.BoardMessages, s_crc).Done();
        }

        [TestMethod]
        public void Cut_messages_are_refused()
        {
            BoardMeasure measure = new BoardMeasure();
            measure.Count = 5;
            measure.Write(First());
            int length = s_writer.Length;
            for (int cut = 0; cut < length; cut++)
            {
                BodyReader reader = new BodyReader(s_first);
                reader.Reset(0, cut);
                Assert.IsFalse(measure.Read(reader), cut.ToString());
            }

            Assert.IsTrue(measure.Read(Back()));
        }

        private static BodyWriter s_writer;

        private static BodyWriter First()
        {
            s_writer = new BodyWriter(s_first);
            return s_writer;
        }

        private static BodyReader Back()
        {
            BodyReader reader = new BodyReader(s_first);
            reader.Reset(0, s_writer.Length);
            return reader;
        }

        private static BodyWriter Second()
        {
            s_writer = new BodyWriter(s_second);
            return s_writer;
        }

        private static void Compare()
        {
            Assert.IsFalse(s_writer.Failed);
            for (int k = 0; k < s_writer.Length; k++)
            {
                Assert.AreEqual((int)s_first[k], (int)s_second[k]);
            }

            s_crc = Crc32.Update(s_crc, s_second, 0, s_writer.Length);
        }

        private static void Fill(int[] values, int count, int limit, XorShift random)
        {
            for (int k = 0; k < count; k++)
            {
                values[k] = random.Next(limit);
            }
        }
    }
}
