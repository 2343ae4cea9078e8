// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// An MCP4461: four potentiometers of 257 taps with wipers in EEPROM (data sheet DS22265). A command it does not know is not
/// acknowledged; while it writes its EEPROM, only the volatile registers and the status answer.
/// </summary>
public sealed class VirtualMcp4461 : II2cChip
{
    /// <summary>Number of potentiometers.</summary>
    public const int Wipers = 4;

    /// <summary>Largest position: the wiper is at terminal A.</summary>
    public const int Full = 256;

    private const int Middle = 0x80;
    private const int MaxFrequency = 3_400_000;

    // Words of the chip's memory: volatile wipers, their copies in EEPROM, terminal control, status.
    private static readonly int[] s_volatile = [0x0, 0x1, 0x6, 0x7];
    private static readonly int[] s_stored = [0x2, 0x3, 0x8, 0x9];
    private static readonly int[] s_terminals = [0x4, 0xa];
    private const int Status = 0x5;
    private const int FirstGeneral = 0xb;

    private readonly List<string> _violations = [];
    private readonly int _address;
    private readonly int _writeMicroseconds;
    private readonly int[] _memory = new int[16];
    private readonly long[] _writes = new long[16];
    private long _busyUntil;
    private int _writing = -1;
    private int _before;
    private int _command = -1;
    private int _next;

    /// <summary>Initializes a new instance of the <see cref="VirtualMcp4461" /> class as it comes from the factory.</summary>
    /// <param name="address">0x2c to 0x2f, by the pins A0 and A1.</param>
    /// <param name="writeMilliseconds">Time in ms that a word of EEPROM takes: 5 is typical, 10 the most.</param>
    public VirtualMcp4461(int address, int writeMilliseconds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x2c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x2f);
        _address = address;
        _writeMicroseconds = writeMilliseconds * 1000;
        foreach (int word in s_volatile.Concat(s_stored))
        {
            _memory[word] = Middle;
        }

