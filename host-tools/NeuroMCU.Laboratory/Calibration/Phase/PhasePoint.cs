// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Phase;

/// <summary>What a bursting neuron did at one current and one resistor of its soma.</summary>
public sealed record PhasePoint
{
    /// <summary>Gets the number of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Gets the nominal drive in µA, that of the code that was written.</summary>
    public required double Current { get; init; }

    /// <summary>Gets the nominal resistor of the soma in Ω, that of the code that was written.</summary>
    public required double Soma { get; init; }

    /// <summary>Gets the mode. A neuron that is silent below its onset and one that is blocked let the same current into the soma: both
    /// are silent.</summary>
    public required BurstMode Mode { get; init; }

    /// <summary>Gets the time constant of the soma in ms.</summary>
    public required double TimeConstant { get; init; }

    /// <summary>Gets the spikes in the window.</summary>
    public required int Spikes { get; init; }

    /// <summary>Gets the mean interval in ms; 0 with fewer than two spikes.</summary>
    public required double Mean { get; init; }

    /// <summary>Gets the shortest interval in ms; 0 with fewer than two spikes.</summary>
    public required double Shortest { get; init; }

    /// <summary>Gets the longest interval in ms; 0 with fewer than two spikes.</summary>
    public required double Longest { get; init; }

    /// <summary>Gets the longest time in ms for which the soma stayed up after a spike, above its middle and one hysteresis of the
    /// input.</summary>
    public required double Plateau { get; init; }

    /// <summary>Gets the mean voltage of the soma in V.</summary>
    public required double SomaVoltage { get; init; }

    /// <summary>Gets the number of spikes that the device lost; the mode cannot be trusted if there are any.</summary>
    public required int Lost { get; init; }

    /// <summary>Gets what is published for this point; null for a point of the grid.</summary>
    public PublishedBurstMode? Published { get; init; }
}
