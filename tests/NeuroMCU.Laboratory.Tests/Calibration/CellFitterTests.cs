// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Files;
using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Calibration;

public sealed class CellFitterTests
{
    private static readonly string s_benchDevice = Path.Combine(NetworkTexts.Examples(), "calibration", "bench-device.csv");

    [Fact]
    public void The_closed_form_meets_the_bench_device_within_8_hertz()
    {
        CellFit fit = CellFitter.Fit(RateCsv.Read(s_benchDevice).Points, ThyristorPresets.Get("bench"));

        Assert.InRange(fit.Rmse, 0, 8);
        Assert.DoesNotContain(true, fit.Outliers);
        Assert.InRange(fit.Cell.Onset, 38e-6, 43.6e-6);
        Assert.InRange(fit.Cell.Hold, 97.7e-6, 103e-6);
        Assert.InRange(fit.Cell.Threshold, 2.0, 3.0);
        Assert.True(fit.BlockSeen);
        Assert.False(fit.OnsetSeen);
    }

    [Theory]
    [InlineData("30:0 36:0 42:30 48:50 54:70 90:0")]
    [InlineData("30:0 42:30 42:32 48:50 48:46 54:70 54:70 90:0 90:0")]
    [InlineData("30:0 36:0 36:20 42:30 48:50 54:70 90:0", "36:0-20")]
    [InlineData("30:0 36:20 39:0 42:30 48:50 54:70 90:0", "39:0-30")]
    [InlineData("30:0 42:30 48:50 48:40 54:70 60:80 60:70 90:0", "48:40-50", "60:70-80")]
    [InlineData("30:0 42:30 48:50 54:70 54:0 90:0", "54:0-70")]
    public void Readings_that_no_curve_can_follow_are_found(string table, params string[] conflicts)
    {
        RatePoint[] points = [.. table.Split(' ').Select(p => p.Split(':')).Select(p => new RatePoint(Number(p[0]) * 1e-6, Number(p[1])))];
        Assert.Equal(conflicts, RateConflict.Of(points.Reverse())
            .Select(c => FormattableString.Invariant($"{c.Current * 1e6:0.#}:{c.Lowest:0}-{c.Highest:0}")));
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void The_published_parameters_meet_it_too()
    {
        // R_hi 60.9 kOhm, R_lo 53 Ohm, V_th 2.5 V, I_hold 95 uA; the blocked point and those of the plateau lie beyond its block.
        ThyristorCell cell = ThyristorPresets.Get("bench") with { Onset = 2.5 / (60.9e3 + 2200) };
        RatePoint[] points = [.. RateCsv.Read(s_benchDevice).Points.Where(p => p.Current is < 94e-6 or > 98e-6)];

        Assert.InRange(Math.Sqrt(points.Average(p => Math.Pow(ThyristorRate.Of(cell, p.Current) - p.Rate, 2))), 6, 9);
    }

    [Theory]
    [InlineData("bench")]
    [InlineData("w25")]
    [InlineData("w23")]
    [InlineData("w25-33n")]
    public void Parameters_of_a_known_neuron_are_found_again(string preset)
    {
        ThyristorCell nominal = ThyristorPresets.Get(preset);
        ThyristorCell cell = nominal with { Threshold = nominal.Threshold * 0.97, Onset = nominal.Onset * 0.8, Hold = nominal.Hold * 0.9 };

        CellFit fit = CellFitter.Fit(Measured(cell), nominal);

        Assert.InRange(fit.Rmse, 0, 0.02 * Measured(cell).Max(p => p.Rate));
        Assert.InRange(fit.Cell.Threshold / cell.Threshold, 0.97, 1.03);
        Assert.InRange(fit.Cell.Onset / cell.Onset, 0.985, 1.015);
        Assert.InRange(fit.Cell.Hold / cell.Hold, 0.98, 1.02);
    }

    [Fact]
    public void Knee_and_release_are_fitted_where_the_data_have_them()
    {
        ThyristorCell cell = ThyristorPresets.Get("w25");
        ThyristorCell start = cell with { Knee = 0, Release = 0, OnVoltage = 0 };

        CellFit fit = CellFitter.Fit(Measured(cell), start);

        Assert.Contains("release", fit.Fitted);
        Assert.InRange(fit.Cell.Release, 1e-3, 3e-3);
        Assert.InRange(fit.Rmse, 0, 3);
    }

    [Fact]
    public void One_wrong_point_is_named_and_does_not_bend_the_curve()
    {
        ThyristorCell cell = ThyristorPresets.Get("bench");
        RatePoint[] points = Measured(cell);
        int wrong = points.Length / 2;
        points[wrong] = points[wrong] with { Rate = points[wrong].Rate / 2 };

        CellFit fit = CellFitter.Fit(points, cell with { Threshold = 2 });

        Assert.Equal([wrong], Enumerable.Range(0, points.Length).Where(i => fit.Outliers[i]));
        Assert.InRange(fit.Cell.Threshold, 2.45, 2.55);
        Assert.InRange(Math.Abs(fit.Residuals[wrong]), 0.4 * points[wrong].Rate, 2 * points[wrong].Rate);
    }

    [Fact]
    public void The_height_of_the_spikes_tells_the_resistance_of_the_conducting_thyristor()
    {
        ThyristorCell cell = ThyristorPresets.Get("bench") with { OnResistance = 150 };
        RatePoint[] points = [.. Measured(cell).Select(p => p with { Height = p.Rate > 0 ? ThyristorRate.SpikeHeight(cell) : double.NaN })];

        CellFit fit = CellFitter.Fit(points, ThyristorPresets.Get("bench"));

        Assert.Contains("on_resistance", fit.Fitted);
        Assert.InRange(fit.Cell.OnResistance, 120, 180);
    }

    [Fact]
    public void Too_few_points_are_refused()
    {
        RatePoint[] points = [new(40e-6, 0), new(50e-6, 100), new(60e-6, 140), new(70e-6, 170)];
        Assert.Throws<ArgumentException>(() => CellFitter.Fit(points, ThyristorPresets.Get("bench")));
    }

    // A sweep in steps of an eighth of the firing range, closer at the ends, with what a window of one second leaves of the rate.
    private static RatePoint[] Measured(ThyristorCell cell)
    {
        double span = cell.Hold - cell.Onset;
        IEnumerable<double> shares = [-0.1, -0.02, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.02];
        return [.. shares.Select(s => cell.Onset + (s * span)).Select(i => new RatePoint(i, Math.Round(ThyristorRate.Of(cell, i), 1)))];
    }
}
