// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>
/// One SPI bus of the simulated chip. As nanoFramework's driver does it, every device on a bus runs with the mode and the clock of the
/// one that was opened first; the bench reports a device that asked for something else as a conflict.
/// </summary>
public sealed class VirtualSpi
{
    private const int Slots = 3;

    private readonly VirtualClock _clock;
    private readonly PinMap _pins;
    private readonly int _bus;
    private readonly List<(int Clock, int Mosi, int Miso, int Select, ISpiChip Chip)> _chips = [];
    private readonly HashSet<int> _open = [];
    private int _mode;
    private int _frequency;

    internal VirtualSpi(VirtualClock clock, PinMap pins, int bus)
    {
        _clock = clock;
        _pins = pins;
        _bus = bus;
    }

    /// <summary>Gets the number of transfers since power-on, the driver's own at opening included.</summary>
    public long Transfers { get; private set; }

    /// <summary>Solders a chip to pins. It is on the bus only when the firmware gave the bus these very pins.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="clock">GPIO of the clock.</param>
    /// <param name="mosi">GPIO of the data to the chip.</param>
    /// <param name="miso">GPIO of the data from the chip; -1 when it has none.</param>
    /// <param name="select">GPIO that selects the chip.</param>
    public void Attach(ISpiChip chip, int clock, int mosi, int miso, int select)
    {
        ArgumentNullException.ThrowIfNull(chip);
        _chips.Add((clock, mosi, miso, select, chip));
    }

    internal int Frequency => _frequency;

    internal bool HasSlot => _open.Count < Slots;

    internal int PinOf(int line) => _pins.FunctionPin(PinFunction.Spi(_bus, line));

    internal bool Open(int select, int mode, int frequency)
    {
        if (_open.Count == 0)
        {
            _mode = mode;
            _frequency = frequency;
        }
        else if (mode != _mode || frequency != _frequency)
        {
            _pins.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"SPI{_bus} runs in mode {_mode} at {_frequency} Hz; the chip at GPIO{select} asks for mode {mode} at {frequency} Hz"));
        }

        return _open.Add(select);
    }

    internal void Close(int select) => _open.Remove(select);

    internal void Transfer(int select, bool halfDuplex, ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        Transfers++;

        // The time on the wire; the driver's own is the price of the call.
        SpiWire wire = new(_mode, _frequency, _clock.Now);
        _clock.Charge((toChip.Length * 8_000_000_000L) / Math.Max(1, _frequency));
        (int clock, int mosi, int miso) = (PinOf(PinFunction.Clock), PinOf(PinFunction.Mosi), PinOf(PinFunction.Miso));
        foreach (var wired in _chips)
        {
            if (wired.Select == select && wired.Clock == clock && wired.Mosi == mosi)
            {
                bool answers = !halfDuplex && wired.Miso >= 0 && wired.Miso == miso;
                Span<byte> answer = answers ? fromChip : new byte[fromChip.Length];
                wired.Chip.Transfer(wire, toChip, answer);
            }
        }
    }
}
