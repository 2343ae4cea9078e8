// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.Calibration;

/// <summary>What stands at a channel is data of the profile: the virtual board, calibration and the checks take it from there.</summary>
public sealed class NeuronSetTests
{
    [Fact]
    public void Own_values_stand_beside_those_of_the_preset_and_reach_the_virtual_board()
    {
        BoardDescription board = Starter("preset: w25", "preset: w25\n  capacitance: 1 uF\n  load: 1 kOhm\n  hold: 120 uA");
        Assert.All(board.Channels, c => Assert.Equal("w25 with capacitance 1 uF, load 1 kOhm, hold 120 uA", c.Neuron.Set));
        ChannelPlan plan = BoardPlans.Of(board).Channels[0];
        Assert.Equal((NeuronKind.Thyristor, 1e-6, 1000.0, 2.6),
            (plan.Kind, Math.Round(plan.Part.Capacitance, 12), plan.Part.Load, plan.Part.Threshold));
        Assert.Equal(120e-6, plan.Part.Hold, 1e-12);
    }

    [Fact]
    public void A_channel_may_have_another_set_than_the_board()
    {
        BoardDescription board = Starter("  - name: n2\n", "  - name: n2\n    neuron: {preset: w25-33n}\n");
        Assert.Equal(["w25", "w25-33n"], board.Channels.Select(c => c.Neuron.Set));
        Assert.Equal([0.1e-6, 33e-9], BoardPlans.Of(board).Channels.Select(c => c.Part.Capacitance), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Hold_current_and_spike_follow_from_the_components_where_the_profile_does_not_say_them()
    {
        BoardDescription board = BoardCatalog.Find("thyristor-8-33n");
        Assert.All(board.Channels, c => Assert.Equal(125, c.Drive!.Hold!.Value, 1e-9));

        // (2.6 V - 0.7 V) over 2 of 2.025 kOhm; half of it is gone within 33 nF times 2.025 kOhm times ln 2 and a little more, as the
        // drive goes on.
        Assert.All(board.Channels, c => Assert.Equal(1877, c.SpikeHeight!.Value, 1.0));
        Assert.All(board.Channels, c => Assert.InRange(c.SpikeWidth!.Value, 46, 60));
    }

    [Fact]
    public void The_device_is_not_told_what_it_does_not_need()
    {
        string text = BoardDeviceText.Write(Starter("preset: w25", "preset: w25\n  capacitance: 0.2 uF\n  knee: 0.5 V").Profile);
        Assert.Equal(BoardDeviceText.Write(BoardCatalog.Find("thyristor-starter").Profile), text);
    }

    [Fact]
    public void Calibration_takes_the_boards_own_set_as_its_reference()
    {
        CalibrationOptions options = CalibrationOptions.For(Starter("preset: w25", "preset: w25-33n\n  load: 1.5 kOhm"));
        Assert.Equal("w25-33n with load 1.5 kOhm", options.Reference);
        Assert.Equal((33e-9, 1500.0), (Math.Round(options.Cell!.Capacitance, 12), options.Cell.Load));
    }

    [Theory]
    [InlineData("preset: w26", "neuron.preset", "w26")]
    [InlineData("preset: w25\n  capacitance: 1 kOhm", "neuron.capacitance", "which is a resistance, expected a capacitance")]
    [InlineData("preset: w25\n  capacitance: 2 F", "neuron.capacitance", "out of range")]
    [InlineData("preset: w25\n  onset: 200 uA", "neuron", "`hold` is 108 uA, not above the `onset` 200 uA")]
    [InlineData("preset: w25\n  hold: 40 uA", "neuron.hold", "not above the `onset`")]
    [InlineData("preset: w25\n  bias: 40 uA", "neuron.bias", "unknown field `bias`")]
    [InlineData("model: thyrister", "neuron.model", "thyrister")]
    [InlineData("model: wire\n  preset: w25", "neuron.preset", "unknown field `preset`")]
    [InlineData("model: lui\n  input: in1", "neuron.input", "expected the name of a digital output")]
    [InlineData("preset: w25\n  hold: 100 uA", "channels[0].drive.hold", "is above the hold current of the neuron's components, 100 uA")]
    public void A_set_that_cannot_be_is_refused_with_its_place(string neuron, string place, string message)
    {
        BoardFileException error = Assert.Throws<BoardFileException>(() => Starter("preset: w25", neuron));
        Diagnostic found = Assert.Single(error.Diagnostics, d => d.Path == place && d.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(found.Line > 0);
        Assert.NotEmpty(found.Hint);
    }

    private static BoardDescription Starter(string old, string replacement)
    {
        using Stream stream = typeof(BoardCatalog).Assembly.GetManifestResourceStream("boards/thyristor-starter.yaml")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return BoardProfileFile.Parse(text.Replace(old, replacement, StringComparison.Ordinal), "my.yaml");
    }
}
