// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.DeviceTests.Rig;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.DeviceTests
{
    /// <summary>Work on nodes: the same pulses, readings and outcomes on .NET and on the device.</summary>
    [TestClass]
    public class NodeTests
    {
        private const int Count = 20;

        [TestMethod]
        public void Nodes_are_surveyed_and_written_alike()
        {
            Digest digest = new Digest();
            Run(digest, NodeRule.Proportional);
            Run(digest, NodeRule.Incremental);
            new GoldenCheck().Value(nameof(Golden.NodeWorks), Golden.NodeWorks, digest.Value).Done();
        }

        [TestMethod]
        public void Nodes_learn_a_lesson_alike()
        {
            Digest digest = new Digest();
            WholeNumberArray array = new WholeNumberArray(Count, 77);
            BoardNodes limits = Limits();
            limits.Rows = 4;
            limits.Columns = Count / 4;
            NodeBank bank = new NodeBank(new SteppingClock(), array, limits);
            for (int k = 0; k < Count; k++)
            {
                bank.Nodes[k].Mode = NodeMode.Keeping;
                bank.Pulse(k, 2000, 100, 100, 2);
            }

            NodePupil pupil = new NodePupil(bank);
            NodeLesson lesson = new NodeLesson();
            lesson.Inputs = 4;
            lesson.Answers = 4;
            lesson.Sharpness = 8;
            lesson.Microseconds = 40;
            lesson.Half = 20;
            for (int k = 0; k < 4; k++)
            {
                lesson.Rows[k] = (byte)(3 - k);
                lesson.Columns[k] = (byte)k;
            }

            Assert.AreEqual(ErrorCode.None, pupil.Refusal(lesson, out int detail));
            Assert.AreEqual(0, detail);
            pupil.Begin(lesson);
            XorShift random = new XorShift(9);
            NodeShow show = new NodeShow();
            NodeShown shown = new NodeShown();
            int late = 0;
            for (int n = 0; n < 80; n++)
            {
                show.Count = 4;
                show.Right = random.Next(4);
                for (int k = 0; k < 4; k++)
                {
                    show.Inputs[k] = k == show.Right ? 65536 : random.Next(20000);
                }

                Assert.IsTrue(pupil.Show(show, shown));
                late += n >= 60 && shown.Answer == show.Right ? 1 : 0;
                digest.Add(shown.Answer);
                digest.Add(shown.Pulses);
                for (int k = 0; k < 4; k++)
                {
                    digest.Add(shown.Sums[k]);
                }
            }

            for (int k = 0; k < pupil.Trainer.Counters.Length; k++)
            {
                digest.Add(pupil.Trainer.Counters[k]);
            }

            Assert.IsTrue(late >= 18);
            new GoldenCheck().Value(nameof(Golden.NodeLessons), Golden.NodeLessons, digest.Value).Done();
        }

        private static void Run(Digest digest, int rule)
        {
            SteppingClock clock = new SteppingClock();
            WholeNumberArray array = new WholeNumberArray(Count, 77);
            NodeBank bank = new NodeBank(clock, array, Limits());
            NodeWorker worker = new NodeWorker(bank);
            Work(worker, clock, digest, NodeWork.Survey, rule);
            XorShift random = new XorShift(5);
            for (int k = 0; k < Count; k++)
            {
                Assert.AreEqual(k % 5 == 4 ? NodeOutcome.Open : NodeOutcome.Good, bank.Nodes[k].Outcome);
                bank.Nodes[k].Target = 50000 + random.Next(850000);
            }

            Work(worker, clock, digest, NodeWork.Program, rule);
            for (int k = 0; k < Count; k++)
            {
                int off = array.Value(k) - bank.Nodes[k].Target;
                off = off < 0 ? -off : off;
                Assert.AreEqual(k % 5 == 4 ? NodeOutcome.Stuck : NodeOutcome.Reached, bank.Nodes[k].Outcome);
                Assert.IsTrue(k % 5 == 4 || off <= 20000);
                digest.Add(array.Value(k));
                digest.Add(bank.Nodes[k].GainUp);
                digest.Add(bank.Nodes[k].GainDown);
                digest.Add(bank.Nodes[k].Pulses);
            }
        }

        private static void Work(NodeWorker worker, SteppingClock clock, Digest digest, int work, int rule)
        {
            NodeStart request = new NodeStart();
            request.Work = work;
            request.Rule = rule;
            request.Passes = 2;
            request.Most = 60;
            request.Tolerance = 20000;
            for (int k = 0; k < Count; k++)
            {
                request.Chosen[k / 8] |= (byte)(1 << (k % 8));
            }

            Assert.IsTrue(worker.Start(request, clock.Now));
            NodeSteps steps = new NodeSteps();
            int from = 0;
            for (int turn = 0; turn < 10000 && worker.IsGoing; turn++)
            {
                worker.Turn(clock.Now);
                while (from < worker.Steps.Count)
                {
                    Assert.IsTrue(worker.Steps.Fill(steps, from));
                    from += steps.Count;
                    for (int k = 0; k < steps.Count; k++)
                    {
                        digest.Add(steps.Nodes[k]);
                        digest.Add(steps.Millivolts[k]);
                        digest.Add(steps.Microseconds[k]);
                        digest.Add(steps.Readings[k]);
                    }
                }
            }

            Assert.AreEqual(NodeState.Done, worker.State);
        }

        private static BoardNodes Limits()
        {
            BoardNodes limits = new BoardNodes();
            limits.Kind = 1;
            limits.Rows = 1;
            limits.Columns = Count;
            limits.FullScale = 10000000;
            limits.ReadMillivolts = 100;
            limits.DisturbMillivolts = 500;
            limits.PulseMillivolts = 2000;
            limits.PulseMicroseconds = 100;
            limits.PulseShare = 160000;
            limits.MaxMillivolts = 4000;
            limits.MaxMicroseconds = 20000;
            limits.MaxMicroamperes = 200;
            limits.ReadNoise = 10000;
            return limits;
        }
    }
}
