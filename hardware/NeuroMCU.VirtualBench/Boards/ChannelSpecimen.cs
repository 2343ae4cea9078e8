// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>One channel as it was soldered: what its parts really are.</summary>
public sealed record ChannelSpecimen
{
    /// <summary>Gets the drawing.</summary>
    public required ChannelPlan Plan { get; init; }

    /// <summary>Gets the component values of the neuron.</summary>
    public required ThyristorCell Part { get; init; }

    /// <summary>Gets the drive converter.</summary>
    public required DacSpecimen Dac { get; init; }

    /// <summary>Gets the voltage in V up to which the mirror gives no current.</summary>
    public required double MirrorOffset { get; init; }

    /// <summary>Gets the resistance in Ω that turns the voltage above the offset into a current; the mirror's ratio is part of
    /// it.</summary>
    public required double MirrorResistance { get; init; }

    /// <summary>Gets the current in A that the mirror cannot exceed.</summary>
    public required double MirrorLimit { get; init; }

    /// <summary>Gets the load voltage in V at which the comparator switches.</summary>
    public required double DetectLevel { get; init; }

    /// <summary>Gets the error of the sense buffer in V.</summary>
    public double SenseOffset { get; init; }

    /// <summary>Gets the converter that reads.</summary>
    public required AdcSpecimen Adc { get; init; }

    /// <summary>Gets the standard deviation of the threshold from spike to spike, as a part of it.</summary>
    public double Jitter { get; init; }

    /// <summary>Gets how the threshold changes with temperature, per K. The gate's trigger current falls when the part warms.</summary>
    public double ThresholdPerKelvin { get; init; }

    /// <summary>Gets how the hold current changes with temperature, per K.</summary>
    public double HoldPerKelvin { get; init; }

    /// <summary>Gets the current that the mirror gives.</summary>
    /// <param name="volts">Voltage at its input in V.</param>
    /// <returns>Current in A.</returns>
    public double Current(double volts) => Math.Clamp((volts - MirrorOffset) / MirrorResistance, 0, MirrorLimit);

    /// <summary>Gets the current for what a code stands for.</summary>
    /// <param name="nominal">Voltage in V that an ideal converter would give.</param>
    /// <returns>Current in A.</returns>
    public double CurrentOf(double nominal) => Current(Dac.Volts(nominal));

    // The soma of a bursting neuron takes the place of the load.
    private string Below() => Plan.Bursting is { } bursting
        ? string.Create(CultureInfo.InvariantCulture,
            $"soma {bursting.SomaResistance:0} Ohm and {bursting.SomaCapacitance * 1e6:0.0000} uF")
        : string.Create(CultureInfo.InvariantCulture, $"load {Part.Load:0} Ohm");

    /// <summary>Writes what the parts are, for people.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Plan.Name}: threshold {Part.Threshold:0.000} V, onset {Part.Onset * 1e6:0.0} uA, hold {Part.Hold * 1e6:0.0} uA, C "
        + $"{Part.Capacitance * 1e6:0.0000} uF, "
        + $"{Below()}, mirror {MirrorOffset:0.000} V and {MirrorResistance:0} Ohm, DAC {Dac.Offset * 1e3:0} mV {Dac.Gain:0.000}, "
        + $"ADC {Adc.Gain:0.000} from {Adc.Dead * 1e3:0} mV, detector {DetectLevel:0.000} V");
}
