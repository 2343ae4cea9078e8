// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Devices.Serial;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.VirtualDevice;

/// <summary>How a virtual device is served.</summary>
public sealed record VirtualServerOptions
{
    /// <summary>Gets what the device is like. Its clock is held to wall time unless <see cref="Fast" /> is set.</summary>
    public VirtualDeviceOptions Device { get; init; } = new();

    /// <summary>Gets the TCP port on 127.0.0.1; 0 for a free one, null for none.</summary>
    public int? TcpPort { get; init; } = DeviceAddress.DefaultTcpPort;

    /// <summary>Gets a value indicating whether the device is served on a pseudo-terminal as well.</summary>
    public bool Terminal { get; init; } = !OperatingSystem.IsWindows();

    /// <summary>Gets the file with the key that hosts on TCP have to prove; null for the usual places. Made when there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// Gets a value indicating whether the device's clock runs as fast as this machine allows. Time-outs then run as fast: a run that is
    /// to outlast the host's silence has to be started without link time-out.
    /// </summary>
    public bool Fast { get; init; }

    /// <summary>Gets the image that the device finds in its flash at power-on in place of what it has stored; null for none.</summary>
    public byte[]? Network { get; init; }

    /// <summary>Gets what the device's microphones hear; null for silence.</summary>
    public LiveSound? Sound { get; init; }

    /// <summary>Gets how long the device may take to end its last turn when it is switched off.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>A virtual device for other processes: on TCP, with the key, and on a pseudo-terminal, as a board on a cable.</summary>
public sealed class VirtualServer : IAsyncDisposable
{
    // While nothing runs a fast device would race through empty time at the price of a whole processor core.
    private const int RestMilliseconds = 1;

    // What an adapter holds back for a line. A host that sends without pause has to wait, as on a cable, and not the next one.
    private const int AdapterBytes = 4096;

