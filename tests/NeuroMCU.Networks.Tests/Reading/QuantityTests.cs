// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks.Tests.Reading;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("20 ms", 20, "ms")]
    [InlineData("20ms", 20, "ms")]
    [InlineData(" -1.5e-3 V ", -1.5e-3, "V")]
    [InlineData("+.5", 0.5, "")]
    [InlineData("3 e", 3, "e")]
    [InlineData("3e2 us", 300, "us")]
    public void Number_and_unit_are_told_apart(string text, double number, string symbol)
    {
        Assert.True(Quantity.TrySplit(text, out double found, out string unit));
        Assert.Equal(number, found);
        Assert.Equal(symbol, unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ms")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e999 ms")]
    [InlineData("NaN")]
    public void What_is_no_finite_number_is_refused(string text)
    {
        Assert.False(Quantity.TrySplit(text, out _, out _));
    }

    [Fact]
    public void Every_finite_number_reads_back_as_written()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat>(),
            x => Quantity.TrySplit(x.Get.ToString("R", CultureInfo.InvariantCulture) + " mV", out double back, out string unit)
                && back.Equals(x.Get) && string.Equals(unit, "mV", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("ms", 1000)]
    [InlineData("\u00b5s", 1)]
    [InlineData("\u03bcs", 1)]
    [InlineData("kHz", 1000)]
    [InlineData("V", 1000)]
    [InlineData("uA", 1)]
    [InlineData("\u03bcA", 1)]
    [InlineData("nC", 1)]
    [InlineData("nF", 1e-3)]
    [InlineData("Ohm", 1e-3)]
    [InlineData("M\u2126", 1e3)]
    public void Units_scale_to_the_base_unit(string symbol, double scale)
    {
        Assert.Equal(scale, Unit.Find(symbol)!.Scale);
    }

    [Fact]
    public void Case_of_a_unit_matters()
    {
        Assert.Null(Unit.Find("MS"));
        Assert.Equal("ms", Suggestion.Nearest("MS", ["s", "ms", "Hz"]));
    }

    [Fact]
    public void Edit_distance_is_a_metric_on_samples()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            ArbMap.Default.ArbFor<NonNull<string>>(),
            (a, b) => Suggestion.Distance(a.Get, b.Get) == Suggestion.Distance(b.Get, a.Get)
                && Suggestion.Distance(a.Get, a.Get) == 0
                && Suggestion.Distance(a.Get, b.Get) >= Math.Abs(a.Get.Length - b.Get.Length)
                && Suggestion.Distance(a.Get, b.Get) <= Math.Max(a.Get.Length, b.Get.Length)).QuickCheckThrowOnFailure();
        Assert.Equal(1, Suggestion.Distance("thershold", "threshold"));
    }
}
