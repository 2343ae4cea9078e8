// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Logic;

namespace NeuroMCU.Laboratory.Tests.Logic;

/// <summary>Gates of two-state nodes: the sequences on paper, on nominal nodes and on specimens.</summary>
public sealed class LogicTests
{
    public static TheoryData<string> Gates => [.. LogicGate.All.Select(g => g.Name)];

    [Theory]
    [MemberData(nameof(Gates))]
    public void A_sequence_of_perfect_implications_gives_the_function(string name)
    {
        LogicGate gate = LogicGate.Find(name)!;
        foreach ((bool p, bool q) in gate.Cases)
        {
            bool[] state = new bool[gate.Nodes];
            (state[0], state[1]) = (p, q && gate.Inputs == 2);
            foreach (LogicStep step in gate.Steps)
            {
                state[step.Target] = !step.IsFalse && (!state[step.Condition] || state[step.Target]);
            }

            Assert.Equal(gate.Wanted(p, q), gate.Outputs.Select(n => state[n]));
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public void Nominal_nodes_give_the_whole_table_with_a_margin_on_both_sides(string name)
    {
        LogicTrial trial = Try(name, new LogicSettings(), 0);
        Assert.All(trial.Table, line => Assert.True(line.IsRight));
        Assert.InRange(trial.Margin, 0.05, 0.2);
    }

    [Theory]
    [InlineData("imp", 0.1, 0.98)]
    [InlineData("imp", 0.2, 0.92)]
    [InlineData("half-adder", 0.1, 0.95)]
    public void Gates_keep_their_yield_with_the_spread_of_the_array_from_pulse_to_pulse(string gate, double spread, double least)
        => Assert.True(Try(gate, new LogicSettings { DeviceSpread = spread, CycleSpread = 0.05 }, 400).Yield >= least);

    [Theory]
    [InlineData(0.9)]
    [InlineData(1.6)]
    public void A_pulse_that_is_too_short_or_too_long_computes_wrong(double pulse)
        => Assert.Contains(Try("imp", new LogicSettings { Pulse = pulse }, 0).Table, line => !line.IsRight);

    [Fact]
    public void Without_a_common_resistor_the_condition_does_not_reach_the_target()
        => Assert.Contains(Try("imp", new LogicSettings { Load = 0.05 }, 0).Table, line => !line.IsRight);

    [Fact]
    public void Longer_sequences_fail_more_often()
    {
        LogicSettings wide = new() { DeviceSpread = 0.2, CycleSpread = 0.05 };
        Assert.True(Try("half-adder", wide, 200).Right < Try("imp", wide, 200).Right);
    }

    [Fact]
    public void A_seed_is_a_specimen()
    {
        LogicSettings wide = new() { DeviceSpread = 0.3, CycleSpread = 0.05 };
        LogicTrial once = Try("half-adder", wide, 100);
        Assert.Equal(once.WrongByCase, Try("half-adder", wide, 100).WrongByCase);
        Assert.NotEqual(once.WrongByCase, LogicTrial.Run(once.Gate, wide, 100, 1000, CancellationToken.None).WrongByCase);
    }

    private static LogicTrial Try(string name, LogicSettings settings, int specimens)
        => LogicTrial.Run(LogicGate.Find(name)!, settings, specimens, 1, CancellationToken.None);
}
