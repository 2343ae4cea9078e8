// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using System.IO.Ports;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Sound;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hearing;
using NeuroMCU.Models;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>
/// What is left for networks on each shipped board: the managed heap, less the assemblies' tables, less every object that the firmware
/// makes for this board, counted as networks are (docs/reference/board-profiles.md, "What fits").
/// </summary>
public sealed class DeviceHeapTests
{
    // Published for the image without PSRAM (nf-interpreter pull request 1597); with PSRAM some 3.7 MB.
    private const int Heap = 111 * 1024;
    private const int HeapWithPsram = 3700 * 1024;

    // Type and method tables of the firmware and its libraries, measured on a 32-bit nanoCLR.
    private const int Assemblies = 28 * 1024;

    // Stack frames of three threads, and what a request builds before the next collection.
    private const int Running = 4 * 1024;

    // An object of the platform whose inside is not the device's here: as many cells as its largest kinds have.
    private const int PlatformObject = 20 * 12;

    private static readonly Assembly[] s_own = [.. new[] { typeof(NetworkEngine), typeof(ModelList), typeof(Listener), typeof(MessageType),
        typeof(BoardProfile), typeof(FirmwareParts) }.Select(type => type.Assembly)];

    public static TheoryData<string> Boards => [.. BoardCatalog.Names];

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_largest_network_of_a_board_fits_beside_the_firmware_and_little_is_given_away(string name)
    {
        BoardProfile profile = BoardCatalog.Find(name).Profile;
        int firmware = Count(profile);
        int left = (profile.HasPsram ? HeapWithPsram : Heap) - Assemblies - Running - firmware;
        Assert.True(profile.MaxNetworkBytes <= left,
            $"{name}: {profile.MaxNetworkBytes} bytes for networks, {left} left beside {firmware} of the firmware");
        Assert.True(profile.HasPsram || profile.MaxNetworkBytes > left - 6144,
            $"{name}: {profile.MaxNetworkBytes} bytes for networks, {left} left");

        // An image is let go of while it is read, and is never larger than the room that its network has.
        Assert.True(profile.MaxImageBytes <= profile.MaxNetworkBytes);
        Assert.True(2 * (profile.MaxImageBytes + 4096L) <= profile.StoreBytes - 16384);
    }

    /// <summary>
    /// The network that locates sounds, with its front end, its read-out and the buffer of the sound, and what is left for it on a board
    /// without PSRAM whose firmware has all its lines over Wi-Fi open: figures of docs/guides/sound-localization.md.
    /// </summary>
    [Fact]
    public void Hearing_takes_no_more_than_the_guide_says()
    {
        BoardProfile profile = BoardCatalog.Find("ears-devkit").Profile;
        Assert.False(profile.HasPsram);
        profile.TcpPort = profile.TcpPort == 0 ? 7411 : profile.TcpPort;
        string root = typeof(DeviceHeapTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        string network = Path.Combine(root, "examples", "sound-localization", "network.yaml");
        byte[] image = NetworkCompiler.Compile(NetworkFile.Load(network), new CompilerOptions { Unlimited = true }).Image;
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        NetworkTables tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
        int hearing = Walk(new LoadedNetwork(tables, 0, image.Length, 0), seen);
        int buffer = Walk(new SoundBuffer(HearingMemory.BufferFrames(profile.HasPsram)), seen);
        int firmware = Count(profile);
        int left = Heap - Assemblies - Running - firmware;

        string figures = $"network {hearing}, buffer {buffer}, firmware {firmware}, left for a network {left}";
        TestContext.Current.SendDiagnosticMessage(figures);
        int estimate = DeviceMemory.Estimate(tables) + HearingMemory.Estimate(tables, profile.HasPsram);
        Assert.InRange(estimate, hearing + buffer, hearing + buffer + 4096);
        Assert.True(estimate <= BoardCatalog.Find("ears-devkit").Profile.MaxNetworkBytes && hearing + buffer <= left, figures);
        Assert.True(hearing <= 46.1 * 1024 && buffer <= 4.2 * 1024 && left >= 49 * 1024, figures);
    }

    private static int Count(BoardProfile profile)
    {
        var bench = new Bench();
        using IDisposable use = Bench.Use(bench);
        var clock = new BenchClock(bench);
        var pins = new GpioController();
        using TcpDoor? door = profile.TcpPort == 0 ? null : new TcpDoor(WifiDoor.LineCount);
        door?.Listen(IPAddress.Loopback, 0);
        BoardDrivers.SetPortPins(profile);
        var parts = new FirmwareParts
        {
            Clock = clock,
            Files = new VirtualFlash(profile.StoreBytes, bench),
            Console = new BenchConsole(bench),
            Profile = profile,
            Outputs = BoardDrivers.Outputs(profile, pins),
            Neurons = profile.Channels.Length == 0 ? null : new NeuronBoard(profile, pins, clock),
            Nodes = BoardDrivers.Nodes(profile, pins, clock),
            Panel = BoardDrivers.Panel(profile, pins),
            Microphones = BoardDrivers.Microphones(profile, clock),
            Transports = [Serial(profile, clock)],
            Door = door,
            DeviceId = [1, 2, 3, 4, 5, 6],
            ResetReason = ResetReason.Unknown,
        };
        var firmware = new FirmwareApplication(parts);

        // A host on every line: one that nobody has used takes less.
        using var hosts = new Hosts(door);
        while (door is not null && !door.Lines.All(line => line.IsOpen))
        {
            firmware.Turn();
        }

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        int bytes = Walk(firmware, seen);
        foreach (Type type in new[] { typeof(NetworkEngine), typeof(MessageType), typeof(BoardProfile),
            typeof(FirmwareParts) }.SelectMany(t => t.Assembly.GetTypes()))
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly).Where(f => !f.IsLiteral && !type.ContainsGenericParameters))
            {
                bytes += 12 + Walk(field.GetValue(null), seen);
            }
        }

        return bytes;
    }

    private sealed class Hosts : IDisposable
    {
        private readonly TcpClient[] _clients;

        public Hosts(TcpDoor? door)
        {
            _clients = [.. Enumerable.Range(0, door?.Lines.Length ?? 0).Select(_ => new TcpClient())];
            foreach (TcpClient client in _clients)
            {
                client.Connect(IPAddress.Loopback, door!.Port);
            }
        }

        public void Dispose() => Array.ForEach(_clients, client => client.Dispose());
    }

    private static SerialTransport Serial(BoardProfile profile, BenchClock clock)
        => new(new SerialPort(profile.UartPort ?? "COM2", profile.UartBaud), clock);

    private static int Walk(object? value, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || value is Delegate or Type or Enum || !seen.Add(value))
        {
            return 0;
        }

        if (value is string text)
        {
            return DeviceMemory.ArrayBytes(text.Length + 1, 1);
        }

        if (value is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            int bytes = DeviceMemory.ArrayBytes(array.Length, element.IsPrimitive
                ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : 12);
            return element.IsPrimitive ? bytes : bytes + array.Cast<object?>().Sum(item => Walk(item, seen));
        }

        if (!s_own.Contains(value.GetType().Assembly))
        {
            return PlatformObject;
        }

        int fields = 0;
        int below = 0;
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly))
            {
                fields++;
                below += Walk(field.GetValue(value), seen);
            }
        }

        return DeviceMemory.ObjectBytes(fields) + below;
    }
}
