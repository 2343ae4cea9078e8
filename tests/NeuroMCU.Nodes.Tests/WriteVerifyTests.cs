// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Write and verify against what nodes truly are, which the simulation knows and no instrument.</summary>
public class WriteVerifyTests
{
    // 20 % from device to device, 5 % from pulse to pulse, readings with 1 % noise.
    [Theory]
    [InlineData(NodeRule.Proportional, 10)]
    [InlineData(NodeRule.Incremental, 20)]
    public void Sound_nodes_reach_their_targets_and_nothing_is_claimed_that_is_not_so(int rule, int median)
    {
        var pulses = new List<int>();
        int truly = 0;
        int all = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            Workbench bench = new Workbench(seed).Prepare();
            var random = new Random(seed);
            foreach (int node in Workbench.All)
            {
                KnownNode known = bench.Bank.Nodes[node];
                known.Target = known.Low + (int)((known.High - known.Low) * (0.05 + (0.9 * random.NextDouble())));
            }

            bench.Do(NodeWork.Program, rule: rule);
            foreach (int node in Workbench.All)
            {
                KnownNode known = bench.Bank.Nodes[node];
                bool within = Math.Abs(bench.Array.True(node) - known.Target) <= 20000;
                all++;
                truly += within ? 1 : 0;
                Assert.True(within || known.Outcome != NodeOutcome.Reached, $"seed {seed}: node {node} is claimed and is not there");
                Assert.True(known.Outcome is NodeOutcome.Reached or NodeOutcome.GaveUp, $"seed {seed}: node {node} is condemned");
                pulses.Add(known.Pulses);
            }
        }

        pulses.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"rule {rule}: {truly} of {all} truly within, median {pulses[all / 2]} pulses, "
            + $"95 % {pulses[all * 95 / 100]}, most {pulses[^1]}");
        Assert.True(truly >= 0.99 * all, $"{truly} of {all}");
        Assert.True(pulses[all / 2] <= median, $"median {pulses[all / 2]}");
        Assert.True(pulses[all * 95 / 100] <= 25, $"95 %: {pulses[all * 95 / 100]}");
    }

    [Fact]
    public void Every_broken_node_is_named_and_no_sound_one()
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            int[] broken = [.. Workbench.All.OrderBy(_ => random.Next()).Take(9)];
            NodeFaultKind[] kinds = [NodeFaultKind.StuckOpen, NodeFaultKind.StuckOn, NodeFaultKind.StuckBetween];
            Workbench bench = new(seed, broken.Select((n, k) => new NodeFault(n, kinds[k / 3])));

            // As if formed before the parts broke: the survey has to find them by itself.
            bench.Do(NodeWork.Form);
            foreach (int node in Workbench.All)
            {
                bench.Bank.Nodes[node].Mode = NodeMode.Keeping;
            }

            bench.Do(NodeWork.Survey);
            foreach (int node in Workbench.All)
            {
                int place = Array.IndexOf(broken, node);
                int outcome = bench.Bank.Nodes[node].Outcome;
                Assert.True(
                    place < 0 ? outcome is NodeOutcome.Good or NodeOutcome.Weak : outcome == (place < 3 ? NodeOutcome.Open
                        : NodeOutcome.Stuck),
                    $"seed {seed}: node {node} is {outcome}, place {place}");
            }

            // And write-verify names them without a survey.
            Workbench blind = new(seed, broken.Select((n, k) => new NodeFault(n, kinds[k / 3])));
            blind.Do(NodeWork.Form);
            foreach (int node in Workbench.All)
            {
                blind.Bank.Nodes[node].Mode = NodeMode.Keeping;
                blind.Bank.Nodes[node].Target = 500000;
            }

            blind.Do(NodeWork.Program);
            foreach (int node in Workbench.All)
            {
                int outcome = blind.Bank.Nodes[node].Outcome;
                bool there = Math.Abs(blind.Array.True(node) - 500000) <= 20000;
                Assert.True(
                    Array.IndexOf(broken, node) < 0 ? outcome == NodeOutcome.Reached : outcome == NodeOutcome.Stuck || there,
                    $"seed {seed}: node {node} is {outcome}");
            }
        }
    }

    [Fact]
    public void Reading_moves_nothing()
    {
        Workbench bench = new Workbench(3).Prepare();
        bench.Bank.Nodes[5].Target = 500000;
        bench.Do(NodeWork.Program, [5]);
        double before = bench.Array.True(5);
        for (int k = 0; k < 100_000; k++)
        {
            bench.Array.Read(5);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"10^5 readings moved it by {bench.Array.True(5) - before} millionths of full scale");
        Assert.InRange(bench.Array.True(5), before - 1000, before + 1000);
    }

    [Fact]
    public void A_node_is_formed_once_and_forming_that_fails_is_named()
    {
        Workbench bench = new(2, [new NodeFault(9, NodeFaultKind.FormingFails)]);
        bench.Do(NodeWork.Form);
        foreach (int node in Workbench.All)
        {
            bool fails = node == 9;
            Assert.Equal(fails ? NodeOutcome.NotFormed : NodeOutcome.Formed, bench.Bank.Nodes[node].Outcome);
            Assert.Equal(!fails, bench.Array.Array.Keeps(node));
        }
    }

    [Fact]
    public void A_node_that_was_formed_before_the_power_went_is_known_again_without_a_forming_pulse()
    {
        Workbench bench = new(3);
        int[] nodes = [4, 5];
        bench.Do(NodeWork.Form, nodes);
        bench.Array.Pulse(4, 2000, 2000, 200);
        foreach (int node in nodes)
        {
            bench.Bank.Nodes[node].Mode = NodeMode.Unknown;
        }

        bench.Steps.Clear();
        bench.Do(NodeWork.Form, nodes);
        Assert.All(nodes, n => Assert.Equal(NodeOutcome.Formed, bench.Bank.Nodes[n].Outcome));
        Assert.DoesNotContain(bench.Steps, s => s.Millivolts > bench.Limits.FormFromMillivolts);
    }

    [Fact]
    public void A_target_beyond_the_range_is_told_from_a_stuck_node()
    {
        Workbench bench = new Workbench(5).Prepare();
        bench.Bank.Nodes[0].Target = bench.Bank.Nodes[0].High + 100000;
        bench.Do(NodeWork.Program, [0]);
        Assert.Equal(NodeOutcome.Beyond, bench.Bank.Nodes[0].Outcome);
    }
}
