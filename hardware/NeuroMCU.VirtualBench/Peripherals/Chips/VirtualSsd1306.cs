// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// An SSD1306 on I2C with a glass of 128 x 64 dots, by its data sheet (Solomon Systech, rev. 1.1): control bytes, commands with their
/// arguments, the three ways of addressing its memory, and what a person in front of it sees. What the data sheet does not allow is noted.
/// </summary>
/// <remarks>Scrolling is refused: the firmware has no use for it.</remarks>
public sealed class VirtualSsd1306 : II2cChip
{
    /// <summary>Dots across.</summary>
    public const int Width = 128;

    /// <summary>Dots down.</summary>
    public const int Height = 64;

    private const int MaxFrequency = 400_000;
    private const int Pages = Height / 8;

    private readonly List<string> _violations = [];
    private readonly List<byte> _command = [];
    private readonly byte[] _memory = new byte[Width * Pages];
    private readonly int _address;
    private bool _expectsControl;
    private bool _isData;
    private bool _isLast;
    private int _mode = 2;
    private int _page;
    private int _column;
    private int _firstColumn;
    private int _lastColumn = Width - 1;
    private int _firstPage;
    private int _lastPage = Pages - 1;
    private int _startLine;
    private int _offset;
    private int _lines = Height - 1;
    private bool _on;
    private bool _pump;
    private bool _all;
    private bool _inverse;
    private bool _fromRight;
    private bool _fromBelow;

