// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Timing;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.VirtualBench;

/// <summary>
/// A simulated board: a clock of its own, a price for everything that the firmware does, and peripherals behind the System.Device
/// surface. Code that runs inside <see cref="Use" /> finds this bench behind GpioController, SerialPort, HighResTimer and the others.
/// </summary>
/// <remarks>Several benches may live in one process; each flow of execution sees the one it uses.</remarks>
public sealed class Bench
{
    private const long Microsecond = 1000;

    // Looks at the timer without any time in between; no turn of the firmware needs so many.
    private const int MostLooks = 1000;

    private static readonly AsyncLocal<Bench?> s_current = new();
    private static readonly WorkKind[] s_kinds = Enum.GetValues<WorkKind>();

    private readonly long[] _charged = new long[s_kinds.Length];
    private readonly Dictionary<string, VirtualUart> _uarts = new(StringComparer.Ordinal);
    private readonly Dictionary<int, VirtualMicrophones> _microphones = [];
    private readonly Dictionary<int, VirtualSpi> _spi = [];
    private readonly Dictionary<int, VirtualI2c> _i2c = [];
    private readonly List<ConsoleLine> _console = [];
    private readonly Lock _gate = new();
    private long _looked;
    private int _looks;

    /// <summary>Initializes a new instance of the <see cref="Bench" /> class.</summary>
    /// <param name="costs">What things cost; null for <see cref="CostProfile.Ideal" />.</param>
    public Bench(CostProfile? costs = null)
    {
        Costs = costs ?? CostProfile.Ideal;
        Pins = new PinMap(Clock);
        Heap = new ManagedHeap(Costs.Of(DeviceCall.CollectedObject), HeapBytes);
        AdcStream = new VirtualAdcStream(Clock, Pins);
    }

    /// <summary>Gets the bench that the running code uses.</summary>
    /// <exception cref="InvalidOperationException">None is in use.</exception>
    public static Bench Current => s_current.Value
        ?? throw new InvalidOperationException("no virtual bench is in use here: run the firmware inside 'using (Bench.Use(bench))'");

    /// <summary>Gets the clock.</summary>
    public VirtualClock Clock { get; } = new();

    /// <summary>Gets the cost profile.</summary>
    public CostProfile Costs { get; }

    /// <summary>Gets or sets the counters of what the firmware has worked; null when its work is free.</summary>
    public IWorkMeter? Meter { get; set; }

    /// <summary>Gets the pins and what happened on them.</summary>
    public PinMap Pins { get; }

    /// <summary>Gets the stream of the first converter through I2S.</summary>
    public VirtualAdcStream AdcStream { get; }

    /// <summary>Gets the PWM timers.</summary>
    internal VirtualPwm Pwm { get; } = new();

    /// <summary>Gets the radio.</summary>
    public VirtualWifi Wifi { get; } = new();

    /// <summary>Gets or sets the longest time in µs that an idle device sleeps before it looks around: the scheduler's grain, 10
    /// ms.</summary>
    public int IdleLimit { get; set; } = 10_000;

    /// <summary>Gets or sets the bytes of managed heap that the device reports.</summary>
    public int HeapBytes { get; set; } = 111 * 1024;

    /// <summary>Gets the garbage on the managed heap, and what collecting it has taken.</summary>
    public ManagedHeap Heap { get; }

    /// <summary>Gets the time in ns that work, calls, collections and yielding have taken, idle and blocked time not counted.</summary>
    public long BusyNanoseconds { get; private set; }

    /// <summary>Gets the lines that the firmware wrote to its console.</summary>
    public IReadOnlyList<ConsoleLine> Console
    {
        get
        {
            lock (_gate)
            {
                return _console.ToArray();
            }
        }
    }

    /// <summary>Called with each console line as it is written; may be null.</summary>
    public Action<ConsoleLine>? ConsoleWritten { get; set; }

    /// <summary>Makes a bench the one that the running code uses, until the result is disposed.</summary>
    /// <param name="bench">The bench.</param>
    /// <returns>Puts back what was in use before when disposed.</returns>
    public static IDisposable Use(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var scope = new Scope(s_current.Value);
        s_current.Value = bench;
        return scope;
    }

    /// <summary>Gets the line of a serial port.</summary>
    /// <param name="port">'COM2' or 'COM3'.</param>
    /// <returns>Always the same line for the same port.</returns>
    public VirtualUart Uart(string port)
    {
        lock (_gate)
        {
            if (!_uarts.TryGetValue(port, out VirtualUart? uart))
            {
                uart = new VirtualUart(port, Clock);
                _uarts.Add(port, uart);
            }

            return uart;
        }
    }

