// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using System.IO.Ports;
using System.Net;
using System.IO.Hashing;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Links;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;
using NeuroMCU.VirtualBench.Storage;
using NeuroMCU.VirtualDevice.Boards;
using NeuroMCU.VirtualDevice.Microphones;

namespace NeuroMCU.VirtualDevice;

/// <summary>
/// The firmware on a virtual bench in this process: same code, same board profile, same wire as on a board. It runs only while it is
/// pumped (by <see cref="Pump" /> or by a link that waits), so that what happens does not depend on how fast the host is.
/// </summary>
public sealed class BenchDevice : IDisposable
{
    // Connections at a time; a board has fewer. As many hosts may come between two steps of a handshake before one of them is in danger.
    private const int TcpLines = 64;

    private readonly VirtualDeviceOptions _options;
    private readonly byte[]? _linkKey;
    private readonly int? _tcpPort;
    private readonly FlashFolder? _folder;
    private readonly CostProfile _costs;
    private readonly BoardBuilder? _builder;
    private readonly KeptNodes? _kept;
    private IReadOnlyList<double>? _keptNodes;
    private VirtualFlash? _flash;
    private BenchClock _clock = null!;
    private HeapRoom _room = null!;
    private TcpDoor? _door;
    private UdpDatagrams? _hub;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="BenchDevice" /> class and switches it on.</summary>
    /// <param name="options">What it is like.</param>
    /// <param name="linkKey">Key that hosts on TCP have to prove, 32 bytes; null when it does not listen on TCP.</param>
    /// <param name="tcpPort">TCP port on 127.0.0.1 to listen on, 0 for a free one; null for none.</param>
    /// <exception cref="DeviceException">The cost profile does not exist, the folder cannot be used, or its board profile is
    /// wrong.</exception>
    public BenchDevice(VirtualDeviceOptions options, byte[]? linkKey = null, int? tcpPort = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _builder = options.Board is null ? null : new BoardBuilder(options.Board);

        // Specimens of boards are devices of their own: each keeps its networks and its calibration.
        bool named = !string.Equals(options.Name, VirtualDeviceOptions.DefaultName, StringComparison.Ordinal);
        _options = _builder is null || named ? options : options with { Name = _builder.DeviceName };
        options = _options;
        _linkKey = linkKey;
        _tcpPort = tcpPort;
        _costs = CostProfileSource.Find(options.Profile ?? _builder?.Description.Costs ?? VirtualDeviceOptions.DefaultProfile);
        ConsoleWritten = options.ConsoleWritten;
        _folder = options.Ephemeral ? null : FlashFolder.Open(options.StateFolder ?? FlashFolder.DefaultPath(options.Name),
            options.Patience, options.Disk);
        try
        {
            _kept = _folder is null || _builder?.Description.Profile.Nodes is null ? null : new KeptNodes(_folder);
            PowerOn(ResetReason.PowerOn);
        }
        catch
        {
            _folder?.Dispose();
            throw;
        }
    }

    /// <summary>Gets the bench: clock, pins, costs. A new one after each power-on.</summary>
    public Bench Bench { get; private set; } = null!;

    /// <summary>Gets the firmware.</summary>
    public FirmwareApplication Firmware { get; private set; } = null!;

    /// <summary>Gets the board profile.</summary>
    public BoardProfile Board { get; private set; } = null!;

    /// <summary>Gets the neurons on the board; null when it has none. New ones after each power-on, of the same parts.</summary>
    public VirtualNeuronBoard? Neurons { get; private set; }

    /// <summary>Gets the memory devices of the board's node array; null when it has none.</summary>
    public VirtualNodeArray? Nodes { get; private set; }

    /// <summary>Gets the front end between the chips of a crossbar and its <see cref="Nodes" />; null when the board has none.</summary>
    public VirtualCrossbarBoard? Crossbar { get; private set; }

    /// <summary>Gets the node array of digital potentiometers; null when the board has none.</summary>
    public VirtualPotentiometerBoard? Potentiometers { get; private set; }

    /// <summary>Gets the display; null when the board has none. A dark one after each power-on.</summary>
    public VirtualSsd1306? Display { get; private set; }

    /// <summary>Gets a value indicating whether the process before this one was killed while it worked on the nodes: what it did to them
    /// in its last third of a second is not kept.</summary>
    public bool NodeWorkWasLost => _kept?.IsLost ?? false;

