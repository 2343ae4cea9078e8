// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>
/// One neuron on its way into the device's tables: its values, and roundings to the formats of the device. What a rounding costs and what
/// does not fit goes into the compile report.
/// </summary>
internal interface ICellEncoder
{
    /// <summary>Step of the network in µs.</summary>
    int Step { get; }

    /// <summary>Unit in which the device counts the currents of the neuron.</summary>
    CurrentFormat Currents { get; }

    /// <summary>Value of a parameter of the neuron.</summary>
    /// <returns>The value in its base unit.</returns>
    double Value(string parameter);

    /// <summary>Encodes a voltage.</summary>
    /// <param name="volts">Voltage in V.</param>
    /// <returns>Q.32.</returns>
    long Volts(string name, double volts);

    /// <summary>Encodes a current of either sign.</summary>
    /// <param name="name">Name of its parameter.</param>
    /// <returns>Units of <see cref="Currents" />.</returns>
    long Current(string name, double amperes);

    /// <summary>Encodes a current that the law needs more finely than others.</summary>
    /// <param name="name">Name of its parameter.</param>
    /// <param name="bits">So many bits more.</param>
    /// <returns>Units of <see cref="Currents" />, divided by two to the power of <paramref name="bits" />.</returns>
    long FineCurrent(string name, double amperes, int bits);

    /// <summary>Encodes a capacitance as the slope that a unit of current gives it.</summary>
    /// <returns>V per µs, Q.80.</returns>
    long Ramp(string parameter, double farads);

    /// <summary>Encodes a resistance as volts per unit of current.</summary>
    /// <param name="ohms">Resistance in Ω.</param>
    /// <returns>Q.34.</returns>
    long Gain(string name, double ohms, string parameter);

    /// <summary>Encodes a time constant as the rate log2(e)/τ.</summary>
    /// <returns>Q.40 in 1/µs.</returns>
    long Rate(string name, double seconds, string parameter);

    /// <summary>Rounds a number to a fixed-point format.</summary>
    /// <param name="name">Name for the rounding log; null for a number that needs no line there.</param>
    /// <param name="one">What 1 is in the format.</param>
    /// <returns>The nearest integer, ties away from zero.</returns>
    long Number(string? name, double value, double one);

    /// <summary>Notes a finding about the neuron, which keeps the network from being compiled.</summary>
    void Refuse(string parameter, string message, string hint);
}
