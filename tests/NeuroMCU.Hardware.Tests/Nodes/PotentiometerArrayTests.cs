// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Nodes;

/// <summary>The driver of nodes-16 and nodes-64 on their virtual boards.</summary>
public sealed class PotentiometerArrayTests
{
    private const double Full = 10e-6;

    [Theory]
    [InlineData(4, 4, null)]
    [InlineData(4, 4, 1L)]
    [InlineData(4, 4, 77L)]
    [InlineData(8, 8, 5L)]
    public void Every_node_goes_where_it_is_set_and_no_other_moves(int rows, int columns, long? seed)
    {
        using var rig = new Rig(rows, columns, seed);
        int count = rows * columns;
        int[] wanted = [.. Enumerable.Range(0, count).Select(n => n * 1_000_000 / (count - 1))];
        for (int node = 0; node < count; node++)
        {
            rig.Driver.Set(node, wanted[node]);
        }

        for (int node = 0; node < count; node++)
        {
            // Resistors of 1 % behind a wiper and in the amplifier, half a tap, and the noise of a reading.
            double set = wanted[node] / 1e6;
            Assert.InRange(rig.Board.Conductance(node) / Full, set - 0.016, set + 0.016);
            Assert.InRange(rig.Driver.Read(node) / 1e6, set - 0.03, set + 0.03);
        }

        Assert.Empty(rig.Violations);
        Assert.Empty(rig.Bench.Pins.Conflicts);
    }

