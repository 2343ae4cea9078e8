// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A simulated chip on an SPI bus.</summary>
public interface ISpiChip
{
    /// <summary>One selection of the chip: its select line goes low, bytes pass both ways, the line goes high.</summary>
    /// <param name="wire">How the bus runs, which need not be how the chip wants it.</param>
    /// <param name="toChip">Bytes in the order of the wire.</param>
    /// <param name="fromChip">Takes the chip's answer, as many bytes; what the chip does not drive stays as it is.</param>
    void Transfer(SpiWire wire, ReadOnlySpan<byte> toChip, Span<byte> fromChip);
}

/// <summary>How a bus runs while a chip is selected.</summary>
/// <param name="Mode">SPI mode, 0 to 3.</param>
/// <param name="Frequency">Clock in Hz.</param>
/// <param name="Time">Time in µs at which the chip is selected.</param>
public readonly record struct SpiWire(int Mode, int Frequency, long Time);
