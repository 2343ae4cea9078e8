// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Models.Plots;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>Plots of models against what their equations give in closed form.</summary>
public sealed class ModelPlotTests
{
    [Fact]
    public void The_rate_over_the_input_is_that_of_the_closed_form()
    {
        // tau dv/dt = E - v + R·I between reset and threshold.
        string path = Compiled.File("""
            neuromcu-model: 1
            name: leaky
            inputs: {I: {unit: pA, range: [0 pA, 2 nA]}}
            state: {v: {start: -70 mV, range: [-80 mV, -50 mV]}}
            equations: dv/dt = (-70 mV - v + 0.1 GOhm*I)/(20 ms)
            spike: {when: v >= -50 mV, then: v = -65 mV}
            """);
        LinesSection rates = ModelPlot.Of(path, new PlotSettings { Step = 50, Sweep = "0..1000 pA" }).Sections.OfType<LinesSection>()
            .Single(s => s.YLabel == "rate (Hz)");
        foreach ((double i, double f) in rates.Series[0].X.Zip(rates.Series[0].Y))
        {
            double above = (0.1 * i) - 20;
            Assert.Equal(above <= 0 ? 0 : 1000 / (20 * Math.Log(((0.1 * i) - 5) / above)), f, Math.Max(1.2, 0.015 * f));
        }
    }

    [Fact]
    public void Nullclines_lie_where_the_rates_are_zero()
    {
        CurvesSection plane = ModelPlot.Of("fitzhugh-nagumo", new PlotSettings { Preset = "firing" }).Sections.OfType<CurvesSection>()
            .Single();
        LineSeries cubic = plane.Series.Single(s => s.Name == "dv/dt = 0");
        LineSeries line = plane.Series.Single(s => s.Name == "dw/dt = 0");
        Assert.All(cubic.X.Zip(cubic.Y).Where(p => double.IsFinite(p.First)),
            p => Assert.Equal(p.First - (Math.Pow(p.First, 3) / 3) + 0.5, p.Second, 0.002));
        Assert.All(line.X.Zip(line.Y).Where(p => double.IsFinite(p.First)), p => Assert.Equal((p.First + 0.7) / 0.8, p.Second, 0.002));
        Assert.True(cubic.X.Length > 200);
    }

    [Fact]
    public void A_memory_channel_shows_its_loops()
    {
        // With G = G0 + k·V behind a delay of tau the loop of G is an ellipse whose height at V = 0 follows from tau.
        string path = Compiled.File("""
            neuromcu-model: 1
            name: channel
            inputs: {V: {unit: V, range: [-1 V, 1 V]}}
            state: {G: {start: 5 nS, range: [0 nS, 10 nS]}}
            equations: dG/dt = (5 nS + 3 nS*V/(1 V) - G)/(100 s)
            """);
        CurvesSection[] loops = [.. ModelPlot.Of(path, new PlotSettings { Period = 628.3 }).Sections.OfType<CurvesSection>()];
        Assert.Equal(["Current over voltage", "Conductance over voltage"], loops.Select(l => l.Title));
        LineSeries g = loops[1].Series[0];
        int zero = Enumerable.Range(1, g.X.Length - 1).First(i => g.X[i - 1] < 0 && g.X[i] >= 0);
        int back = Enumerable.Range(1, g.X.Length - 1).First(i => g.X[i - 1] > 0 && g.X[i] <= 0);
        Assert.Equal(10, g.Y[zero] + g.Y[back], 0.01);

        // First harmonic of the triangle, 8/pi^2, behind a low pass at 2 pi f tau = 1: 3·0.81·0.5; the next ones change it by a few per
        // cent.
        Assert.Equal(1.216, g.Y[back] - 5, 0.1);
        Assert.Equal(0, loops[0].Series[0].Y[zero], 0.05);
    }

    [Fact]
    public void A_model_that_only_answers_is_shown_with_its_first_spikes()
    {
        ModelPlot plot = ModelPlot.Of("adex", new PlotSettings { Preset = "transient" });
        Assert.Equal("step of I to 180 pA", plot.Shown);
        Assert.Contains(plot.Sections.OfType<LinesSection>(), s => s.Title == "Input");
        Assert.Equal(0, plot.Sections.OfType<LinesSection>().First().Series[0].Y.Max(), 6);
    }