    [Fact]
    public void Half_a_tap_is_the_most_that_a_nominal_node_is_off()
    {
        using var rig = new Rig(4, 4, null);
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), value =>
        {
            // The wiper's 75 ohms stand in no reckoning of the driver: 0.075 % at the top. There a tap moves the conductance by up to a
            // tenth more than by 1/256, as the divider's own resistance falls: 10 kOhm of track before 100 kOhm.
            rig.Driver.Set(5, value);
            double set = value / 1e6;
            return Math.Abs((rig.Board.Conductance(5) / Full) - set) < (0.5 * (1 + (0.1 * set)) / 256) + (set * 0.00075) + 1e-4;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_reading_sees_no_other_node_of_the_column_and_no_offset()
    {
        using var rig = new Rig(4, 4, 3);
        rig.Driver.Set(1, 300_000);
        int alone = rig.Driver.Read(1);
        foreach (int other in new[] { 5, 9, 13 })
        {
            rig.Driver.Set(other, 1_000_000);
        }

        Assert.InRange(rig.Driver.Read(1) - alone, -4000, 4000);
    }

    [Fact]
    public void A_full_pulse_moves_a_node_by_its_share_of_what_remains_and_thirty_up_and_down_come_back()
    {
        using var rig = new Rig(4, 4, null);
        rig.Driver.Set(0, 0);
        rig.Driver.Pulse(0, 2000, 100, 100);
        Assert.InRange(rig.Driver.Read(0), 150_000, 170_000);
        rig.Driver.Pulse(0, 1200, 100, 100);
        Assert.InRange(rig.Driver.Read(0), 150_000, 170_000);
        rig.Driver.Set(0, 500_000);
        for (int i = 0; i < 30; i++)
        {
            rig.Driver.Pulse(0, 2000, 10, 100);
        }

        int up = rig.Driver.Read(0);
        for (int i = 0; i < 30; i++)
        {
            rig.Driver.Pulse(0, -2000, 10, 100);
        }

        Assert.InRange(up, 650_000, 750_000);
        Assert.True(rig.Driver.Read(0) < up);
        for (int i = 0; i < 200; i++)
        {
            rig.Driver.Pulse(0, -2000, 100, 100);
        }

        Assert.InRange(rig.Driver.Read(0), 0, 3000);
    }

    [Fact]
    public void Small_pulses_add_up_to_a_tap()
    {
        using var rig = new Rig(4, 4, null);
        rig.Driver.Set(3, 500_000);
        int before = rig.Pots[0].Position(3);
        for (int i = 0; i < 10; i++)
        {
            rig.Driver.Pulse(3, 2000, 1, 100);
        }

        Assert.InRange(rig.Pots[0].Position(3) - before, 1, 3);
    }

    [Fact]
    public void A_long_pulse_ends_with_its_release()
    {
        using var rig = new Rig(4, 4, null);
        rig.Driver.Set(2, 0);
        rig.Driver.Bias(2, 2000, 100);
        rig.Bench.Clock.IdleTo(rig.Bench.Clock.Now + 100_000);
        rig.Driver.Release();
        Assert.InRange(rig.Driver.Read(2), 990_000, 1_010_000);
        rig.Driver.Release();
        Assert.InRange(rig.Driver.Read(2), 990_000, 1_010_000);
    }

    [Fact]
    public void What_is_stored_comes_back_after_power_on_and_what_is_not_does_not()
    {
        using var rig = new Rig(8, 8, 9);
        for (int node = 0; node < 64; node++)
        {
            rig.Driver.Set(node, node * 15_000);
        }

        rig.Driver.Keep();
        int[] kept = [.. rig.Pots.SelectMany(p => Enumerable.Range(0, 4).Select(p.Position))];
        rig.Driver.Set(0, 1_000_000);
        rig.PowerCycle();
        Assert.Equal(kept, rig.Pots.SelectMany(p => Enumerable.Range(0, 4).Select(p.Position)));
        rig.Driver.Pulse(63, -2000, 1, 100);
        Assert.InRange(rig.Driver.Read(63), 920_000, 970_000);
    }

    [Fact]
    public void A_node_without_a_chip_is_told_and_the_rows_are_at_rest_afterwards()
    {
        using var rig = new Rig(4, 4, null, missing: 2);
        Assert.Throws<InvalidOperationException>(() => rig.Driver.Read(0));

        // The chip that was spoken to last is the one that the user has to look at.
        Assert.Equal(0x2d, rig.Driver.Chip);
        rig.Driver.Release();
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(2048, rig.Dac.Code(row)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(8L)]
    public void A_capacitor_gathers_pulses_forgets_them_and_leaves_its_column_alone(long? seed)
    {
        using var rig = new Rig(4, 4, seed, leaks: true);
        rig.Driver.Set(1, 600_000);
        int wiper = rig.Driver.Read(1);
        Assert.InRange(rig.Driver.Read(17), 0, 8000);
        rig.Driver.Pulse(17, 2500, 300, 100);
        int one = rig.Driver.Read(17);
        rig.Driver.Pulse(17, 2500, 300, 100);
        int two = rig.Driver.Read(17);

        // Of a nominal part 4.8 ms lift the gate by 0.86 (1 − e^−0.53) V = 0.35 V: 3.5 uA of 12.
        Assert.InRange(one, seed is null ? 250_000 : 120_000, 340_000);
        Assert.InRange(two, one * 1.3, one * 1.9);
        Assert.InRange(rig.Driver.Read(1) - wiper, -8000, 8000);
        Assert.InRange(rig.Driver.Read(16), 0, 8000);
        rig.Driver.Pulse(17, -2500, 300, 100);
        rig.Bench.Clock.IdleTo(rig.Bench.Clock.Now + 100_000);
        Assert.InRange((double)rig.Driver.Read(17) / two, 0.25, 0.45);
        rig.Driver.Bias(17, 2500, 100);
        rig.Driver.Release();
        Assert.Equal(0, rig.Dac.Code(5));
        Assert.Empty(rig.Violations);
    }

    [Fact]
    public void Stuck_nodes_read_as_they_are()
    {
        using var rig = new Rig(4, 4, null, 0, false, new NodeFault(4, NodeFaultKind.StuckOpen), new NodeFault(6, NodeFaultKind.StuckOn));
        rig.Driver.Set(4, 800_000);
        rig.Driver.Set(6, 100_000);
        Assert.InRange(rig.Driver.Read(4), 0, 3000);
        Assert.InRange(rig.Driver.Read(6), 990_000, 1_010_000);
    }

    private sealed class Rig : IDisposable
    {
        private readonly IDisposable _scope;
        private readonly VirtualTca9548A? _mux;
        private readonly VirtualMcp3208 _adc = new(2.5);
        private readonly int _rows;
        private readonly int _columns;
        private readonly bool _leaks;
        private Ad5328? _out;
        private Mcp3208? _in;

        public Rig(int rows, int columns, long? seed, int missing = 0, bool leaks = false, params NodeFault[] faults)
        {
            (_rows, _columns, _leaks) = (rows, columns, leaks);
            Bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
            _scope = Bench.Use(Bench);
            Dac = new VirtualAd5328(2.5);
            Bench.Spi(2).Attach(Dac, 18, 23, -1, 19);
            Bench.Spi(1).Attach(_adc, 14, 27, 13, 16);
            Pots = [.. Enumerable.Range(0, rows * columns / 4).Select(i => new VirtualMcp4461(0x2c + (i % 4)))];
            _mux = rows * columns > 16 ? new VirtualTca9548A() : null;
            for (int i = 0; i < Pots.Length; i++)
            {
                if (_mux is not null)
                {
                    _mux.Attach(Pots[i], i / 4);
                }
                else if (i != missing - 1)
                {
                    Bench.I2c(1).Attach(Pots[i], 25, 26);
                }
            }

            if (_mux is not null)
            {
                Bench.I2c(1).Attach(_mux, 25, 26);
            }

            var plan = new PotentiometerPlan
            {
                Rows = rows,
                Columns = columns,
                LastRowLeaks = leaks,
                FeedbackOhms = columns > 4 ? 12_000 : 24_000,
            };
            Board = new VirtualPotentiometerBoard(plan, seed, faults, Dac, _adc, Pots);
            Driver = Open();
        }

        public Bench Bench { get; }

        public VirtualAd5328 Dac { get; }

        public VirtualMcp4461[] Pots { get; }

        public VirtualPotentiometerBoard Board { get; }

        public PotentiometerArray Driver { get; private set; }

        public IEnumerable<string> Violations => [.. Dac.Violations, .. _adc.Violations, .. Pots.SelectMany(p => p.Violations),
            .. _mux?.Violations ?? []];

        public void PowerCycle()
        {
            _mux?.Reset();
            foreach (VirtualMcp4461 pot in Pots)
            {
                pot.PowerCycle(Bench.Clock.Now);
            }

            Bench.Clock.IdleTo(Bench.Clock.Now + 1000);
            Driver = Open();
        }

        public void Dispose() => _scope.Dispose();

        private PotentiometerArray Open()
        {
            var board = new PotentiometerSettings
            {
                ReferenceMillivolts = 2500,
                Rows = _leaks ? _rows + 1 : _rows,
                LastRowLeaks = _leaks,
                Columns = _columns,
                FullScale = 10_000_000,
                ReadMillivolts = 1200,
                DisturbMillivolts = 1250,
                PulseMillivolts = 2000,
                PulseMicroseconds = 100,
                PulseShare = 160_000,
                FeedbackOhms = _columns > 4 ? 12_000 : 24_000,
            };
            _out ??= new(SpiPort.Open(2, Pins(2, 18, 23, -1, 19), 1, 10_000_000, false));
            _in ??= new(SpiPort.Open(1, Pins(1, 14, 27, 13, 16), 0, 1_000_000, true));
            I2cPort.SetPins(1, 25, 26);
            Mcp4461[] pots = [.. Pots.Select((_, i) => new Mcp4461(I2cPort.Open(1, 0x2c + (i % 4), 400_000), new EspClock()))];
            return new PotentiometerArray(board, _out, _in, pots, [.. Pots.Select((_, i) => i / 4)],
                _mux is null ? null : new Tca9548A(I2cPort.Open(1, 0x70, 400_000)), new EspClock());
        }

        private static int Pins(int bus, int clock, int mosi, int miso, int select)
        {
            SpiPort.SetPins(bus, clock, mosi, miso);
            return select;
        }
    }
}
