// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Nodes;

/// <summary>The driver of crossbar-8 on its virtual board: what it does to source, switches and lines is what the nodes get.</summary>
public sealed class CrossbarArrayTests
{
    private const double Full = 100e-6;
    private const double Tap = 4e-6;
    private const int Chosen = 19;

    [Theory]
    [InlineData(null)]
    [InlineData(7L)]
    public void A_reading_is_within_three_percent_and_leaves_no_voltage(long? seed)
    {
        using var rig = new Rig(seed);
        foreach (int node in Enumerable.Range(0, 64).Where(n => n % 5 == 0))
        {
            rig.Devices.Pulse(node, 2, node * 1e-4, 1, rig.Time);
        }

        long changes = rig.Devices.Changes;
        for (int node = 0; node < 64; node++)
        {
            // The board's own parts are of 1 % each: feedback and divider; 2 Ω of wire from one node to the next.
            double seen = rig.Driver.Read(node) / 1e6;
            Assert.InRange(seen - (rig.Devices.Conductance(node, rig.Time) / Full), -0.03, 0.03);
            Assert.All(Enumerable.Range(0, 64), n => Assert.Equal(0, rig.Board.Across(n)));
        }

        Assert.Empty(rig.Violations);
        Assert.Empty(rig.Bench.Pins.Conflicts);
        Assert.Equal(changes, rig.Devices.Changes);
    }

    [Fact]
    public void The_chosen_node_gets_the_pulse_its_row_and_column_half_and_the_rest_nothing()
    {
        using var rig = new Rig(null);
        var most = new double[64];
        double from = 0;
        double width = 0;
        rig.Bench.Pins.Listen(Rig.EnablePin, change =>
        {
            for (int n = 0; n < 64; n++)
            {
                most[n] = change.Value > 0 ? rig.Board.Across(n) : most[n];
            }

            width = change.Value > 0 ? width : change.Time - from;
            from = change.Time;
        });
        rig.Driver.Pulse(Chosen, -3000, 1000, 1000);
        for (int n = 0; n < 64; n++)
        {
            double wanted = n == Chosen ? -3 : n / 8 == Chosen / 8 || n % 8 == Chosen % 8 ? -1.5 : 0;
            Assert.InRange(most[n] - wanted, -0.006, 0.006);
        }

        Assert.InRange(width, 990, 1020);
        Assert.InRange(rig.Board.Largest, 2.99, 3.01);
        Assert.All(Enumerable.Range(0, 64), n => Assert.Equal(0, rig.Board.Across(n)));
        Assert.Equal(2048, rig.Source.Code(0));
        Assert.Equal(2048, rig.Source.Code(1));
    }

    [Fact]
    public void A_long_voltage_ends_with_its_release_and_only_then()
    {
        using var rig = new Rig(null);
        rig.Driver.Bias(Chosen, 2000, 1000);
        rig.Bench.Clock.IdleTo(rig.Bench.Clock.Now + 30_000);
        Assert.InRange(rig.Board.Across(Chosen), 1.99, 2.01);
        double before = rig.Devices.Conductance(Chosen, 0);
        rig.Driver.Release();
        Assert.Equal(0, rig.Board.Across(Chosen));
        Assert.True(rig.Devices.Conductance(Chosen, rig.Time) > before);
        rig.Driver.Release();
    }

    [Fact]
    public void A_node_that_may_draw_more_than_it_is_allowed_gets_less_voltage()
    {
        using var rig = new Rig(null, new NodeFault(Chosen, NodeFaultKind.StuckOn));
        rig.Driver.Pulse(Chosen, 2000, 1000, 50);

        // 100 uS and 50 uA: half a volt, by a reading that parts of 1 % and the noise of the node have a share in.
        Assert.InRange(rig.Board.Largest, 0.46, 0.54);
    }

    [Fact]
    public void Without_the_path_for_large_currents_the_amplifier_lets_go()
    {
        using var rig = new Rig(null, [.. Enumerable.Range(0, 64).Select(n => new NodeFault(n, NodeFaultKind.StuckOn))]);
        rig.Driver.Pulse(Chosen, 4000, 100, 1000);
        Assert.InRange(rig.Board.Largest, 3.99, 4.01);
        rig.Driver.Bias(Chosen, 4000, 270);
        Assert.InRange(rig.Board.Across(Chosen), 0.5, 2.5);
        rig.Driver.Release();
    }

