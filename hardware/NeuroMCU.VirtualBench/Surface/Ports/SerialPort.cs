// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using nanoFramework.Hardware.Esp32;

namespace System.IO.Ports;

/// <summary>A serial port of the ESP32: COM2 or COM3. COM1 belongs to the debugger.</summary>
public sealed class SerialPort : IDisposable
{
    private const int Infinite = -1;

    // One tick of the scheduler in ns.
    private const long Tick = 10_000_000;

    // The driver wants more room than the hardware's own buffer.
    private const int LeastBuffer = 129;

    private static readonly ConditionalWeakTable<Bench, HashSet<string>> s_ports = [];

    private readonly Bench _bench = Bench.Current;
    private readonly VirtualUart _line;
    private readonly int _index;
    private int _baudRate;
    private int _dataBits;
    private Parity _parity;
    private StopBits _stopBits;
    private Handshake _handshake;
    private int _readTimeout = Infinite;
    private int _writeTimeout = Infinite;
    private int _bufferSize = 256;
    private bool _opened;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="SerialPort" /> class.</summary>
    /// <param name="portName">'COM2' or 'COM3'.</param>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="parity">Parity bit.</param>
    /// <param name="dataBits">Data bits, 5 to 8.</param>
    /// <param name="stopBits">Stop bits.</param>
    /// <exception cref="ArgumentException">Another object holds this port.</exception>
    public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        ArgumentNullException.ThrowIfNull(portName);
        _index = portName[3] - '0';
        if (!s_ports.GetOrCreateValue(_bench).Add(portName))
        {
            throw new ArgumentException(null, nameof(portName));
        }