    /// <summary>Gets the microphones on an I2S bus.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <returns>Always the same pair for the same bus.</returns>
    public VirtualMicrophones Microphones(int bus = 1)
    {
        lock (_gate)
        {
            if (!_microphones.TryGetValue(bus, out VirtualMicrophones? pair))
            {
                pair = new VirtualMicrophones(Clock);
                _microphones.Add(bus, pair);
            }

            return pair;
        }
    }

    /// <summary>Gets an SPI bus.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <returns>Always the same bus for the same number.</returns>
    public VirtualSpi Spi(int bus)
    {
        lock (_gate)
        {
            if (!_spi.TryGetValue(bus, out VirtualSpi? spi))
            {
                spi = new VirtualSpi(Clock, Pins, bus);
                _spi.Add(bus, spi);
            }

            return spi;
        }
    }

    /// <summary>Gets an I2C bus.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <returns>Always the same bus for the same number.</returns>
    public VirtualI2c I2c(int bus)
    {
        lock (_gate)
        {
            if (!_i2c.TryGetValue(bus, out VirtualI2c? i2c))
            {
                i2c = new VirtualI2c(Clock, Pins, bus);
                _i2c.Add(bus, i2c);
            }

            return i2c;
        }
    }

    /// <summary>Charges what the firmware has worked since the last call; every surface call does so.</summary>
    public void Settle()
    {
        IWorkMeter? meter = Meter;
        if (meter is null)
        {
            return;
        }

        long total = 0;
        foreach (WorkKind kind in s_kinds)
        {
            long count = meter.Count(kind);
            long before = _charged[(int)kind];
            _charged[(int)kind] = count;
            total += (count >= before ? count - before : count) * Costs.Of(kind);
        }

        Spend(total);
    }

    /// <summary>Charges a call of the platform.</summary>
    /// <param name="call">The call.</param>
    /// <param name="times">How often.</param>
    public void Charge(DeviceCall call, long times = 1)
    {
        Settle();
        Spend(Costs.Of(call) * times);
    }

    /// <summary>Leaves objects on the managed heap that the native side of a call makes, and charges the collection that becomes
    /// due.</summary>
    /// <param name="pieces">Number of objects.</param>
    /// <param name="bytes">What they take together, in cells of 12 bytes.</param>
    public void Leave(int pieces, int bytes) => Spend(Heap.Leave(pieces, bytes));

    /// <summary>Reads the device's timer: charges work and the reading itself.</summary>
    /// <returns>Time since start-up in µs.</returns>
    public long ReadTimer()
    {
        Charge(DeviceCall.TimerRead);
        Spin();
        return Clock.Now;
    }

    /// <summary>
    /// Lets the device wait until a time, the next event on a peripheral or <see cref="IdleLimit" />, whichever is first.
    /// </summary>
    /// <param name="until">Time in µs; one that has passed returns at once.</param>
    public void Idle(long until)
    {
        Charge(DeviceCall.Yield);
        long now = Clock.Now;
        long target = Math.Min(until, now + IdleLimit);
        lock (_gate)
        {
            foreach (VirtualUart uart in _uarts.Values)
            {
                target = Math.Min(target, uart.NextArrival);
            }
        }

        Clock.IdleTo(target);
        if (until > now && Clock.Now == now)
        {
            // A byte that waits ends the wait, but must not stop the clock for a loop that waits for something else.
            Spend(Microsecond);
        }
    }

    /// <summary>Writes a line to the console log.</summary>
    /// <param name="line">Text without line end.</param>
    public void WriteConsole(string line)
    {
        Charge(DeviceCall.ConsoleLine);
        var entry = new ConsoleLine(Clock.Now, line);
        lock (_gate)
        {
            _console.Add(entry);
        }

        ConsoleWritten?.Invoke(entry);
    }

    // On a device every look at the timer lasts. Where nothing costs anything, a loop that looks until a time has come would never end.
    private void Spin()
    {
        if (Clock.Nanoseconds != _looked)
        {
            _looks = 0;
        }
        else if (++_looks > MostLooks)
        {
            Spend(Microsecond);
        }

        _looked = Clock.Nanoseconds;
    }

    private void Spend(long nanoseconds)
    {
        if (nanoseconds > 0)
        {
            BusyNanoseconds += nanoseconds;
            Clock.Charge(nanoseconds);
        }
    }

    private sealed class Scope(Bench? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}

/// <summary>A line on the device's console.</summary>
/// <param name="Time">Time in µs.</param>
/// <param name="Text">Text without line end.</param>
public readonly record struct ConsoleLine(long Time, string Text);

/// <summary>The firmware has asked for a restart of the simulated device.</summary>
public sealed class DeviceRebootException() : Exception("the device restarts");