        foreach (int word in s_terminals)
        {
            _memory[word] = 0x1ff;
        }
    }

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets or sets a value indicating whether the pin WP is low: the EEPROM takes nothing.</summary>
    public bool IsProtected { get; set; }

    /// <summary>Gets or sets a value indicating whether the chip acknowledges its address; a broken one does not.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Gets or sets what is called when a wiper or its terminals change: number of the wiper, time in µs. May be null.</summary>
    public Action<int, long>? Changed { get; set; }

    /// <summary>Gets the position of a wiper, 0 (at B) to 256 (at A).</summary>
    /// <param name="wiper">0 to 3.</param>
    /// <returns>The position.</returns>
    public int Position(int wiper) => _memory[s_volatile[wiper]];

    /// <summary>Gets the position that a wiper will have after power-on.</summary>
    /// <param name="wiper">0 to 3.</param>
    /// <returns>The position.</returns>
    public int Stored(int wiper) => _memory[s_stored[wiper]];

    /// <summary>Gets how often the EEPROM of a wiper has been written; the part is specified for a million.</summary>
    /// <param name="wiper">0 to 3.</param>
    /// <returns>Count since the chip was made.</returns>
    public long Writes(int wiper) => _writes[s_stored[wiper]];

    /// <summary>Makes the EEPROM of a wiper that of a chip that was used before; the wiper goes there at the next
    /// <see cref="PowerCycle" />.</summary>
    /// <param name="wiper">0 to 3.</param>
    /// <param name="position">Position that is stored, 0 to 256.</param>
    /// <param name="writes">How often it has been written.</param>
    public void Use(int wiper, int position, long writes)
    {
        _memory[s_stored[wiper]] = position;
        _writes[s_stored[wiper]] = writes;
    }

    /// <summary>Gets a value indicating whether wiper and both terminals of a potentiometer are connected.</summary>
    /// <param name="wiper">0 to 3.</param>
    /// <returns>True when they are.</returns>
    public bool IsConnected(int wiper)
    {
        int bits = _memory[s_terminals[wiper / 2]] >> (wiper % 2 * 4);
        return (bits & 0xf) == 0xf;
    }

    /// <summary>Takes the power away and gives it back: wipers come from the EEPROM. A word that was being written keeps a value that is
    /// neither old nor new.</summary>
    /// <param name="time">Time in µs.</param>
    public void PowerCycle(long time)
    {
        if (_writing >= 0 && time < _busyUntil)
        {
            _memory[_writing] = (_before ^ _memory[_writing]) & 0x1ff;
        }

        _writing = -1;
        _busyUntil = 0;
        _command = -1;
        for (int wiper = 0; wiper < Wipers; wiper++)
        {
            _memory[s_volatile[wiper]] = Math.Min(Full, _memory[s_stored[wiper]]);
            Changed?.Invoke(wiper, time);
        }

        foreach (int word in s_terminals)
        {
            _memory[word] = 0x1ff;
        }
    }

    /// <inheritdoc />
    public bool Start(int address, bool reads, I2cWire wire)
    {
        if (address != _address || !Answers)
        {
            return false;
        }

        if (wire.Frequency > MaxFrequency)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
            return false;
        }

        _next = 0;
        if (reads && !IsRead(_command))
        {
            Violate(wire, "read without a read command");
        }
        else if (!reads)
        {
            _command = -1;
        }

        return true;
    }

    /// <inheritdoc />
    public bool Write(byte value, I2cWire wire)
    {
        if (_command < 0)
        {
            return Take(value, wire);
        }

        int word = _command >> 4;
        int data = ((_command & 3) << 8) | value;
        bool taken = Put(word, data, wire);
        _command = -1;
        return taken;
    }

    /// <inheritdoc />
    public byte Read(I2cWire wire)
    {
        int word = IsRead(_command) ? _command >> 4 : Status;
        int value = word == Status ? StatusAt(wire.Time) : _memory[word];
        return (byte)(_next++ % 2 == 0 ? value >> 8 : value);
    }

    /// <inheritdoc />
    public void Stop(I2cWire wire) => _command = -1;

    private static bool IsRead(int command) => command >= 0 && ((command >> 2) & 3) == 3;

    private bool Take(byte value, I2cWire wire)
    {
        int word = value >> 4;
        int kind = (value >> 2) & 3;
        bool wiper = Array.IndexOf(s_volatile, word) >= 0;
        bool stored = Array.IndexOf(s_stored, word) >= 0 || word >= FirstGeneral;
        if (wire.Time < _busyUntil && stored)
        {
            // Asking again and again is how a driver waits; the chip does not acknowledge.
            return false;
        }

        switch (kind)
        {
            case 0 when word == Status:
                Violate(wire, "writes the status register");
                return false;
            case 1 or 2:
                if (!wiper)
                {
                    Violate(wire, "steps what is no volatile wiper");
                    return false;
                }

                Move(word, Math.Clamp(_memory[word] + (kind == 1 ? 1 : -1), 0, Full), wire.Time);
                return true;
            default:
                _command = value;
                return true;
        }
    }

    private bool Put(int word, int data, I2cWire wire)
    {
        if (Array.IndexOf(s_volatile, word) >= 0)
        {
            Move(word, Math.Min(Full, data), wire.Time);
        }
        else if (Array.IndexOf(s_terminals, word) >= 0)
        {
            _memory[word] = data & 0x1ff;
            int first = word == s_terminals[0] ? 0 : 2;
            Changed?.Invoke(first, wire.Time);
            Changed?.Invoke(first + 1, wire.Time);
        }
        else if (IsProtected)
        {
            // The word is not taken and the byte is not acknowledged.
            return false;
        }
        else
        {
            _writing = word;
            _before = _memory[word];
            _memory[word] = word >= FirstGeneral ? data & 0x1ff : Math.Min(Full, data);
            _writes[word]++;
            _busyUntil = wire.Time + _writeMicroseconds;
        }

        return true;
    }

    // Bits 8, 7 and 1 read 1; 6, 5, 3 and 2 are locks of wipers, none of them set; 4 is EEWA, the EEPROM is being written; 0: WP is low.
    private int StatusAt(long time) => 0x182 | (time < _busyUntil ? 0x10 : 0) | (IsProtected ? 1 : 0);

    private void Move(int word, int position, long time)
    {
        if (_memory[word] != position)
        {
            _memory[word] = position;
            Changed?.Invoke(Array.IndexOf(s_volatile, word), time);
        }
    }

    private void Violate(I2cWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"MCP4461 at 0x{_address:x2}, {wire.Time} us: {what}"));
}
