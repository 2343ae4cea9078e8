// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>The wires between a virtual board of neurons and the pins of a bench.</summary>
/// <param name="board">The board.</param>
/// <param name="bench">The bench.</param>
public sealed class BoardWires(VirtualNeuronBoard board, Bench bench)
{
    private const int FullDac = 255;

    /// <summary>Connects an internal DAC's pin to the drive of a channel.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO25 or GPIO26.</param>
    public void DriveByDac(int channel, int pin) =>
        bench.Pins.Listen(pin, change => board.Drive(channel, Seconds(change.Time), change.Value * PinMap.Supply / FullDac));

    /// <summary>Connects a pin with pulses to the drive of a channel, through a filter that passes their mean.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO number.</param>
    /// <param name="frequency">Frequency of the pulses in Hz.</param>
    public void DriveByPulses(int channel, int pin, int frequency) =>
        bench.Pins.Listen(pin, change => board.Drive(channel, Seconds(change.Time),
            Math.Min(1, change.Value * frequency * 1e-6) * PinMap.Supply));

    /// <summary>Connects an output of a converter chip to the drive of a channel.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="output">Number of its output.</param>
    public void DriveByChip(int channel, VirtualAd5328 chip, int output)
    {
        ArgumentNullException.ThrowIfNull(chip);
        chip.Changed += (changed, _, time) =>
        {
            if (changed == output)
            {
                board.Drive(channel, Seconds(time), chip.Volts(output));
            }
        };
    }

    /// <summary>Connects the sense of a channel to a pin of the ESP32's converter.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO number.</param>
    public void SenseByPin(int channel, int pin) => bench.Pins.Connect(pin, new SenseSource(board, channel));

    /// <summary>Connects the sense of a channel to an input of a converter chip.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="input">Number of its input.</param>
    public void SenseByChip(int channel, VirtualMcp3208 chip, int input)
    {
        ArgumentNullException.ThrowIfNull(chip);
        chip.Connect(input, new SenseSource(board, channel));
    }

    /// <summary>Connects the comparator of a channel to a pin.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO number.</param>
    public void Detect(int channel, int pin) => bench.Pins.Connect(pin, new DetectSource(board, channel));

    /// <summary>Connects a pin to the reset of a channel.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO number.</param>
    public void Reset(int channel, int pin) =>
        bench.Pins.Listen(pin, change => board.Reset(channel, Seconds(change.Time), change.Value >= 0.5));

    /// <summary>Connects a digital pin to the input of a Lu.i board.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="pin">GPIO number.</param>
    public void Pulse(int channel, int pin) =>
        bench.Pins.Listen(pin, change => board.Pulse(channel, Seconds(change.Time), change.Value >= 0.5 ? PinMap.Supply : 0));

    /// <summary>Connects a potentiometer as the resistor of a soma.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="chip">The chip.</param>
    public void Soma(int channel, VirtualMcp41010 chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        board.SetSoma(channel, 0, Potentiometer.Resistance(chip.Position));
        chip.Changed += (position, time) => board.SetSoma(channel, Seconds(time), Potentiometer.Resistance(position));
    }

    private static double Seconds(long microseconds) => microseconds * 1e-6;

    private sealed class SenseSource(VirtualNeuronBoard board, int channel) : IPinSource
    {
        public double Volts(long time) => board.Seen(channel, Seconds(time));

        // A digital input on an analog line switches where the comparator does not: what rises through its level is not followed.
        public long Rises(long time) => 0;
    }

    private sealed class DetectSource(VirtualNeuronBoard board, int channel) : IPinSource
    {
        public double Volts(long time) => board.Detect(channel, Seconds(time)) ? PinMap.Supply : 0;

        public long Rises(long time) => board.Rises(channel, Seconds(time));
    }
}
