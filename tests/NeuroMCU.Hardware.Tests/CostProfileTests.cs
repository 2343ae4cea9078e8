// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Hardware.Tests;

public sealed class CostProfileTests
{
    [Fact]
    public void Every_figure_of_a_device_names_its_source()
    {
        foreach (string name in CostProfileFile.BuiltInNames.Where(n => n != "ideal"))
        {
            CostProfile profile = CostProfile.Find(name);
            Assert.Equal(name, profile.Name);
            Assert.Equal(1 + Enum.GetValues<DeviceCall>().Length + Enum.GetValues<WorkKind>().Length, profile.Sources.Count);
            Assert.All(profile.Sources.Values, s => Assert.Matches(@"^\[[SMPE]\] \S", s));
        }
    }

    [Fact]
    public void The_published_figures_are_in_the_profiles()
    {
        CostProfile plain = CostProfile.Find("esp32-rev3");
        CostProfile fast = CostProfile.Find("esp32-psram-rev3");
        Assert.Equal(18_500, plain.Of(DeviceCall.GpioToggle));
        Assert.Equal(6_200, fast.Of(DeviceCall.GpioToggle));
        Assert.Equal(300_000, plain.Of(DeviceCall.GpioWrite));
        Assert.Equal(200_000, plain.Of(DeviceCall.DacWrite));
        Assert.Equal(106_000, fast.Of(DeviceCall.DacWrite));
        Assert.InRange(fast.Of(DeviceCall.AdcRead), 100_000, 250_000);
    }

    [Fact]
    public void Ideal_is_free()
    {
        Assert.True(CostProfile.Ideal.IsFree);
        Assert.False(CostProfile.Find("esp32-rev3").IsFree);
    }

    [Fact]
    public void An_unknown_profile_lists_those_that_exist()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CostProfile.Find("esp33"));
        Assert.Contains("esp32-psram-rev3, esp32-rev3, ideal", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("18.5 us", "18.5", "needs a unit")]
    [InlineData("18.5 us", "18.5 s", "needs a unit")]
    [InlineData("18.5 us", "-1 us", "no number of 0 or more")]
    [InlineData("gpio_toggle", "gpio_tickle", "unknown key 'gpio_tickle'")]
    [InlineData("  gpio_write:", "  # gpio_write:", "'gpio_write' is missing")]
    [InlineData("calls:", "calls: [", "not YAML")]
    public void A_wrong_profile_is_refused_with_its_place(string right, string wrong, string message)
    {
        using Stream stream = typeof(CostProfile).Assembly.GetManifestResourceStream(
            "NeuroMCU.VirtualBench.Costs.Profiles.esp32-rev3.yaml")!;
        string text = new StreamReader(stream).ReadToEnd();
        Assert.Contains(right, text, StringComparison.Ordinal);
        FormatException error = Assert.Throws<FormatException>(
            () => CostProfileFile.Read(new StringReader(text.Replace(right, wrong, StringComparison.Ordinal)), "x.yaml"));
        Assert.Matches(@"^x\.yaml:\d+:\d+: ", error.Message);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
