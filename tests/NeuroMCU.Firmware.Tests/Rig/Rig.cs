// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Protocol.Hub;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>A device with one line, two outputs and a flash, and a host at the other end of the line.</summary>
internal sealed class Rig
{
    public Rig(Action<BoardProfile>? change = null, VirtualFlash? flash = null, bool authenticated = false, bool secondLine = false,
        bool microphones = false, int neurons = 0, FakeDoor? door = null, IDatagrams? hub = null)
    {
        Flash = flash ?? new VirtualFlash(256 * 1024);
        change?.Invoke(Profile);
        Pipe = new PipeTransport { RequiresAuthentication = authenticated };
        Second = new PipeTransport();
        Microphones = microphones ? new FakeMicrophones(Clock) : null;
        Neurons = neurons > 0 ? new FakeNeurons(neurons) : null;
        Profile.Channels = [.. Enumerable.Range(0, neurons)
            .Select(k => new BoardChannel { Name = $"n{k + 1}", SenseKind = ConverterKind.Internal })];
        Parts = new FirmwareParts
        {
            Clock = Clock,
            Files = Flash,
            Console = Console,
            Profile = Profile,
            Outputs = Outputs,
            Microphones = Microphones,
            Neurons = Neurons,
            Transports = secondLine ? [Pipe, Second] : [Pipe],
            Door = door,
            Hub = hub,
            DeviceId = [1, 2, 3, 4, 5, 6],
            Watchdog = null,
        };
        Application = new FirmwareApplication(Parts);
        Host = new TestHost(Pipe, Turn);
        Other = new TestHost(Second, Turn);
    }

    public static uint BoardId(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return Crc32.Compute(bytes, 0, bytes.Length);
    }

    public ManualClock Clock { get; } = new();

    public LogConsole Console { get; } = new();

    public FakeOutput[] Outputs { get; } = [new(), new()];

    public FakeMicrophones? Microphones { get; }

    public FakeNeurons? Neurons { get; }

    public VirtualFlash Flash { get; }

    public PipeTransport Pipe { get; }

    public PipeTransport Second { get; }

    public BoardProfile Profile { get; } = new()
    {
        Name = "rig",
        BoardId = BoardId("rig"),
        MaxImageBytes = 64 * 1024,
        MaxNetworkBytes = 96 * 1024,
        LinkLossMilliseconds = 500,
        WatchdogMilliseconds = 200,
    };

    public FirmwareParts Parts { get; }

    public FirmwareApplication Application { get; private set; }

    public TestHost Host { get; }

    public TestHost Other { get; }

    public bool OutputsSafe => Outputs.All(output => output.Level == FakeOutput.Safe);

    /// <summary>One turn of the main loop, as the device's Main does it.</summary>
    public void Turn()
    {
        var before = Clock.Now;
        if (!Application.Turn())
        {
            Clock.Idle(Application.NextWake);
        }

        // On a device a turn takes time, and what waits for the clock gets its turn.
        if (Clock.Now == before)
        {
            Clock.Now = before + 1;
        }
    }

    public void Turns(int count)
    {
        for (var k = 0; k < count; k++)
        {
            Turn();
        }
    }

    /// <summary>Runs until the clock has reached a time.</summary>
    public void Until(long time)
    {
        while (Clock.Now < time)
        {
            Turn();
        }
    }

    /// <summary>Power off and on again: memory is gone, the flash stays.</summary>
    public void Restart()
    {
        Flash.RestorePower();
        Pipe.Reconnect();
        Host.Encoder.Seal = null;
        Host.Decoder.Seal = null;
        Application = new FirmwareApplication(Parts);
    }
}
