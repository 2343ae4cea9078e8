// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.I2c;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class DisplayTests
{
    private const int Data = 19;
    private const int Clock = 23;

    /// <summary>Random rectangles, lines and dots, drawn a second time without bytes and masks; the glass shows them, and dots that did
    /// not change are not sent.</summary>
    [Fact]
    public void What_is_drawn_is_what_a_person_sees()
    {
        (Bench bench, VirtualSsd1306 chip, Ssd1306 driver) = Display();
        using IDisposable scope = Bench.Use(bench);
        Canvas canvas = new();
        Assert.True(driver.Begin());
        canvas.Forget();
        Send(driver, canvas);
        Assert.True(driver.Light());
        Gen<int> place = Gen.Choose(-20, 140);
        Gen<(int A, int B, int C, int D)> shape =
            place.SelectMany(a => place.SelectMany(b => place.SelectMany(c => place.Select(d => (a, b, c, d)))));
        Prop.ForAll(shape.ListOf(3).ToArbitrary(), shapes =>
        {
            var wanted = new HashSet<(int X, int Y)>();
            canvas.Clear();
            foreach ((int x, int y, int width, int height) in shapes)
            {
                canvas.Fill(x, y, width / 8, height / 8);
                for (int k = x; k < x + (width / 8); k++)
                {
                    for (int j = y; j < y + (height / 8); j++)
                    {
                        wanted.Add((k, j));
                    }
                }

                canvas.Line(x, y, width, height);
                int steps = Math.Max(Math.Abs(width - x), Math.Abs(height - y));
                for (int k = 0; k <= steps; k++)
                {
                    decimal Part(int span) => steps == 0 ? 0 : (decimal)span * k / steps;
                    wanted.Add((x + (int)Math.Round(Part(width - x), MidpointRounding.AwayFromZero),
                        y + (int)Math.Round(Part(height - y), MidpointRounding.AwayFromZero)));
                }
            }

            long before = chip.Written;
            int sent = Send(driver, canvas);
            return chip.Written - before == sent * Canvas.StripeWidth && Send(driver, canvas) == 0 && All((x, y) =>
                chip.IsBright(x, y) == wanted.Contains((x, y)));
        }).QuickCheckThrowOnFailure();
        Assert.Empty(chip.Violations);
        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void Nothing_of_chance_is_ever_seen()
    {
        (Bench bench, VirtualSsd1306 chip, Ssd1306 driver) = Display();
        using IDisposable scope = Bench.Use(bench);
        Canvas canvas = new();
        Assert.True(driver.Begin());
        Assert.True(All((x, y) => !chip.IsBright(x, y)));
        canvas.Forget();
        Assert.Equal(Canvas.Stripes, Send(driver, canvas));
        Assert.True(driver.Light());
        Assert.True(All((x, y) => !chip.IsBright(x, y)));
        canvas.Set(127, 63);
        canvas.Set(0, 0);
        Assert.Equal(2, Send(driver, canvas));
        Assert.True(All((x, y) => chip.IsBright(x, y) == ((x, y) is (0, 0) or (127, 63))));
    }

    [Fact]
    public void A_display_that_is_pulled_off_says_so()
    {
        (Bench bench, VirtualSsd1306 chip, Ssd1306 driver) = Display();
        using IDisposable scope = Bench.Use(bench);
        chip.IsUnplugged = true;
        Assert.False(driver.Begin());
        Assert.False(driver.Show(new Canvas(), 0));
        Assert.False(driver.Light());
        chip.IsUnplugged = false;
        Assert.True(driver.Begin());
    }

    /// <summary>Every printed character has a form of its own that fits five dots by seven, and twice the size is the same form.</summary>
    [Fact]
    public void Characters_are_told_apart_and_double_size_is_the_same_form()
    {
        var forms = new Dictionary<string, char>();
        foreach (char c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-.,:/%()=_*!? ")
        {
            Canvas single = new();
            Canvas twice = new();
            single.Write(3, 1, c.ToString(), 1);
            twice.Write(6, 2, c.ToString(), 2);
            Assert.True(All((x, y) => Dot(single, x / 2, y / 2) == Dot(twice, x, y) || x / 2 >= 64), $"'{c}' at twice the size");
            Assert.True(All((x, y) => !Dot(single, x, y) || (x is >= 3 and < 8 && y is >= 8 and < 15)), $"'{c}' is too large");
            string form = Convert.ToHexString(single.Dots);
            Assert.True(forms.TryAdd(form, c), $"'{c}' looks like '{forms.GetValueOrDefault(form)}'");
            Canvas small = new();
            small.Write(3, 1, char.ToLowerInvariant(c).ToString(), 1);
            Assert.Equal(single.Dots, small.Dots);
        }
    }

    /// <summary>The simulated display against its data sheet: what the driver does not use, and what is forbidden.</summary>
    [Fact]
    public void The_simulated_display_keeps_to_its_data_sheet()
    {
        (Bench bench, VirtualSsd1306 chip, _) = Display();
        using IDisposable scope = Bench.Use(bench);
        I2cDevice wire = I2cDevice.Create(new I2cConnectionSettings(1, 0x3c, I2cBusSpeed.FastMode));
        void Send(params byte[] bytes) => Assert.Equal(I2cTransferStatus.FullTransfer, wire.Write(new SpanByte(bytes)).Status);

        // A window of 3 columns and 2 pages, filled row after row: the seventh byte is where the first was (10.1.3).
        Send(0x00, 0x8d, 0x14, 0xaf, 0x20, 0x00, 0x21, 10, 12, 0x22, 2, 3, 0xa1, 0xc8);
        Send([0x40, .. new byte[1024]]);
        Send(0x00, 0x20, 0x00, 0x21, 0, 127, 0x22, 0, 7);
        Send([0x40, .. new byte[1024]]);
        Send(0x00, 0x21, 10, 12, 0x22, 2, 3);
        Send(0x40, 1, 2, 4, 8, 16, 32, 64);
        Assert.Equal([(10, 22), (10, 27), (11, 17), (11, 28), (12, 18), (12, 29)],
            from x in Enumerable.Range(0, 128) from y in Enumerable.Range(0, 64) where chip.IsBright(x, y) select (x, y));
        Send(0x80, 0xa7);
        Assert.Equal((128 * 64) - 6, Enumerable.Range(0, 128 * 64).Count(k => chip.IsBright(k % 128, k / 128)));
        Send(0x80, 0xae);
        Assert.True(All((x, y) => !chip.IsBright(x, y)));
        Assert.Empty(chip.Violations);

        Send(0x00, 0xd3);
        Send(0x00, 0x8d, 0x10, 0xaf);
        Send(0x00, 0xff);
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, wire.Write(new SpanByte([0x13, 0xae])).Status);
        string[] told = ["without its arguments", "without its pump", "does not have", "six bits are to be 0"];
        Assert.Equal(told.Length, chip.Violations.Count);
        Assert.All(chip.Violations.Zip(told), pair => Assert.EndsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    private static int Send(Ssd1306 driver, Canvas canvas)
    {
        int sent = 0;
        for (int stripe = canvas.NextChanged(0); stripe < Canvas.Stripes; stripe = canvas.NextChanged(stripe + 1))
        {
            Assert.True(driver.Show(canvas, stripe));
            canvas.Accept(stripe);
            sent++;
        }

        return sent;
    }

    private static bool Dot(Canvas canvas, int x, int y) => (canvas.Dots[(y / 8 * Canvas.Width) + x] >> (y % 8) & 1) != 0;

    private static bool All(Func<int, int, bool> holds) =>
        Enumerable.Range(0, Canvas.Width * Canvas.Height).All(k => holds(k % Canvas.Width, k / Canvas.Width));

    private static (Bench Bench, VirtualSsd1306 Chip, Ssd1306 Driver) Display()
    {
        Bench bench = new();
        VirtualSsd1306 chip = new();
        bench.I2c(1).Attach(chip, Data, Clock);
        using IDisposable scope = Bench.Use(bench);
        I2cPort.SetPins(1, Data, Clock);
        return (bench, chip, new Ssd1306(I2cPort.Open(1, 0x3c, 400000)));
    }
}