    /// <summary>Gets the folder that stands for the device's flash; null when nothing is kept.</summary>
    public string? StateFolder => _folder?.Path;

    /// <summary>Gets its name: the one that was asked for, or that of the specimen of its board.</summary>
    public string Name => _options.Name;

    /// <summary>Gets the device's id, hexadecimal: made from its name.</summary>
    public string DeviceId => Convert.ToHexStringLower(IdOf(_options.Name));

    /// <summary>Gets the cost profile.</summary>
    public CostProfile Costs => _costs;

    /// <summary>Gets the TCP port that the device listens on; 0 for none.</summary>
    public int TcpPort => _door?.Port ?? 0;

    /// <summary>Gets the device's time since power-on.</summary>
    public TimeSpan Time => TimeSpan.FromMicroseconds(Bench.Clock.Now);

    /// <summary>Gets how much sound it has heard, and what it was too slow for.</summary>
    public HeardSound Heard => new(
        Time.TotalSeconds,
        Firmware.AudioFrames + (Board.MicrophoneBus == 0 ? 0 : Bench.Microphones(Board.MicrophoneBus).LostFrames),
        Firmware.AudioFramesLost,
        Firmware.Engine?.Counters.QueueDrops ?? 0,
        Firmware.SoundFrames,
        Firmware.SoundHeard);

    /// <summary>Gets what the answer that the firmware has written to its console last is about. The network runs since power-on.</summary>
    public AnsweredSound Answered
    {
        get
        {
            ReadoutEvent answer = new ReadoutEvent();
            Firmware.CopyReadout(answer);
            VirtualMicrophones microphones = Bench.Microphones(Board.MicrophoneBus);
            double from = (answer.Time / 1e6) - microphones.Delay;
            return new AnsweredSound(from, from + (answer.Span / 1e6), ((Bench.Clock.Now - microphones.Began) / 1e6) - microphones.Delay);
        }
    }

    /// <summary>Gets what the firmware wrote to its console since power-on.</summary>
    public IReadOnlyList<string> Console => [.. Bench.Console.Select(line => line.Text)];

    /// <summary>Gets or sets what is called with each console line; may be null. Survives <see cref="PowerCycle" />.</summary>
    public Action<string>? ConsoleWritten { get; set; }

    /// <summary>Gets the device's files as its flash holds them; for tests that damage them or cut the power.</summary>
    public VirtualFlash Flash => _flash!;

    internal VirtualUart Uart => Bench.Uart(Board.UartPort);

    /// <summary>Opens the cable between this process and the device's serial port. One link at a time.</summary>
    /// <returns>A link that pumps the device while it waits.</returns>
    public IDeviceLink Connect() => new InProcessLink(this);

    /// <summary>Plays a sound to the microphones; it begins with the next capture, or at once when the device is listening.</summary>
    /// <param name="sound">The sound at any rate.</param>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotSupported" />: the board has no microphones.</exception>
    public void PlaySound(StereoSound sound)
    {
        RequireMicrophones();
        Bench.Microphones(Board.MicrophoneBus).Play(sound);
    }

    /// <summary>Puts a network into the flash, as <c>program --persist</c> does, and switches the device off and on: it runs.</summary>
    /// <param name="image">The image of the network.</param>
    /// <exception cref="DeviceException">The device refuses it.</exception>
    public void Store(byte[] image)
    {
        // Nothing but this thread pumps the device: the client is through when it returns.
        StoreAsync(image).GetAwaiter().GetResult();
        PowerCycle();
    }

    /// <summary>Holds the board's button down, or lets it go. It comes up by itself when the power goes.</summary>
    /// <param name="down">True to hold it down.</param>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotSupported" />: the board has no button.</exception>
    public void HoldButton(bool down)
    {
        if (Board.ButtonPin < 0)
        {
            throw new DeviceException(
                DeviceErrorKind.NotSupported, $"the board '{Board.Name}' has no button", null, "use a board profile with `button:`");
        }

        Bench.Pins.Drive(Board.ButtonPin, _ => down ? 0 : PinMap.Supply);
    }

    /// <summary>Lets the microphones hear sound as it comes.</summary>
    /// <param name="sound">The sound.</param>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotSupported" />: the board has no microphones.</exception>
    public void Listen(LiveSound sound)
    {
        RequireMicrophones();
        Bench.Microphones(Board.MicrophoneBus).Listen(sound);
    }

