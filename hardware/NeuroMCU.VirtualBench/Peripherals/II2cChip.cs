// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A simulated chip on an I2C bus, byte by byte.</summary>
public interface II2cChip
{
    /// <summary>A start, or a repeated start, with an address.</summary>
    /// <param name="address">Address of 7 bits.</param>
    /// <param name="reads">True when the processor is to read.</param>
    /// <param name="wire">How the bus runs.</param>
    /// <returns>True when the chip acknowledges: the address is its own and it has time.</returns>
    bool Start(int address, bool reads, I2cWire wire);

    /// <summary>A byte to the chip, after a start that it acknowledged.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="wire">How the bus runs.</param>
    /// <returns>True when the chip acknowledges it.</returns>
    bool Write(byte value, I2cWire wire);

    /// <summary>A byte from the chip, after a start that it acknowledged.</summary>
    /// <param name="wire">How the bus runs.</param>
    /// <returns>The byte.</returns>
    byte Read(I2cWire wire);

    /// <summary>A stop: what has been written takes effect.</summary>
    /// <param name="wire">How the bus runs.</param>
    void Stop(I2cWire wire);
}

/// <summary>How a bus runs.</summary>
/// <param name="Frequency">Clock in Hz.</param>
/// <param name="Time">Time in µs.</param>
public readonly record struct I2cWire(int Frequency, long Time);
