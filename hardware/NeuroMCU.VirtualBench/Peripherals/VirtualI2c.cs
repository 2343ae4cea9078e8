// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>
/// One I2C bus of the simulated chip. As nanoFramework's driver does it, the bus runs at the speed of the chip that was opened last; the
/// bench reports chips that ask for different speeds, and two chips that answer to one address, as conflicts.
/// </summary>
public sealed class VirtualI2c
{
    private readonly VirtualClock _clock;
    private readonly PinMap _pins;
    private readonly int _bus;
    private readonly List<(int Data, int Clock, II2cChip Chip)> _chips = [];
    private int _open;
    private int _frequency;

    internal VirtualI2c(VirtualClock clock, PinMap pins, int bus)
    {
        _clock = clock;
        _pins = pins;
        _bus = bus;
    }

    /// <summary>Gets the number of transfers since power-on.</summary>
    public long Transfers { get; private set; }

    /// <summary>Gets the number of transfers that a chip, or the lack of one, did not acknowledge.</summary>
    public long Refused { get; private set; }

    /// <summary>Solders a chip to pins. It is on the bus only when the firmware gave the bus these very pins.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="data">GPIO of SDA.</param>
    /// <param name="clock">GPIO of SCL.</param>
    public void Attach(II2cChip chip, int data, int clock)
    {
        ArgumentNullException.ThrowIfNull(chip);
        _chips.Add((data, clock, chip));
    }

    internal int PinOf(int line) => _pins.FunctionPin(PinFunction.I2c(_bus, line));

    internal void Open(int address, int frequency)
    {
        if (_open > 0 && frequency != _frequency)
        {
            _pins.Report(string.Create(CultureInfo.InvariantCulture,
                $"I2C{_bus} ran at {_frequency} Hz; the chip at 0x{address:x2} makes it run at {frequency} Hz for all"));
        }

        _open++;
        _frequency = frequency;
    }

    internal void Close() => _open--;

    /// <summary>One transfer: bytes to the chip, a repeated start, bytes from it, a stop.</summary>
    /// <returns>False when the address or a byte was not acknowledged.</returns>
    internal bool Transfer(int address, ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        Transfers++;
        (int data, int clock) = (PinOf(PinFunction.Data), PinOf(PinFunction.DataClock));
        II2cChip[] chips = [.. _chips.Where(c => c.Data == data && c.Clock == clock).Select(c => c.Chip)];
        bool passed = (toChip.Length == 0 || Send(chips, address, toChip)) && (fromChip.Length == 0 || Receive(chips, address, fromChip));
        foreach (II2cChip chip in chips)
        {
            chip.Stop(Wire);
        }

        Refused += passed ? 0 : 1;
        return passed;
    }

    private I2cWire Wire => new(_frequency, _clock.Now);

    private bool Send(II2cChip[] chips, int address, ReadOnlySpan<byte> bytes)
    {
        II2cChip? chip = Address(chips, address, false);
        foreach (byte value in bytes)
        {
            if (chip is null)
            {
                return false;
            }

            Charge(1);
            chip = chip.Write(value, Wire) ? chip : null;
        }

        return chip is not null;
    }

    private bool Receive(II2cChip[] chips, int address, Span<byte> bytes)
    {
        if (Address(chips, address, true) is not { } chip)
        {
            return false;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            Charge(1);
            bytes[i] = chip.Read(Wire);
        }

        return true;
    }

    private II2cChip? Address(II2cChip[] chips, int address, bool reads)
    {
        Charge(1);
        II2cChip[] answer = [.. chips.Where(chip => chip.Start(address, reads, Wire))];
        if (answer.Length > 1)
        {
            _pins.Report(string.Create(CultureInfo.InvariantCulture, $"two chips on I2C{_bus} answer at 0x{address:x2}"));
        }

        return answer.FirstOrDefault();
    }

    // Eight bits and the acknowledgement of each byte.
    private void Charge(int bytes) => _clock.Charge(bytes * 9_000_000_000L / Math.Max(1, _frequency));
}