    /// <summary>Gets the servo on an output of the board.</summary>
    /// <param name="output">Number of the output in the board profile.</param>
    /// <returns>The servo; null when the output is something else.</returns>
    public VirtualServo? Servo(int output) =>
        output >= 0 && output < Board.Outputs.Length && Board.Outputs[output].Kind == OutputKind.Servo
            ? new VirtualServo(Bench.Pins, Board.Outputs[output].Pin)
            : null;

    /// <summary>Lets the device run for a while.</summary>
    /// <param name="time">How long, on its clock.</param>
    public void Pump(TimeSpan time)
    {
        long end = Bench.Clock.Now + (long)time.TotalMicroseconds;
        while (Bench.Clock.Now < end)
        {
            Turn(end);
        }
    }

    /// <summary>Lets the device do one turn of its main loop, and idle when there was nothing to do.</summary>
    /// <param name="until">Time in µs at which idling ends at the latest.</param>
    /// <returns>True when there was something to do.</returns>
    public bool Turn(long until)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        bool busy;
        using (Bench.Use(Bench))
        {
            try
            {
                long before = Bench.Clock.Nanoseconds;
                Bench.Heap.FreeBytes = _room.Beside(Firmware.Engine);
                busy = Firmware.Turn();
                if (!busy)
                {
                    _clock.Idle(Math.Min(until, Firmware.NextWake));
                }

                // Where nothing costs anything a busy turn takes no time; it must take some, or a wait for a time would never end.
                if (Bench.Clock.Nanoseconds == before)
                {
                    Bench.Clock.Charge(1000);
                }
            }
            catch (DeviceRebootException)
            {
                PowerOn(ResetReason.Software);
                busy = true;
            }
        }

