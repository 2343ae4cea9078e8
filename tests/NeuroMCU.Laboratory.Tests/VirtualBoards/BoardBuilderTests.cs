// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Adc;
using System.Device.Dac;
using System.Device.Gpio;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

public class BoardBuilderTests
{
    private const string Starter = "thyristor-starter";

    [Fact]
    public void The_starter_board_fires_between_its_converters_as_its_component_set_does()
    {
        var bench = new Bench();
        var builder = new BoardBuilder(new VirtualBoardOptions { Board = Starter });
        VirtualNeuronBoard board = builder.Solder(bench)!;
        using (Bench.Use(bench))
        {
            DacChannel dac = DacController.GetDefault().OpenChannel(0);
            var counter = new GpioPulseCounter(34) { Polarity = GpioPulsePolarity.Rising };
            AdcChannel sense = new AdcController().OpenChannel(4);
            counter.Start();
            DriveDescription drive = builder.Description.Channels[0].Drive!;
            int code = drive.CodeOf(80);
            dac.WriteValue((ushort)code);
            bench.Clock.Charge(1_000_000_000);
            counter.Reset();
            bench.Clock.Charge(4_000_000_000);
            double expected = ThyristorRate.Of(ThyristorPresets.Get("w25"), drive.CurrentOf(code) * 1e-6);
            Assert.InRange(counter.Read().Count / 4.0 / expected, 0.99, 1.01);

            int top = 0;
            for (int i = 0; i < 4000; i++)
            {
                bench.Clock.Charge(25_000);
                top = Math.Max(top, sense.ReadValue());
            }

            Assert.InRange(top * 3.1 / 4095, 1.6, 1.9);
            Assert.True(board.Spikes(0, bench.Clock.Now * 1e-6) > 0);
            Assert.Equal(0, board.Spikes(1, bench.Clock.Now * 1e-6));

            // Pressing the reset pin of the profile silences the neuron.
            var gpio = new GpioController();
            GpioPin reset = gpio.OpenPin(18, PinMode.Output);
            reset.Write(PinValue.High);
            counter.Reset();
            bench.Clock.Charge(500_000_000);
            Assert.InRange(counter.Read().Count, 0, 1);
        }
    }

    [Theory]
    [InlineData("latched:n1@2", ChannelFaultKind.Latched, 0, 2.0, null)]
    [InlineData("aged:n2=15", ChannelFaultKind.Aged, 1, 0.0, 15.0)]
    [InlineData("dac-stuck:1=1.5@0.5s", ChannelFaultKind.DacStuck, 1, 0.5, 1.5)]
    [InlineData("no-supply@5", ChannelFaultKind.NoSupply, 0, 5.0, null)]
    public void A_fault_is_read(string text, ChannelFaultKind kind, int channel, double at, double? value)
    {
        ChannelFault fault = ChannelFaultText.Parse(text, BoardCatalog.Find(Starter));
        Assert.Equal(new ChannelFault(kind, channel) { At = at, Value = value }, fault);
    }

    [Fact]
    public void A_swapped_cable_names_both_ends()
    {
        Assert.Equal(1, ChannelFaultText.Parse("swapped:n1=n2", BoardCatalog.Find(Starter)).Other);
    }

    [Theory]
    [InlineData("latchd:n1", "did you mean 'latched'?")]
    [InlineData("latched", "latched:n1")]
    [InlineData("latched:n7", "channels: n1, n2")]
    [InlineData("latched:n1@soon", "latched:n1@2")]
    [InlineData("swapped:n1", "swapped:n1=CHANNEL")]
    public void A_fault_that_cannot_be_is_refused_with_the_next_step(string text, string next)
    {
        DeviceException problem = Assert.Throws<DeviceException>(
            () => new BoardBuilder(new VirtualBoardOptions { Board = Starter, Faults = [text] }));
        Assert.Equal(DeviceErrorKind.AddressInvalid, problem.Kind);
        Assert.Contains(next, problem.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thyristor-starter", 2)]
    [InlineData("thyristor-8", 8)]
    [InlineData("thyristor-8-33n", 8)]
    [InlineData("msbn", 1)]
    [InlineData("lui", 2)]
    [InlineData("loopback", 2)]
    public void Each_shipped_board_of_neurons_can_be_built_and_drawn(string name, int channels)
    {
        foreach (long? seed in new long?[] { null, 1, 2 })
        {
            VirtualNeuronBoard board = new BoardBuilder(new VirtualBoardOptions { Board = name, Seed = seed }).Solder(new Bench())!;
            Assert.Equal(channels, board.Count);
            for (int i = 0; i < channels; i++)
            {
                board.Drive(i, 0, name == "msbn" ? 1.6 : 2.2);
            }

            for (int i = 0; i < channels; i++)
            {
                Assert.True(board.Rises(i, 1) > 0, name + " is silent");
            }
        }
    }

    [Fact]
    public void A_board_that_does_not_exist_is_refused_with_those_that_do()
    {
        DeviceException problem = Assert.Throws<DeviceException>(
            () => new BoardBuilder(new VirtualBoardOptions { Board = "thyristor-startr" }));
        Assert.Contains("thyristor-starter", problem.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_without_neurons_has_no_faults()
    {
        DeviceException problem = Assert.Throws<DeviceException>(
            () => new BoardBuilder(new VirtualBoardOptions { Board = "ears-devkit", Faults = ["latched:n1"] }));
        Assert.Equal(DeviceErrorKind.NotSupported, problem.Kind);
    }

    [Fact]
    public void A_virtual_device_sits_on_the_board_that_is_asked_for_and_each_specimen_is_a_device_of_its_own()
    {
        BoardSpecimen? before = null;
        foreach (long seed in new long[] { 1, 2 })
        {
            using var device = new BenchDevice(new VirtualDeviceOptions
            {
                Ephemeral = true,
                Board = new VirtualBoardOptions { Board = Starter, Seed = seed },
            });
            Assert.Equal(Starter, device.Board.Name);
            Assert.Equal(2, device.Neurons!.Count);
            BoardSpecimen specimen = device.Neurons.Specimen;
            Assert.Equal(seed, specimen.Seed);
            Assert.NotEqual(before?.Channels[0].Part, specimen.Channels[0].Part);
            before = specimen;
            device.PowerCycle();
            Assert.Same(specimen, device.Neurons.Specimen);
        }
    }
}
