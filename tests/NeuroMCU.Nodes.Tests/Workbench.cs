// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Nodes.Tests;

/// <summary>The controller of the firmware over a specimen of the virtual array.</summary>
internal sealed class Workbench
{
    public Workbench(long seed, IEnumerable<NodeFault>? faults = null, Func<NodeArrayPlan, NodeArrayPlan>? change = null)
    {
        BoardDescription board = BoardCatalog.Find("virtual-array");
        Limits = board.Profile.Nodes;
        NodeArrayPlan plan = board.NodePlan!;
        Array = new PlainArray(new VirtualNodeArray(change?.Invoke(plan) ?? plan, seed, faults), Limits);
        Bank = new NodeBank(new ArrayClock(Array), Array, Limits);
        Worker = new NodeWorker(Bank);
    }

    public BoardNodes Limits { get; }

    public PlainArray Array { get; }

    public NodeBank Bank { get; }

    public NodeWorker Worker { get; }

    public List<(int Node, int Millivolts, int Reading)> Steps { get; } = [];

    public static IEnumerable<int> All => Enumerable.Range(0, 64);

    /// <summary>Does work to its end.</summary>
    public void Do(int work, IEnumerable<int>? nodes = null, int rule = NodeRule.Proportional, double tolerance = 0.02)
    {
        var request = new NodeStart { Work = work, Rule = rule, Passes = 3, Most = 60, Tolerance = (int)(1e6 * tolerance) };
        foreach (int node in nodes ?? All)
        {
            request.Chosen[node / 8] |= (byte)(1 << (node % 8));
        }

        Assert.True(Worker.Start(request, Now));
        var steps = new NodeSteps();
        int from = 0;
        for (int turn = 0; Worker.IsGoing; turn++)
        {
            Assert.True(turn < 200_000, "the work never ends");
            if (!Worker.Turn(Now))
            {
                Array.Wait(0.1);
            }

            while (Worker.Steps.Count > from)
            {
                Assert.True(Worker.Steps.Fill(steps, from));
                from += steps.Count;
                Steps.AddRange(Enumerable.Range(0, steps.Count).Select(k => (steps.Nodes[k], steps.Millivolts[k], steps.Readings[k])));
            }
        }
    }

    /// <summary>Forms every node and finds its range.</summary>
    public Workbench Prepare()
    {
        Do(NodeWork.Form);
        Do(NodeWork.Survey);
        return this;
    }

    private long Now => (long)(Array.Now * 1e6);

    private sealed class ArrayClock(PlainArray array) : IClock
    {
        public long Now => (long)(array.Now * 1e6);

        public void Idle(long until) => array.Wait(Math.Max(0, (until - Now) / 1e6));
    }
}
