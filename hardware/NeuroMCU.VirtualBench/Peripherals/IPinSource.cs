// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>What is connected to an input pin: a circuit.</summary>
public interface IPinSource
{
    /// <summary>Gets the voltage.</summary>
    /// <param name="time">Time in µs; up to now, and back as far as the DMA of a stream reaches (some 100 ms).</param>
    /// <returns>Volts.</returns>
    double Volts(long time);

    /// <summary>Gets how often the voltage has risen through the level of a digital input (<see cref="PinMap.DigitalLevel" />).</summary>
    /// <param name="time">Time in µs; not before that of an earlier call.</param>
    /// <returns>Number of rises from power-on until then, that moment included.</returns>
    long Rises(long time);
}