        PortName = portName;
        _baudRate = baudRate;
        _parity = parity;
        _dataBits = dataBits;
        _stopBits = stopBits;
        _line = _bench.Uart(portName);
    }

    /// <summary>Gets the name.</summary>
    public string PortName { get; }

    /// <summary>Gets a value indicating whether the port is open.</summary>
    public bool IsOpen => _opened;

    /// <summary>Gets or sets the bits per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int BaudRate
    {
        get => _baudRate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _baudRate = value;
            Configure();
        }
    }

    /// <summary>Gets or sets the data bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 5 to 8.</exception>
    public int DataBits
    {
        get => _dataBits;
        set
        {
            if (value is < 5 or > 8)
            {
                throw new ArgumentOutOfRangeException(nameof(value));
            }

            _dataBits = value;
            Configure();
        }
    }

    /// <summary>Gets or sets the parity bit.</summary>
    public Parity Parity
    {
        get => _parity;
        set
        {
            _parity = value;
            Configure();
        }
    }

    /// <summary>Gets or sets the stop bits.</summary>
    public StopBits StopBits
    {
        get => _stopBits;
        set
        {
            _stopBits = value;
            Configure();
        }
    }

    /// <summary>Gets or sets the flow control; the bench's line has none.</summary>
    public Handshake Handshake
    {
        get => _handshake;
        set => _handshake = value;
    }

    /// <summary>Gets or sets the longest wait of <see cref="Read" /> in ms; -1 for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below -1.</exception>
    public int ReadTimeout
    {
        get => _readTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, Infinite);
            _readTimeout = value;
        }
    }

    /// <summary>Gets or sets the longest wait of <see cref="Write(byte[], int, int)" /> in ms; -1 for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below -1.</exception>
    public int WriteTimeout
    {
        get => _writeTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, Infinite);
            _writeTimeout = value;
        }
    }

    /// <summary>Gets or sets the bytes that the driver keeps; set before <see cref="Open" />.</summary>
    /// <exception cref="InvalidOperationException">The port is open.</exception>
    public int ReadBufferSize
    {
        get => _bufferSize;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            if (_opened)
            {
                throw new InvalidOperationException();
            }

            _bufferSize = value;
        }
    }

    /// <summary>Gets the number of bytes that wait.</summary>
    public int BytesToRead
    {
        get
        {
            CheckOpen();
            _bench.Charge(DeviceCall.UartPoll);
            return _line.Available();
        }
    }

    /// <summary>Gets the names of the ports.</summary>
    /// <returns>COM2 and COM3.</returns>
    public static string[] GetPortNames() => ["COM2", "COM3"];

    /// <summary>Opens the port.</summary>
    /// <exception cref="InvalidOperationException">It is open.</exception>
    /// <exception cref="ArgumentException">There is no such port, or it is COM1, which the debugger holds.</exception>
    /// <exception cref="Exception">No pins have been given to it with Configuration.SetPinFunction.</exception>
    public void Open()
    {
        if (_opened)
        {
            throw new InvalidOperationException();
        }

        if (_index is not (2 or 3))
        {
            throw new ArgumentException(null);
        }

        int offset = (_index - 2) * 0x100;
        int transmit = _bench.Pins.FunctionPin((int)DeviceFunction.COM2_TX + offset);
        int receive = _bench.Pins.FunctionPin((int)DeviceFunction.COM2_RX + offset);
        if (transmit < 0 || receive < 0)
        {
            throw new Exception("CLR_E_PIN_UNAVAILABLE");
        }

        _bench.Pins.Claim(transmit, PortName);
        _bench.Pins.Claim(receive, PortName);
        _line.Open(_baudRate, BitsPerByte(), Math.Max(LeastBuffer, _bufferSize));
        _disposed = false;
        _opened = true;
    }

    /// <summary>Closes the port; bytes that wait are lost.</summary>
    public void Close()
    {
        if (_opened)
        {
            _opened = false;
            _line.Close();
            int offset = (_index - 2) * 0x100;
            _bench.Pins.Release(_bench.Pins.FunctionPin((int)DeviceFunction.COM2_TX + offset));
            _bench.Pins.Release(_bench.Pins.FunctionPin((int)DeviceFunction.COM2_RX + offset));
        }
    }

    /// <summary>Reads; blocks until all bytes have come.</summary>
    /// <param name="buffer">Receives them.</param>
    /// <param name="offset">First place.</param>
    /// <param name="count">Their number.</param>
    /// <returns>Number read.</returns>
    /// <exception cref="TimeoutException">They did not come within <see cref="ReadTimeout" />.</exception>
    /// <exception cref="InvalidOperationException">With no limit set, bytes are waited for that nobody has sent: a device would
    /// hang.</exception>
    public int Read(byte[] buffer, int offset, int count)
    {
        CheckOpen();
        CheckRange(buffer, offset, count);
        _bench.Charge(DeviceCall.UartRead);
        long limit = _readTimeout == Infinite ? long.MaxValue : _bench.Clock.Now + (_readTimeout * 1000L);
        while (_line.Available() < count)
        {
            long next = Math.Min(_line.NextArrival, limit);
            if (next == long.MaxValue)
            {
                throw new InvalidOperationException(
                    "SerialPort.Read waits without limit for bytes that nobody has sent: read BytesToRead bytes, or set ReadTimeout");
            }

            if (next >= limit)
            {
                _bench.Clock.AdvanceTo(limit);
                throw new TimeoutException();
            }

            _bench.Clock.AdvanceTo(next);
        }

        _bench.Charge(DeviceCall.UartByte, count);
        return _line.Read(buffer, offset, count);
    }

    /// <summary>Sends; with more than the hardware's 128 bytes hold it blocks until they do, and until the next tick of the
    /// scheduler.</summary>
    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="TimeoutException">That takes longer than <see cref="WriteTimeout" />; the bytes go out all the same.</exception>
    public void Write(byte[] buffer, int offset, int count)
    {
        CheckOpen();
        CheckRange(buffer, offset, count);
        _bench.Charge(DeviceCall.UartWrite);
        _bench.Charge(DeviceCall.UartByte, count);
        long wait = ToTick(_line.Write(buffer, offset, count));
        long limit = _writeTimeout == Infinite ? long.MaxValue : _writeTimeout * 1_000_000L;
        _bench.Clock.Charge(Math.Min(wait, limit));
        if (wait > limit)
        {
            throw new TimeoutException();
        }
    }

    /// <summary>Sends one byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value) => Write([value], 0, 1);

    /// <summary>Closes the port and gives it back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            Close();
            s_ports.GetOrCreateValue(_bench).Remove(PortName);
            _disposed = true;
        }
    }

    // The driver has no transmit buffer: a thread that has to wait sleeps, and with no other one ready the whole runtime does.
    private long ToTick(long wait)
    {
        long now = _bench.Clock.Nanoseconds;
        return wait <= 0 ? 0 : ((now + wait + Tick - 1) / Tick * Tick) - now;
    }

    private static void CheckRange(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (offset > buffer.Length || count > buffer.Length)
        {
            throw new InvalidOperationException();
        }

        if (offset < 0 || count < 0 || offset + count > buffer.Length)
        {
            throw new ArgumentException(null, nameof(count));
        }
    }

    private void CheckOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_opened)
        {
            // The native code finds no driver behind the object.
            throw new ArgumentException(null);
        }
    }

    private int BitsPerByte() => 1 + _dataBits + (_parity == Parity.None ? 0 : 1) + (_stopBits == StopBits.One ? 1 : 2);

    private void Configure()
    {
        if (_opened)
        {
            _line.Configure(_baudRate, BitsPerByte());
        }
    }
}
