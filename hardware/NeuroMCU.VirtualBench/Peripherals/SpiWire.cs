// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>How a bus runs while a chip is selected.</summary>
/// <param name="Mode">SPI mode, 0 to 3.</param>
/// <param name="Frequency">Clock in Hz.</param>
/// <param name="Time">Time in µs at which the chip is selected.</param>
public readonly record struct SpiWire(int Mode, int Frequency, long Time);
