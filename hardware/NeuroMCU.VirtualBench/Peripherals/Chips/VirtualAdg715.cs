// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>An ADG715: eight switches, one bit each, all open at power-on and after RESET (data sheet ADG714/ADG715).</summary>
public sealed class VirtualAdg715 : II2cChip
{
    private const int MaxFrequency = 400_000;

    private readonly List<string> _violations = [];
    private readonly int _address;
    private int _closed;

    /// <summary>Initializes a new instance of the <see cref="VirtualAdg715" /> class.</summary>
    /// <param name="address">0x48 to 0x4b, by the pins A0 and A1.</param>
    public VirtualAdg715(int address = 0x48)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x48);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x4b);
        _address = address;
    }

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets the switches that are closed, bit 0 for S1.</summary>
    public int Closed => _closed;

    /// <summary>Gets or sets what is called when switches change: all of them, time in µs. May be null.</summary>
    public Action<int, long>? Changed { get; set; }

    /// <inheritdoc />
    public bool Start(int address, bool reads, I2cWire wire)
    {
        if (address == _address && wire.Frequency > MaxFrequency)
        {
            _violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"ADG715 at 0x{_address:x2}, {wire.Time} us: clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
            return false;
        }

        return address == _address;
    }

    /// <inheritdoc />
    public bool Write(byte value, I2cWire wire)
    {
        if (_closed != value)
        {
            _closed = value;
            Changed?.Invoke(value, wire.Time);
        }

        return true;
    }

    /// <inheritdoc />
    public byte Read(I2cWire wire) => (byte)_closed;

    /// <inheritdoc />
    public void Stop(I2cWire wire)
    {
    }
}