    /// <summary>Initializes a new instance of the <see cref="VirtualSsd1306" /> class as after power-on: dark, its memory left to
    /// chance.</summary>
    /// <param name="address">0x3c, or 0x3d with SA0 high.</param>
    public VirtualSsd1306(int address = 0x3c)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x3c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x3d);
        _address = address;
        for (int k = 0; k < _memory.Length; k++)
        {
            _memory[k] = (byte)(k * 167);
        }
    }

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets or sets a value indicating whether it is pulled off its wires and answers nothing.</summary>
    public bool IsUnplugged { get; set; }

    /// <summary>Gets the number of bytes that its memory has taken.</summary>
    public long Written { get; private set; }

    /// <summary>Tells whether a dot is bright to a person in front of the module, whose pins are above the glass.</summary>
    /// <param name="x">From the left, from 0.</param>
    /// <param name="y">From the top, from 0.</param>
    /// <returns>True for a bright dot. None is while the display or its pump is off.</returns>
    public bool IsBright(int x, int y)
    {
        if (!_on || !_pump)
        {
            return false;
        }

        if (_all)
        {
            return true;
        }

        // Mounted with its pins above, the module needs both directions reversed (A1 and C8).
        int column = _fromRight ? x : Width - 1 - x;
        int line = _fromBelow ? y : _lines - y;
        int row = (line + _startLine + _offset) % Height;
        bool lit = line >= 0 && (_memory[(row / 8 * Width) + column] >> (row % 8) & 1) != 0;
        return lit != _inverse;
    }

    /// <inheritdoc />
    public bool Start(int address, bool reads, I2cWire wire)
    {
        if (address != _address || IsUnplugged)
        {
            return false;
        }

        if (wire.Frequency > MaxFrequency)
        {
            Note(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
            return false;
        }

        _expectsControl = true;
        _isLast = false;
        return true;
    }

    /// <inheritdoc />
    public bool Write(byte value, I2cWire wire)
    {
        if (_expectsControl)
        {
            if ((value & 0x3f) != 0)
            {
                Note(wire, string.Create(CultureInfo.InvariantCulture, $"control byte 0x{value:x2}, of which six bits are to be 0"));
                return false;
            }

            _expectsControl = false;
            _isLast = (value & 0x80) == 0;
            _isData = (value & 0x40) != 0;
            if (_isData && _command.Count > 0)
            {
                Note(wire, "data within a command");
                _command.Clear();
            }

            return true;
        }

        if (_isData)
        {
            Store(value);
        }
        else
        {
            _command.Add(value);
            Execute(wire);
        }

        _expectsControl = !_isLast;
        return true;
    }

    /// <inheritdoc />
    public byte Read(I2cWire wire) => (byte)(_on ? 0x00 : 0x40);

    /// <inheritdoc />
    public void Stop(I2cWire wire)
    {
        if (_command.Count > 0)
        {
            Note(wire, string.Create(CultureInfo.InvariantCulture, $"command 0x{_command[0]:x2} without its arguments"));
            _command.Clear();
        }
    }

    private static int Arguments(byte command) => command switch
    {
        0x20 or 0x81 or 0x8d or 0xa8 or 0xd3 or 0xd5 or 0xd9 or 0xda or 0xdb => 1,
        0x21 or 0x22 => 2,
        _ => 0,
    };

    private void Execute(I2cWire wire)
    {
        byte command = _command[0];
        if (_command.Count <= Arguments(command))
        {
            return;
        }

        int first = _command.Count > 1 ? _command[1] : 0;
        int second = _command.Count > 2 ? _command[2] : 0;
        _command.Clear();
        switch (command)
        {
            case <= 0x1f:
                Place(wire, command <= 0x0f ? (_column & 0xf0) | command : (_column & 0x0f) | ((command & 0x0f) << 4), "a column");
                break;
            case 0x20 when first <= 2:
                _mode = first;
                break;
            case 0x21 when first <= second && second < Width:
                (_firstColumn, _lastColumn, _column) = (first, second, first);
                break;
            case 0x22 when first <= second && second < Pages:
                (_firstPage, _lastPage, _page) = (first, second, first);
                break;
            case >= 0x40 and <= 0x7f:
                _startLine = command & 0x3f;
                break;
            case 0x8d when first is 0x10 or 0x14:
                if (_on)
                {
                    Note(wire, "the pump is switched while the display is on");
                }

                _pump = first == 0x14;
                break;
            case 0xa0 or 0xa1:
                _fromRight = command == 0xa1;
                break;
            case 0xa4 or 0xa5:
                _all = command == 0xa5;
                break;
            case 0xa6 or 0xa7:
                _inverse = command == 0xa7;
                break;
            case 0xa8 when first is >= 15 and <= 63:
                _lines = first;
                break;
            case 0xae or 0xaf:
                if (command == 0xaf && !_pump)
                {
                    Note(wire, "the display is switched on without its pump");
                }

                _on = command == 0xaf;
                break;
            case >= 0xb0 and <= 0xb7:
                if (_mode != 2)
                {
                    Note(wire, "a page is chosen, which counts in page addressing only");
                }

                _page = command & 7;
                break;
            case 0xc0 or 0xc8:
                _fromBelow = command == 0xc8;
                break;
            case 0xd3 when first < Height:
                _offset = first;
                break;
            case 0xda when (first & ~0x30) == 0x02:
                if (first != 0x12)
                {
                    Note(wire, "lines are set as wired otherwise than in a module of 64");
                }

                break;
            case 0x81 or 0xd5 or 0xd9 or 0xdb or 0x2e or 0xe3:
                // Brightness and timing, which this glass does not show; no scrolling; nothing.
                break;
            default:
                Note(wire, string.Create(CultureInfo.InvariantCulture, $"command 0x{command:x2} {first} {second}, which it does not have"));
                break;
        }
    }

    private void Place(I2cWire wire, int column, string what)
    {
        if (_mode != 2)
        {
            Note(wire, what + " is chosen, which counts in page addressing only");
        }

        _column = column & (Width - 1);
    }

    private void Store(byte value)
    {
        _memory[(_page * Width) + _column] = value;
        Written++;
        switch (_mode)
        {
            case 0:
                Advance(ref _column, _firstColumn, _lastColumn, () => Advance(ref _page, _firstPage, _lastPage, null));
                break;
            case 1:
                Advance(ref _page, _firstPage, _lastPage, () => Advance(ref _column, _firstColumn, _lastColumn, null));
                break;
            default:
                _column = (_column + 1) % Width;
                break;
        }
    }

    private static void Advance(ref int place, int first, int last, Action? wrapped)
    {
        if (place == last)
        {
            place = first;
            wrapped?.Invoke();
        }
        else
        {
            place++;
        }
    }

    private void Note(I2cWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"SSD1306 at 0x{_address:x2}, {wire.Time} us: {what}"));
}
