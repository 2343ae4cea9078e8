// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>What converts.</summary>
public enum ConverterPart
{
    /// <summary>The ESP32's own: DAC of 8 bits, ADC1 of 12 bits.</summary>
    Esp32,

    /// <summary>Chips on SPI: AD5328 and MCP3208, 12 bits.</summary>
    Spi,

    /// <summary>A digital pin, or its pulses smoothed by a filter.</summary>
    Pin,
}

/// <summary>A board as it is drawn: what every specimen of it would be if parts had their nominal values.</summary>
public sealed record BoardPlan
{
    /// <summary>Gets the name of the board.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the channels.</summary>
    public required IReadOnlyList<ChannelPlan> Channels { get; init; }
}

/// <summary>One channel as it is drawn.</summary>
public sealed record ChannelPlan
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what stands there.</summary>
    public NeuronKind Kind { get; init; }

    /// <summary>Gets the component values of the thyristor neuron.</summary>
    public required ThyristorCell Part { get; init; }

    /// <summary>Gets the component values of the bursting neuron, for <see cref="NeuronKind.Bursting" />.</summary>
    public BurstingCell? Bursting { get; init; }

    /// <summary>Gets what drives.</summary>
    public ConverterPart Drive { get; init; }

    /// <summary>Gets the voltage in V of the drive converter's largest code.</summary>
    public double DriveReference { get; init; } = PinMap.Supply;

    /// <summary>Gets the voltage in V up to which the mirror gives no current.</summary>
    public double DriveOffset { get; init; } = 0.6;

    /// <summary>Gets the resistance in Ω that turns the voltage above the offset into a current.</summary>
    public double DriveResistance { get; init; } = 20_800;

    /// <summary>Gets what reads.</summary>
    public ConverterPart Sense { get; init; }

    /// <summary>Gets the voltage in V of the sense converter's largest code.</summary>
    public double SenseReference { get; init; } = LinearAdc.FullScale;

    /// <summary>Gets the gain from the load to the converter.</summary>
    public double SenseGain { get; init; } = 1;

    /// <summary>Gets the load voltage in V at which the comparator switches.</summary>
    public double DetectLevel { get; init; } = DetectLevels.Load;

    /// <summary>Gets by how many V lower it switches back.</summary>
    public double DetectHysteresis { get; init; } = DetectLevels.Hysteresis * DetectLevels.Load;

    /// <summary>Gets how long in s the comparator's output stays high after the load has fallen below: 0 where no pulse stretcher is
    /// fitted.</summary>
    public double DetectStretch { get; init; }
}
