// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// An ADS1115: four voltages in 16 bits, converted one at a time when asked (data sheet SBAS444). A result that is read before its
/// conversion is over is that of the conversion before.
/// </summary>
public sealed class VirtualAds1115 : II2cChip
{
    /// <summary>Number of inputs.</summary>
    public const int Inputs = 4;

    private const int MaxFrequency = 1_000_000;
    private const int PowerOn = 0x8583;

    private static readonly double[] s_range = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];
    private static readonly int[] s_rate = [8, 16, 32, 64, 128, 250, 475, 860];

    private readonly List<string> _violations = [];
    private readonly IPinSource?[] _sources = new IPinSource?[Inputs];
    private readonly byte[] _written = new byte[3];
    private readonly double _supply;
    private readonly int _address;
    private int _configuration = PowerOn;
    private int _pointer;
    private int _count;
    private int _next;
    private int _result;
    private int _pending;
    private long _ready;

    /// <summary>Initializes a new instance of the <see cref="VirtualAds1115" /> class.</summary>
    /// <param name="address">0x48 to 0x4b, by the pin ADDR.</param>
    /// <param name="supply">Supply in V; no input may be above it.</param>
    public VirtualAds1115(int address = 0x48, double supply = 3.3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x48);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x4b);
        _address = address;
        _supply = supply;
    }

    /// <summary>Gets what the firmware did that the data sheet forbids, and inputs beyond the supply; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets the number of conversions that were started.</summary>
    public long Conversions { get; private set; }

    /// <summary>Connects a voltage to an input.</summary>
    /// <param name="input">0 to 3.</param>
    /// <param name="source">The circuit.</param>
    public void Connect(int input, IPinSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _sources[input] = source;
    }

    /// <inheritdoc />
    public bool Start(int address, bool reads, I2cWire wire)
    {
        if (address != _address)
        {
            return false;
        }

        if (wire.Frequency > MaxFrequency)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
            return false;
        }

        _count = 0;
        _next = 0;
        return true;
    }

    /// <inheritdoc />
    public bool Write(byte value, I2cWire wire)
    {
        if (_count == _written.Length)
        {
            Violate(wire, "more than a register is written");
            return false;
        }

        _written[_count++] = value;
        _pointer = _written[0] & 3;
        if (_count == 3)
        {
            Put((_written[1] << 8) | _written[2], wire);
        }

        return true;
    }

    /// <inheritdoc />
    public byte Read(I2cWire wire)
    {
        Finish(wire);
        int value = _pointer switch
        {
            0 => _result,
            1 => (_configuration & 0x7fff) | (wire.Time >= _ready ? 0x8000 : 0),
            2 => 0x8000,
            _ => 0x7fff,
        };
        return (byte)(_next++ % 2 == 0 ? value >> 8 : value);
    }

    /// <inheritdoc />
    public void Stop(I2cWire wire)
    {
    }

    private void Put(int value, I2cWire wire)
    {
        if (_pointer != 1)
        {
            Violate(wire, "writes a register that the bench does not model");
            return;
        }

        Finish(wire);
        if (wire.Time < _ready)
        {
            // The chip ends what it does and starts anew.
            Violate(wire, "a conversion is started while another one runs");
        }

        _configuration = value;
        if ((value & 0x8000) != 0)
        {
            Convert(wire);
        }
    }

    private void Convert(I2cWire wire)
    {
        int multiplexer = (_configuration >> 12) & 7;
        double range = s_range[(_configuration >> 9) & 7];
        double volts = multiplexer switch
        {
            0 => Volts(0, wire) - Volts(1, wire),
            1 => Volts(0, wire) - Volts(3, wire),
            2 => Volts(1, wire) - Volts(3, wire),
            3 => Volts(2, wire) - Volts(3, wire),
            _ => Volts(multiplexer - 4, wire),
        };
        _pending = (int)Math.Clamp(Math.Round(volts / range * 32768), -32768, 32767) & 0xffff;
        Conversions++;
        _ready = wire.Time + (1_000_000 / s_rate[(_configuration >> 5) & 7]);
    }

    private double Volts(int input, I2cWire wire)
    {
        double volts = _sources[input]?.Volts(wire.Time) ?? 0;
        if (volts > _supply + 0.3 || volts < -0.3)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"input {input} at {volts:0.00} V, beyond the supply"));
        }

        return volts;
    }

    private void Finish(I2cWire wire)
    {
        if (wire.Time >= _ready && _ready > 0)
        {
            _result = _pending;
        }
    }

    private void Violate(I2cWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"ADS1115 at 0x{_address:x2}, {wire.Time} us: {what}"));
}
