// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// The unit in which the device counts the currents of a population, 2^-Bits nA, and what is expressed by it: resistances as volts
/// per unit, capacitances as slopes per unit, charges of synapses. The device multiplies and adds; it does not know the unit.
/// </summary>
/// <param name="Bits">Fractional bits of a current in nA, <see cref="Coarsest" /> to <see cref="Finest" />.</param>
internal sealed record CurrentFormat(int Bits)
{
    /// <summary>Bits of the coarsest unit, 0.24 pA: that of the channels of a board.</summary>
    public const int Coarsest = Formats.CurrentBits;

    /// <summary>Bits of the finest unit, 6·10^-23 A.</summary>
    public const int Finest = 44;

    // What a synapse block counts its charges in has so many bits less.
    private const int ChargeBits = Formats.CurrentBits - Formats.ChargeBits;
    private const double VoltOne = 1L << CurrentModel.VoltBits;

    /// <summary>The format of the channels of a board.</summary>
    public static CurrentFormat OfChannels { get; } = new(Coarsest);

    /// <summary>One unit of current in A.</summary>
    public double Unit => 1e-9 / (1L << Bits);

    /// <summary>Units of current per µA.</summary>
    public double PerMicroampere => 1e3 * (1L << Bits);

    /// <summary>Largest bias or drive in A.</summary>
    public double Most => Formats.MaxCurrent * Unit;

    /// <summary>One unit of the charge per step that a synapse block takes, in nA.</summary>
    public double ChargePerStep => 1.0 / (1L << (Bits - ChargeBits));

    private double GainOne => Unit * VoltOne * (1L << CurrentModel.GainBits);

    /// <summary>Rounds a current.</summary>
    /// <param name="microamperes">Current in µA.</param>
    /// <returns>Units of current.</returns>
    public long Current(double microamperes) => DeviceFormats.Round(microamperes * PerMicroampere);

    /// <summary>Rounds the slope that a unit of current gives a capacitor.</summary>
    /// <returns>V per µs, Q.80.</returns>
    public long Ramp(double farads) => DeviceFormats.Round(Unit * 1e-6 / farads * Math.Pow(2, CurrentModel.RampBits));

    /// <summary>Rounds a resistance: volts in Q.32 per unit of current.</summary>
    /// <param name="ohms">Resistance, or rise of a voltage per ampere, in Ω.</param>
    /// <returns>Q.34.</returns>
    public long Gain(double ohms) => DeviceFormats.Round(ohms * GainOne);

    /// <summary>Value of a gain.</summary>
    /// <param name="gain">Q.34.</param>
    /// <returns>Resistance in Ω.</returns>
    public double FromGain(long gain) => gain / GainOne;
}