        Keep(_flash!);
        _kept?.Follow(NodeChanges, NodeState);
        return busy;
    }

    /// <summary>Takes the power away and gives it back: everything but the flash is gone.</summary>
    public void PowerCycle() => PowerOn(ResetReason.PowerOn);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _door?.Dispose();
            _hub?.Dispose();
            Keep(_flash!);
            KeepNodes();
            _folder?.Dispose();
        }
    }

    private async Task StoreAsync(byte[] image)
    {
        DeviceClient client = await DeviceClient.OpenAsync(Connect(), null, CancellationToken.None).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            await client.ProgramAsync(image, new ProgramOptions { Persist = true }).ConfigureAwait(false);
        }
    }

    private void RequireMicrophones()
    {
        if (Board.MicrophoneBus == 0)
        {
            throw new DeviceException(
                DeviceErrorKind.NotSupported, $"the board '{Board.Name}' has no microphones", null, "use a board profile with microphones");
        }
    }

    private static byte[] IdOf(string name)
    {
        // A virtual device is known by its name; six bytes, as the network address that identifies an ESP32.
        byte[] text = Encoding.UTF8.GetBytes(name);
        uint crc = Crc32.HashToUInt32(text);
        return [0x02, 0x4e, (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private void PowerOn(int reason)
    {
        _door?.Dispose();
        _hub?.Dispose();
        VirtualFlash? before = _flash;
        if (before is not null)
        {
            Keep(before);
            KeepNodes();
        }

        long lost = before is null ? long.MaxValue : Bench.Clock.Now;
        Bench = new Bench(_costs) { ConsoleWritten = line => ConsoleWritten?.Invoke(line.Text) };
        using IDisposable use = Bench.Use(Bench);
        _clock = new BenchClock(Bench);
        Board = _builder?.Profile() ?? LoadBoard(before);
        if (_options.Unlimited)
        {
            Board.MaxImageBytes = ImageLayout.MaxLength;
            Board.MaxNetworkBytes = int.MaxValue;
            Board.StoreBytes = int.MaxValue;
        }

        Neurons = _builder?.Solder(Bench);
        Nodes = _builder?.Nodes();
        Crossbar = _builder?.SolderCrossbar(Bench, Nodes);
        Potentiometers = _builder?.SolderNodes(Bench, lost);
        Display = _builder?.SolderDisplay(Bench);
        if (Board.ButtonPin >= 0)
        {
            HoldButton(false);
        }

        if (Nodes is not null && (_keptNodes ?? _kept?.State) is { } kept)
        {
            Nodes.Restore(kept);
        }
        else if (Potentiometers is not null && before is null && _kept?.State is { } wipers)
        {
            Potentiometers.Restore(wipers);
        }

        _kept?.Begin(NodeChanges);

        _flash = new VirtualFlash(Board.StoreBytes, Bench);
        CopyFlash(before, _flash);
        _folder?.Follow(_flash);
        _flash.Flushed = _folder is null ? null : Flush;
        Board.LinkKey = _linkKey ?? Board.LinkKey;
        Board.Hub = _options.Hub ?? Board.Hub;

        BoardDrivers.SetPortPins(Board);
        _door = _tcpPort is int port ? Listen(port) : null;

        var pins = new GpioController();
        Firmware = new FirmwareApplication(new FirmwareParts
        {
            Clock = _clock,
            Files = _flash,
            Console = new BenchConsole(Bench),
            Profile = Board,
            Outputs = BoardDrivers.Outputs(Board, pins),
            Neurons = Board.Channels.Length == 0 ? null : new NeuronBoard(Board, pins, _clock),
            Nodes = BoardDrivers.Nodes(Board, pins, _clock) ?? (Nodes is null ? null : new BenchNodeArray(Nodes, Board.Nodes, Bench)),
            Panel = BoardDrivers.Panel(Board, pins),
            Microphones = BoardDrivers.Microphones(Board, _clock),
            Transports = [new SerialTransport(OpenUart(Board), _clock)],
            Door = _door,
            Hub = _hub = Board.Hub is { } hub ? new UdpDatagrams(hub.Address, hub.Port, hub.LocalPort, null) : null,
            HostClock = _door is null ? null : new WallClock(),
            DeviceId = IdOf(_options.Name),
            ResetReason = reason,
        });
        Bench.Meter = new FirmwareWork(Firmware);
        _room = new HeapRoom(Board);
        Bench.Clock.RealTime = _options.RealTime;
    }

    private long NodeChanges => Nodes?.Changes ?? Potentiometers?.Changes ?? 0;

    // Voltage is off the array once the power is gone; what a node keeps outlives it.
    private void KeepNodes()
    {
        if (Nodes is not null)
        {
            _keptNodes = Nodes.Keep();
        }

        _kept?.Save(NodeChanges, NodeState);
    }

    private IReadOnlyList<double> NodeState() => Nodes?.Keep() ?? Potentiometers!.Keep();

    private BoardProfile LoadBoard(VirtualFlash? before)
    {
        // The store's size is part of the profile that lies in it: looked at through a store that is large enough for any.
        var look = new VirtualFlash(int.MaxValue);
        CopyFlash(before, look);
        try
        {
            return BoardStore.Load(look);
        }
        catch (BoardProfileException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.FileAccess,
                $"the board profile '{BoardStore.FileName}' of the virtual device is wrong",
                $"code {problem.Code}, line or number {problem.Detail}",
                _folder is null ? null : $"correct or remove {Path.Combine(_folder.Path, BoardStore.FileName)}",
                problem);
        }
    }

    private void CopyFlash(VirtualFlash? from, VirtualFlash to)
    {
        if (from is not null)
        {
            foreach (string name in from.Files)
            {
                to.Put(name, from.Contents(name));
            }
        }
        else
        {
            _folder?.Load(to);
        }
    }

    private static SerialPort OpenUart(BoardProfile board)
    {
        BoardDrivers.SetPortPins(board);
        return new SerialPort(board.UartPort, board.UartBaud);
    }

    // The firmware says that something is stored when this has returned.
    private void Flush()
    {
        try
        {
            // What is stored about the nodes is never ahead of them.
            _kept?.Save(NodeChanges, NodeState);
            _folder!.Save(_flash!);
        }
        catch (IOException problem)
        {
            Complain(problem.Message);
            throw;
        }
    }

    // What nobody was told to be stored: it may be lost.
    private void Keep(VirtualFlash flash)
    {
        if (_folder?.TrySave(flash) is { } problem)
        {
            Complain(problem);
        }
    }

    private void Complain(string problem) =>
        ConsoleWritten?.Invoke($"the folder '{_folder!.Path}' that stands for the flash cannot be written: {problem}");

    private static TcpDoor Listen(int port)
    {
        var door = new TcpDoor(TcpLines);
        try
        {
            door.Listen(IPAddress.Loopback, port);
            return door;
        }
        catch (System.Net.Sockets.SocketException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.PortBusy, $"TCP port {port} cannot be listened on", problem.Message,
                "choose another one with --port, or 0 for a free one", problem);
        }
    }
}
