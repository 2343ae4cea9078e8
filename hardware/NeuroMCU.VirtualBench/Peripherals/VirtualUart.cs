// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>What noise does to one byte on the line.</summary>
/// <param name="index">Number of the byte since the line was made, from 0.</param>
/// <param name="value">The byte that was sent.</param>
/// <returns>The byte that arrives, or -1 when it is lost.</returns>
public delegate int LineFault(long index, byte value);

/// <summary>
/// A serial line between the device and a host. Bytes take their time on the virtual clock; a receive buffer that the device does not
/// empty in time loses bytes, and counts them. The host's side may be used from any thread.
/// </summary>
public sealed class VirtualUart
{
    private const int TransmitFifo = 128;

    private readonly VirtualClock _clock;
    private readonly Lock _gate = new();
    private readonly Queue<Flight> _toDevice = new();
    private readonly Queue<Flight> _toHost = new();
    private readonly Queue<byte> _received = new();
    private long _toDeviceFree;
    private long _toHostFree;
    private long _nanosecondsPerByte;
    private int _capacity;
    private long _sentToDevice;
    private long _sentToHost;
    private bool _open;

    // What the queues hold, to be looked at without the lock: device and host ask for bytes far more often than one comes.
    private volatile int _inbound;
    private volatile int _outbound;

    internal VirtualUart(string name, VirtualClock clock)
    {
        Name = name;
        _clock = clock;
    }

    /// <summary>Gets the name of the port, for example 'COM2'.</summary>
    public string Name { get; }

    /// <summary>Gets or sets a value indicating whether bytes take no time on the line.</summary>
    public bool Unlimited { get; set; }

    /// <summary>Gets or sets a value indicating whether the cable is plugged in; without it bytes vanish.</summary>
    public bool Connected { get; set; } = true;

    /// <summary>Gets or sets the noise towards the device; null for none.</summary>
    public LineFault? ToDeviceFault { get; set; }

    /// <summary>Gets or sets the noise towards the host; null for none.</summary>
    public LineFault? ToHostFault { get; set; }

    /// <summary>Gets the number of bytes that the device lost because its receive buffer was full or the port closed.</summary>
    public long ReceiveOverruns { get; private set; }

    /// <summary>Gets a value indicating whether the device has the port open.</summary>
    public bool IsOpen => _open;

    /// <summary>Gets the number of bytes from the host that the device has not taken yet.</summary>
    public int HostBytesUnderWay => _inbound;

    /// <summary>Gets the time in µs at which the next byte reaches the device; long.MaxValue when none is under way.</summary>
    public long NextArrival
    {
        get
        {
            if (_inbound == 0)
            {
                return long.MaxValue;
            }

            lock (_gate)
            {
                return _toDevice.Count > 0 ? (_toDevice.Peek().Time + 999) / 1000 : long.MaxValue;
            }
        }
    }

    /// <summary>Gets the number of bytes that the host could read now.</summary>
    public int HostBytesToRead
    {
        get
        {
            lock (_gate)
            {
                long now = _clock.Nanoseconds;
                int count = 0;
                foreach (Flight flight in _toHost)
                {
                    if (flight.Time > now)
                    {
                        break;
                    }

                    count++;
                }

                return count;
            }
        }
    }

    /// <summary>Gets the time in µs at which the next byte reaches the host; long.MaxValue when none is under way.</summary>
    public long NextHostArrival
    {
        get
        {
            if (_outbound == 0)
            {
                return long.MaxValue;
            }

            lock (_gate)
            {
                return _toHost.Count > 0 ? (_toHost.Peek().Time + 999) / 1000 : long.MaxValue;
            }
        }
    }

    /// <summary>Sends bytes from the host; they arrive one after the other at the line's rate.</summary>
    /// <param name="bytes">The bytes.</param>
    public void HostWrite(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            long time = Math.Max(_clock.Nanoseconds, _toDeviceFree);
            foreach (byte value in bytes)
            {
                time += ByteTime;
                Send(_toDevice, time, value, ToDeviceFault, ref _sentToDevice);
            }

            _toDeviceFree = time;
            Count();
        }

        _clock.Wake();
    }

    /// <summary>Takes the bytes that have reached the host.</summary>
    /// <param name="buffer">Receives them.</param>
    /// <returns>Their number; 0 when none has arrived.</returns>
    public int HostRead(Span<byte> buffer)
    {
        if (_outbound == 0)
        {
            return 0;
        }

        lock (_gate)
        {
            long now = _clock.Nanoseconds;
            int count = 0;
            while (count < buffer.Length && _toHost.Count > 0 && _toHost.Peek().Time <= now)
            {
                buffer[count++] = _toHost.Dequeue().Value;
            }

            Count();
            return count;
        }
    }

    internal void Open(int baudRate, int bitsPerByte, int capacity)
    {
        lock (_gate)
        {
            Configure(baudRate, bitsPerByte);
            _capacity = capacity;
            _received.Clear();
            _open = true;
            Count();
        }
    }

    internal void Configure(int baudRate, int bitsPerByte)
    {
        lock (_gate)
        {
            _nanosecondsPerByte = bitsPerByte * 1_000_000_000L / baudRate;
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _open = false;
            _received.Clear();
            Count();
        }
    }

    internal int Available()
    {
        if (_inbound == 0)
        {
            return 0;
        }

        lock (_gate)
        {
            Receive();
            Count();
            return _received.Count;
        }
    }

    internal int Read(byte[] buffer, int offset, int count)
    {
        lock (_gate)
        {
            Receive();
            int taken = 0;
            while (taken < count && _received.Count > 0)
            {
                buffer[offset + taken++] = _received.Dequeue();
            }

            Count();
            return taken;
        }
    }

    /// <summary>Sends bytes and gives how long the device must wait, in ns, until what is left fits the hardware's transmit
    /// buffer.</summary>
    internal long Write(byte[] buffer, int offset, int count)
    {
        long wait;
        lock (_gate)
        {
            long time = Math.Max(_clock.Nanoseconds, _toHostFree);
            for (int i = 0; i < count; i++)
            {
                time += ByteTime;
                Send(_toHost, time, buffer[offset + i], ToHostFault, ref _sentToHost);
            }

            _toHostFree = time;
            Count();
            wait = time - (TransmitFifo * ByteTime) - _clock.Nanoseconds;
        }

        return Math.Max(0, wait);
    }

    private long ByteTime => Unlimited ? 0 : _nanosecondsPerByte;

    private void Send(Queue<Flight> line, long time, byte value, LineFault? fault, ref long index)
    {
        int arriving = fault is null ? value : fault(index, value);
        index++;
        if (Connected && arriving >= 0)
        {
            line.Enqueue(new Flight(time, (byte)arriving));
        }
    }

    private void Count()
    {
        _inbound = _toDevice.Count + _received.Count;
        _outbound = _toHost.Count;
    }

    private void Receive()
    {
        long now = _clock.Nanoseconds;
        while (_toDevice.Count > 0 && _toDevice.Peek().Time <= now)
        {
            byte value = _toDevice.Dequeue().Value;
            if (_open && _received.Count < _capacity)
            {
                _received.Enqueue(value);
            }
            else
            {
                ReceiveOverruns++;
            }
        }
    }

    private readonly record struct Flight(long Time, byte Value);
}