    // The device's loop lies on that of double precision but for single samples where a channel switches, and both are closed.
    [Theory]
    [InlineData("nanofluidic-unipolar", "")]
    [InlineData("nanofluidic-bipolar", "scaled")]
    [InlineData("lithium-tiox", "volatile")]
    [InlineData("asymmetric-channel", "usual")]
    [InlineData("tiox-memristor", "")]
    public void A_memory_channel_has_the_same_loops_on_the_device(string model, string preset)
    {
        ModelPlot plot = ModelPlot.Of(model, new PlotSettings { Preset = preset });
        Assert.Null(plot.NotOnDevice);
        foreach (CurvesSection loop in plot.Sections.OfType<CurvesSection>())
        {
            double[] exact = loop.Series[0].Y;
            double[] device = loop.Series[1].Y;
            double height = exact.Where(double.IsFinite).Max() - exact.Where(double.IsFinite).Min();
            Assert.EndsWith("device", loop.Series[1].Name, StringComparison.Ordinal);
            Assert.Equal(exact.Length, device.Length);
            Assert.InRange(exact.Zip(device).Count(p => Math.Abs(p.First - p.Second) > 1e-3 * height), 0, 4);
            Assert.Equal(exact[0], exact[^1], 2e-3 * height);
        }
    }

    // Its conductance goes by the magnitude of the voltage: a butterfly, widest near 2 pi (2f) tau = 1, that is at 12.6 times its memory.
    [Fact]
    public void The_widest_loop_of_a_twisted_channel_is_found()
    {
        CurvesSection loop = ModelPlot.Of("nanofluidic-unipolar", new PlotSettings { Preset = "scaled" }).Sections.OfType<CurvesSection>().Last();
        double period = double.Parse(System.Text.RegularExpressions.Regex.Match(loop.Note!, "period of ([0-9.]+) s").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(period, 0.7, 2.0);
    }

    [Fact]
    public void A_loop_too_slow_for_a_waveform_says_so()
    {
        ModelPlot plot = ModelPlot.Of("nanofluidic-bipolar", new PlotSettings { Period = 3000 });
        Assert.Contains("2147 s", plot.NotOnDevice, StringComparison.Ordinal);
        Assert.All(plot.Sections.OfType<CurvesSection>(), s => Assert.Single(s.Series));
    }

    [Fact]
    public void Presets_stand_beside_each_other()
    {
        ModelPlot plot = ModelPlot.Beside("adex", ["tonic", "transient"], new PlotSettings { Duration = 0.6 });
        LinesSection[] sections = [.. plot.Sections.Cast<LinesSection>()];
        Assert.Equal(2, sections.Length);
        Assert.Matches("^tonic: (59|60|61) spikes$", sections[0].Title);
        Assert.Equal("transient: 1 spike", sections[1].Title);
        Assert.All(sections, s => Assert.Equal(sections[0].Series[0].X[^1], s.Series[0].X[^1], 1e-6));
        Assert.All(sections, s => Assert.EndsWith("device", s.Series[1].Name, StringComparison.Ordinal));
        Assert.All(sections, s => Assert.Equal([sections.SelectMany(p => p.Series).Min(l => l.Y.Min()),
            sections.SelectMany(p => p.Series).Max(l => l.Y.Max())], s.Ordinates));
        Assert.Equal("adex: tonic, transient", plot.Report().Title);
    }

    [Fact]
    public void A_step_that_is_unstable_is_told_beside_the_picture()
    {
        string path = Compiled.File("neuromcu-model: 1\nname: stiff\nstate: {x: {start: 1, range: [-4, 4]}}\n"
            + "equations: dx/dt = -x*(1 + x*x)/(20 us)\n");
        ModelPlot plot = ModelPlot.Of(path, new PlotSettings { Step = 100 });
        Assert.Contains("is too long for `euler`", Assert.Single(plot.Findings).Message, StringComparison.Ordinal);
    }
}
