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