    private readonly BenchDevice _device;
    private readonly VirtualServo?[] _servos;
    private readonly double[] _pulses;
    private readonly PseudoTerminal? _terminal;
    private readonly IDisposable? _announcement;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _work = new();
    private readonly bool _fast;
    private readonly TimeSpan _farewell;
    private readonly Task _turning;
    private readonly Task _listening;
    private Action<BenchDevice>? _requested;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="VirtualServer" /> class: the device is switched on and can be connected
    /// to.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="DeviceException">A port, a folder, a profile or the key cannot be used.</exception>
    public VirtualServer(VirtualServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _fast = options.Fast;
        _farewell = options.Farewell;
        byte[]? key = null;
        if (options.TcpPort is not null)
        {
            (key, CreatedKeyPath) = KeyStore.FindOrCreate(options.KeyFile);
        }

        _device = new BenchDevice(options.Device with { RealTime = !options.Fast }, key, options.TcpPort);
        try
        {
            if (options.Network is { } image)
            {
                _device.Store(image);
            }

            if (options.Sound is { } sound)
            {
                sound.Patient = options.Fast;
                _device.Listen(sound);
            }

            _servos = [.. Enumerable.Range(0, _device.Board.Outputs.Length).Select(_device.Servo)];
            _pulses = [.. _servos.Select(servo => servo?.PulseMicroseconds ?? 0)];
            _terminal = options.Terminal ? PseudoTerminal.Open() : null;
            TcpAddress = options.TcpPort is null ? null : new TcpAddress("127.0.0.1", _device.TcpPort).ToString();
            _announcement = RunningDevices.Announce(new RunningDevice(
                _device.Name, Environment.ProcessId, TcpAddress, TerminalPath, _device.Costs.Name, _device.StateFolder));
        }
        catch
        {
            _terminal?.Dispose();
            _device.Dispose();
            throw;
        }

        _turning = Task.Factory.StartNew(TurnOn, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _listening = Task.Factory.StartNew(Listen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Gets the TCP address; null when it is not served there.</summary>
    public string? TcpAddress { get; }

    /// <summary>Gets the path of the pseudo-terminal, to be used as a serial port; null when it is not served there.</summary>
    public string? TerminalPath => _terminal?.Path;

    /// <summary>Gets the file that a new key was written to; null when there was a key.</summary>
    public string? CreatedKeyPath { get; }

    /// <summary>Gets the folder that stands for the device's flash; null when nothing is kept.</summary>
    public string? StateFolder => _device.StateFolder;

    /// <summary>Gets the name of the board that the device sits on.</summary>
    public string Board => _device.Board.Name;

    /// <summary>Gets the device's id, hexadecimal.</summary>
    public string DeviceId => _device.DeviceId;

    /// <summary>Gets the device's time since power-on.</summary>
    public TimeSpan Time => _device.Time;

    /// <summary>Gets what the device's last answer is about; for <see cref="ConsoleWritten" />, on the device's thread.</summary>
    public AnsweredSound Answered => _device.Answered;

    /// <summary>Gets the name of the cost profile.</summary>
    public string Profile => _device.Costs.Name;

    /// <summary>Gets or sets what is called with each line that the device writes to its console; may be null.</summary>
    public Action<string>? ConsoleWritten
    {
        get => _device.ConsoleWritten;
        set => _device.ConsoleWritten = value;
    }

    /// <summary>Gets or sets what is called with the number of an output and the new pulse width in µs when the servo on it is told to
    /// move; may be null.</summary>
    public Action<int, double>? ServoMoved { get; set; }

    /// <summary>Gets a task that ends when the device does: after <see cref="DisposeAsync" />, or with the error that stopped it.</summary>
    public Task Completion => Task.WhenAll(_turning, _listening);

    /// <summary>Plays a sound to the device's microphones.</summary>
    /// <param name="sound">The sound.</param>
    public void PlaySound(StereoSound sound) => OnDevice(device => device.PlaySound(sound));

    /// <summary>Does something with the device between two turns of its main loop; waits until it is done.</summary>
    /// <param name="action">What to do.</param>
    public void OnDevice(Action<BenchDevice> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using var done = new ManualResetEventSlim();
        Exception? problem = null;
        lock (_work)
        {
            _requested += device =>
            {
                try
                {
                    action(device);
                }
#pragma warning disable CA1031 // Thrown again, on the thread that asked.
                catch (Exception thrown)
#pragma warning restore CA1031
                {
                    problem = thrown;
                }

                done.Set();
            };
        }

        while (!done.Wait(100))
        {
            ObjectDisposedException.ThrowIf(_turning.IsCompleted, this);
        }

        if (problem is not null)
        {
            throw new InvalidOperationException("the action on the virtual device failed", problem);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _end.CancelAsync().ConfigureAwait(false);
        _announcement?.Dispose();
        Task ended = Completion;
        if (await Task.WhenAny(ended, Task.Delay(_farewell)).ConfigureAwait(false) != ended)
        {
            // Whatever the device hangs in must not keep the process alive; what it has said to be stored is on the disk.
            return;
        }

        try
        {
            await ended.ConfigureAwait(false);
        }
        finally
        {
            _terminal?.Dispose();
            _device.Dispose();
            _end.Dispose();
        }
    }

    // The device's own thread. An error in it ends the server.
    private void TurnOn()
    {
        byte[] buffer = new byte[1024];
        try
        {
            while (!_end.IsCancellationRequested)
            {
                TurnOnce(buffer);
            }
        }
        finally
        {
            _end.Cancel();
        }
    }

    // Turns the main loop once and takes to the terminal what the device sends.
    private void TurnOnce(byte[] buffer)
    {
        bool busy = _device.Turn(long.MaxValue);
        if (_terminal is not null)
        {
            for (int count = _device.Uart.HostRead(buffer); count > 0; count = _device.Uart.HostRead(buffer))
            {
                _terminal.Write(buffer.AsSpan(0, count));
            }
        }

        WatchServos();
        Action<BenchDevice>? requested;
        lock (_work)
        {
            requested = _requested;
            _requested = null;
        }

        requested?.Invoke(_device);
        if (_fast && !busy && _device.Firmware.State != DeviceState.Running)
        {
            Thread.Sleep(RestMilliseconds);
        }
    }

    private void WatchServos()
    {
        for (int k = 0; k < _servos.Length; k++)
        {
            double pulse = _servos[k]?.PulseMicroseconds ?? 0;
            if (!pulse.Equals(_pulses[k]))
            {
                _pulses[k] = pulse;
                ServoMoved?.Invoke(k, pulse);
            }
        }
    }

    // Takes from the terminal what a host sends; arriving bytes wake the device.
    private void Listen()
    {
        byte[] buffer = new byte[1024];
        while (_terminal is not null && !_end.IsCancellationRequested)
        {
            if (_device.Uart.HostBytesUnderWay >= AdapterBytes)
            {
                Thread.Sleep(RestMilliseconds);
                continue;
            }

            int count = _terminal.Read(buffer, 50);
            if (count > 0)
            {
                _device.Uart.HostWrite(buffer.AsSpan(0, count));
            }
        }
    }
}