    [Theory]
    [InlineData("rows", 0x4a)]
    [InlineData("columns", 0x4b)]
    [InlineData("converter", 0x48)]
    public void A_part_that_does_not_answer_is_named_and_nothing_is_pulsed(string part, int address)
    {
        using var rig = new Rig(null, missing: address);
        Assert.Throws<InvalidOperationException>(() => rig.Driver.Read(0));
        Assert.Equal(address, rig.Driver.Chip);
        rig.Driver.Release();
        Assert.Equal(0, rig.Board.Across(0));
        if (part != "converter")
        {
            Assert.Throws<InvalidOperationException>(() => rig.Driver.Pulse(0, 4000, 1000, 1000));
            Assert.Equal(0, rig.Board.Largest);
        }
    }

    [Fact]
    public void Amplifiers_without_supply_are_no_reading()
    {
        using var rig = new Rig(null);
        rig.Board.IsSupplied = false;
        Assert.Throws<InvalidOperationException>(() => rig.Driver.Read(Chosen));
    }

    private sealed class Rig : IDisposable
    {
        public const int EnablePin = 17;

        private const int WritePin = 16;

        private readonly IDisposable _scope;
        private readonly VirtualAdg715 _rows = new(0x4a);
        private readonly VirtualAdg715 _columns = new(0x4b);
        private readonly VirtualAds1115[] _converters = [new(0x48), new(0x49)];

        public Rig(long? seed, params NodeFault[] faults)
            : this(seed, 0, faults)
        {
        }

        public Rig(long? seed, int missing, params NodeFault[] faults)
        {
            Bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
            _scope = Bench.Use(Bench);
            Bench.Spi(2).Attach(Source, 18, 23, -1, 19);
            (int Address, II2cChip Chip)[] wired =
                [(0x4a, _rows), (0x4b, _columns), (0x48, _converters[0]), (0x49, _converters[1])];
            foreach ((_, II2cChip chip) in wired.Where(w => w.Address != missing))
            {
                Bench.I2c(1).Attach(chip, 25, 26);
            }

            // A node that moves by a tap for each 4 us of 1.6 V and more: whatever reaches it shows.
            Dictionary<string, double> numbers = new(StringComparer.Ordinal)
            {
                ["G_max"] = Full,
                ["taps"] = 257,
                ["V_t"] = 1.6,
                ["V_p"] = 2,
                ["t_p"] = Tap,
            };
            Devices = new VirtualNodeArray(new NodeArrayPlan
            {
                Rows = 8,
                Columns = 8,
                Law = "digital-potentiometer",
                Parameters = numbers,
                ReadVolts = 0.1,
                Crossbar = true,
                SegmentOhms = 2,
                ReadNoise = 0.001,
            }, seed, faults);
            Board = new VirtualCrossbarBoard(Devices, 2.5, 20_000, seed, new CrossbarChips(Source, _rows, _columns, _converters));
            Bench.Pins.Listen(EnablePin, change => Board.Enable(change.Value > 0, change.Time));
            Bench.Pins.Listen(WritePin, change => Board.Write(change.Value > 0, change.Time));
            Driver = Open();
        }

        public Bench Bench { get; }

        public VirtualAd5328 Source { get; } = new(2.5);

        public VirtualNodeArray Devices { get; }

        public VirtualCrossbarBoard Board { get; }

        public CrossbarArray Driver { get; }

        public double Time => Bench.Clock.Now / 1e6;

        public IEnumerable<string> Violations => [.. Source.Violations, .. _rows.Violations, .. _columns.Violations,
            .. _converters.SelectMany(c => c.Violations)];

        public void Dispose() => _scope.Dispose();

        private static CrossbarArray Open()
        {
            var pins = new GpioController();
            I2cPort.SetPins(1, 25, 26);
            SpiPort.SetPins(2, 18, 23, -1);
            Ads1115 Converter(int address)
                => new(I2cPort.Open(1, address, 400_000), new EspClock(), CrossbarArray.ConverterGain);
            var parts = new CrossbarParts
            {
                Source = new Ad5328(SpiPort.Open(2, 19, 1, 10_000_000, false)),
                PickRow = new Adg715(I2cPort.Open(1, 0x4a, 400_000)),
                PickColumn = new Adg715(I2cPort.Open(1, 0x4b, 400_000)),
                Columns = [Converter(0x48), Converter(0x49)],
                Enable = new DigitalOutput(pins, EnablePin, false),
                Write = new DigitalOutput(pins, WritePin, false),
            };
            var board = new CrossbarSettings
            {
                Rows = 8,
                Columns = 8,
                FullScale = 100_000_000,
                ReferenceMillivolts = 2500,
                ReadMillivolts = 100,
                FeedbackOhms = 20_000,
            };
            return new CrossbarArray(board, parts, new EspClock());
        }

    }
}
