// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Peripherals.Chips;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>A device that stands by itself: its display and its button.</summary>
public sealed class PanelTests
{
    private static readonly string s_root = typeof(PanelTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly TimeSpan s_press = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_short_press_runs_the_other_stored_network_and_the_next_one_comes_back()
    {
        using BenchDevice device = Fair();
        device.Store(SmallNetworks.Chain("second").Image);
        device.Store(SmallNetworks.Chain("first").Image);
        Assert.Equal("network first: running", device.Console[^1]);
        foreach (string wanted in new[] { "second", "first", "second" })
        {
            Press(device, s_press);
            Assert.Equal("button: network " + wanted, device.Console[^1]);
            Assert.Equal(DeviceState.Running, device.Firmware.State);
            Assert.True(device.Firmware.Engine!.Time < 1_000_000, "the network did not begin anew");
        }

        // The choice is for now: the power brings back what was stored last.
        device.PowerCycle();
        Assert.Equal("network first: running", device.Console[^1]);
        AllIsRight(device);
    }

    [Fact]
    public async Task A_press_takes_nothing_away()
    {
        using BenchDevice device = Fair();
        Press(device, s_press);
        Assert.Equal("button: there is no other stored network", device.Console[^1]);
        device.Store(SmallNetworks.Chain("only").Image);
        Press(device, s_press);
        Assert.Equal("button: there is no other stored network", device.Console[^1]);
        Assert.Equal(DeviceState.Running, device.Firmware.State);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.StopAsync();
        await client.ProgramAsync(SmallNetworks.Fan(3).Image);
        Press(device, s_press);
        Assert.StartsWith("button: ", device.Console[^1], StringComparison.Ordinal);
        Assert.Equal(4, device.Firmware.Engine!.Tables.Populations.Sum(p => p.Size));
    }

    /// <summary>Contacts bounce for some milliseconds: one press is one change.</summary>
    [Fact]
    public void A_button_that_bounces_is_pressed_once()
    {
        using BenchDevice device = Fair();
        device.Store(SmallNetworks.Chain("second").Image);
        device.Store(SmallNetworks.Chain("first").Image);
        var random = new Random(5);
        for (int edge = 0; edge < 2; edge++)
        {
            for (int bounce = 0; bounce < 20; bounce++)
            {
                device.HoldButton(random.Next(2) == 0);
                device.Pump(TimeSpan.FromMilliseconds(0.5));
            }

            device.HoldButton(edge == 0);
            device.Pump(TimeSpan.FromMilliseconds(300));
        }

        Assert.Single(device.Console, line => line.StartsWith("button: ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_needle_points_to_the_sound_and_a_long_press_shows_rates()
    {
        using BenchDevice device = Fair();
        string folder = Path.Combine(s_root, "examples", "sound-localization");
        device.Store(NetworkCompiler.Compile(NetworkFile.Load(Path.Combine(folder, "network.yaml"))).Image);
        device.PlaySound(WavReader.Read(Path.Combine(folder, "recordings", "click_clean_+60.wav")));
        device.Pump(TimeSpan.FromSeconds(2));
        string[] azimuth = Glass(device.Display!).Split('\n');

        // The needle of a sound from the right: over the middle of the half circle on the right of it, not on the left.
        Assert.Contains(azimuth[35..50], row => row[100..116].Contains('#', StringComparison.Ordinal));
        Assert.DoesNotContain(azimuth[35..50], row => row[72..92].Contains('#', StringComparison.Ordinal));
        Press(device, TimeSpan.FromMilliseconds(1200));
        device.Pump(TimeSpan.FromSeconds(1));
        string[] rates = Glass(device.Display!).Split('\n');
        Assert.Equal(new string('#', 128), rates[54]);
        Assert.Equal(azimuth[..7], rates[..7]);
        Press(device, TimeSpan.FromMilliseconds(1200));
        device.Pump(TimeSpan.FromSeconds(1));
        Assert.Equal(azimuth[8..56], Glass(device.Display!).Split('\n')[8..56]);
        AllIsRight(device);
    }

    [Fact]
    public void A_display_that_is_pulled_off_is_looked_for_and_the_network_goes_on()
    {
        using BenchDevice device = Fair();
        device.Store(SmallNetworks.Noise(20, 50).Image);
        device.Display!.IsUnplugged = true;
        device.Pump(TimeSpan.FromSeconds(12));
        Assert.Single(device.Console, line => line == "display: does not answer");
        Assert.Equal(DeviceState.Running, device.Firmware.State);
        Assert.True(device.Firmware.Engine!.Time >= 11_900_000);
        Assert.InRange(device.Firmware.Engine.Counters.Spikes, 10_000, 14_000);
        device.Display.IsUnplugged = false;
        device.Pump(TimeSpan.FromSeconds(7));
        Assert.Equal("display: found", device.Console[^1]);
        Assert.Contains('#', Glass(device.Display));
        AllIsRight(device);
    }

    /// <summary>Nodes 0 and 5 programmed to a quarter and to nearly all of full scale: their squares are filled as far.</summary>
    [Fact]
    public async Task Nodes_are_shown_where_they_lie_and_filled_as_far_as_they_conduct()
    {
        using var folder = new TemporaryFolder();
        const string Display = "  - {name: oled, chip: ssd1306, bus: 1, data: 25, clock: 26, frequency: 400 kHz, address: 0x3c}";
        string profile = (await File.ReadAllTextAsync(Path.Combine(s_root, "hardware", "boards", "nodes-16.yaml")))
            .Replace("name: nodes-16", "name: nodes-fair", StringComparison.Ordinal)
            .Replace("\nnodes:", Display + "\n\nnodes:", StringComparison.Ordinal);
        string path = folder.File("nodes-fair.yaml");
        await File.WriteAllTextAsync(path, profile);
        using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Board = new VirtualBoardOptions { Board = path } });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.SetNodeTargetsAsync(new Dictionary<int, double?> { [0] = 0.25, [5] = 0.9 });
        NodeTaskReport report = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, [0, 5]));
        Assert.Equal(NodeState.Done, report.State);
        device.Pump(TimeSpan.FromSeconds(2));
        string[] rows = Glass(device.Display!).Split('\n');

        // Squares of eight dots, nine from one to the next, below the title: five rows of them.
        Assert.InRange(Filled(rows, 0, 8), 1, 3);
        Assert.InRange(Filled(rows, 9, 17), 6, 8);
        AllIsRight(device);
    }

    private static int Filled(string[] rows, int x, int y) => Enumerable.Range(y, 8).Count(row => rows[row][(x + 2)..(x + 8)] == "######");

    private static BenchDevice Fair() => new(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Board = new VirtualBoardOptions { Board = "ears-fair" },
    });

    private static void Press(BenchDevice device, TimeSpan time)
    {
        device.Pump(TimeSpan.FromMilliseconds(300));
        device.HoldButton(true);
        device.Pump(time);
        device.HoldButton(false);
        device.Pump(TimeSpan.FromMilliseconds(300));
    }

    private static string Glass(VirtualSsd1306 display) => string.Join('\n', Enumerable.Range(0, VirtualSsd1306.Height)
        .Select(y => string.Concat(Enumerable.Range(0, VirtualSsd1306.Width).Select(x => display.IsBright(x, y) ? '#' : '.'))));

    private static void AllIsRight(BenchDevice device)
    {
        Assert.Empty(device.Display!.Violations);
        Assert.Empty(device.Bench.Pins.Conflicts);
    }
}
