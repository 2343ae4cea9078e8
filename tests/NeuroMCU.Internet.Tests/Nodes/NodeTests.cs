// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Tests.Nodes;

public sealed class NodeTests
{
    [Theory]
    [InlineData(7000, 153)]
    [InlineData(4000, 0)]
    [InlineData(9000, 255)]
    [InlineData(1, 0)]
    [InlineData(1e9, 255)]
    [InlineData(5400, 71)]
    [InlineData(4009.9, 1)]
    [InlineData(4009.7, 0)]
    public void The_weight_grows_with_the_resistance(double resistance, int weight)
    {
        Assert.Equal(weight, WeightByte.Of(resistance, 4000, 9000));
    }

    [Fact]
    public void Pulses_move_a_memristor_one_way_and_never_out_of_its_range()
    {
        TioxMemristor memristor = new() { State = 5400 };
        for (int k = 0; k < 1000; k++)
        {
            double before = memristor.State;
            memristor.Pulse(WeightChange.Potentiate);
            Assert.InRange(memristor.State, before, 9000);
        }

        Assert.Equal(255, memristor.Weight);
        for (int k = 0; k < 1000; k++)
        {
            double before = memristor.State;
            memristor.Pulse(WeightChange.Depress);
            Assert.InRange(memristor.State, 4000, before);
        }

        Assert.Equal(0, memristor.Weight);
    }

    [Fact]
    public void A_pulse_goes_a_share_of_what_is_left()
    {
        TioxMemristor memristor = new() { State = 5000, Potentiation = 0.1, Depression = 0.2 };
        memristor.Apply(4);
        Assert.Equal(5400, memristor.State, 1e-6);
        memristor.Apply(-4);
        Assert.Equal(4000 + (1400 * 0.8), memristor.State, 1e-6);
    }

    [Theory]
    [InlineData(0.99, 5000)]
    [InlineData(-0.99, 5000)]
    [InlineData(2.5, 5205.267)]   // half the voltage above the threshold: the square root of what a whole pulse leaves
    public void Below_the_threshold_nothing_moves_and_above_it_the_dose_counts(double voltage, double resistance)
    {
        TioxMemristor memristor = new() { State = 5000, Potentiation = 0.1, Depression = 0.1 };
        memristor.Apply(voltage);
        Assert.Equal(resistance, memristor.State, 1e-3);
    }

    [Fact]
    public void Potentiation_raises_the_weight_also_where_the_device_is_the_other_way_round()
    {
        TioxMemristor memristor = new() { State = 5000, Polarity = -1 };
        memristor.Pulse(WeightChange.Potentiate);
        Assert.True(memristor.State > 5000);
        double raised = memristor.State;
        memristor.Apply(4);
        Assert.True(memristor.State < raised);
    }

    [Fact]
    public void A_number_stays_or_goes_by_its_step_between_0_and_255()
    {
        NumberNode fixedOne = new() { State = 200 };
        fixedOne.Pulse(WeightChange.Potentiate);
        Assert.Equal(200, fixedOne.Weight);
        NumberNode moving = new() { State = 250, Step = 4 };
        moving.Pulse(WeightChange.Potentiate);
        moving.Pulse(WeightChange.Potentiate);
        Assert.Equal(255, moving.Weight);
        moving.Pulse(WeightChange.Depress);
        Assert.Equal(251, moving.Weight);
    }
}
