// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// A TCA9548A: eight I2C buses behind one (data sheet SCPS207). One byte selects the buses that are connected, from the stop on; none is
/// at power-on.
/// </summary>
public sealed class VirtualTca9548A : II2cChip
{
    /// <summary>Number of buses behind the chip.</summary>
    public const int Buses = 8;

    private const int MaxFrequency = 400_000;

    private readonly List<string> _violations = [];
    private readonly List<(int Bus, II2cChip Chip)> _chips = [];
    private readonly int _address;
    private II2cChip? _answers;
    private int _selected;
    private int _next = -1;
    private bool _own;

    /// <summary>Initializes a new instance of the <see cref="VirtualTca9548A" /> class with no bus connected.</summary>
    /// <param name="address">0x70 to 0x77, by the pins A0 to A2.</param>
    public VirtualTca9548A(int address = 0x70)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x70);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
        _address = address;
    }

    /// <summary>Gets what the firmware did that cannot work; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Solders a chip to a bus behind this one.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="bus">0 to 7.</param>
    public void Attach(II2cChip chip, int bus)
    {
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentOutOfRangeException.ThrowIfNegative(bus);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bus, Buses);
        _chips.Add((bus, chip));
    }

    /// <summary>Takes the power away and gives it back, or pulls RESET: no bus is connected.</summary>
    public void Reset()
    {
        _selected = 0;
        _next = -1;
    }

    /// <inheritdoc />
    public bool Start(int address, bool reads, I2cWire wire)
    {
        _answers = null;
        _own = address == _address;
        if (_own)
        {
            if (wire.Frequency > MaxFrequency)
            {
                Violate(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
                return false;
            }

            return true;
        }

        II2cChip[] answers = [.. Connected().Where(chip => chip.Start(address, reads, wire))];
        if (answers.Length > 1)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"two chips behind it answer at 0x{address:x2}"));
        }

        _answers = answers.FirstOrDefault();
        return _answers is not null;
    }

    /// <inheritdoc />
    public bool Write(byte value, I2cWire wire)
    {
        if (!_own)
        {
            return _answers is not null && _answers.Write(value, wire);
        }

        _next = value;
        return true;
    }

    /// <inheritdoc />
    public byte Read(I2cWire wire) => _own ? (byte)_selected : _answers?.Read(wire) ?? 0xff;

    /// <inheritdoc />
    public void Stop(I2cWire wire)
    {
        foreach (II2cChip chip in Connected().ToArray())
        {
            chip.Stop(wire);
        }

        if (_next >= 0)
        {
            _selected = _next;
            _next = -1;
        }
    }

    private IEnumerable<II2cChip> Connected() => _chips.Where(c => ((_selected >> c.Bus) & 1) != 0).Select(c => c.Chip);

    private void Violate(I2cWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"TCA9548A at 0x{_address:x2}, {wire.Time} us: {what}"));
}
