// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Laboratory.Calibration.Files;
using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Tests.Calibration;

public sealed class RateCsvTests
{
    // A W25-like curve: silent, then rising by 3.2 Hz/uA, then blocked.
    private static readonly (double Current, double Rate)[] s_curve =
        [.. Enumerable.Range(0, 23).Select(k => (30.0 + (3 * k), k is < 4 or > 19 ? 0 : 30 + (9.6 * (k - 4))))];

    public static TheoryData<string> Dialects => new(
        Table("current_uA,rate_Hz\n", "{0},{1}\n"),
        Table("\"current_uA\",\"rate_Hz\"\n", "\"{0}\",\"{1}\"\n"),
        Table("Current (uA),Rate (Hz)\r\n", "{0},{1}\r\n"),
        Table("CURRENT_UA\tRATE_HZ\n", "{0}\t{1}\n"),
        Table("current [µA] ; rate [Hz]\n", "{0} ; {1}\n", comma: true),
        Table("Instrument,SMU-1\nDate,2025-01-02\n\ncurrent_uA,rate_Hz\n", "{0},{1}\n"),
        Table("# Instrument: SMU-1\nrate,current\nHz,uA\n", "{1},{0}\n"),
        Table("point,current_uA,voltage_V,rate_Hz\n", "7,{0},1.2,{1}\n"),
        Table("current_uA,rate_Hz,\n", "{0},{1},\n") + ",,\n,,\n",
        Table("current_uA rate_Hz\n", "{0}   {1}\n"),
        Table("current_A,rate_kHz\n", "{2},{3}\n"));

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_table_gives_the_same_points_whatever_program_wrote_it(string text)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode,
            Encoding.Latin1 })
        {
            byte[] mark = encoding.GetPreamble();
            IReadOnlyList<RatePoint> points = RateCsv.Parse([.. mark, .. encoding.GetBytes(text)], "f.csv").Points;
            Assert.Equal(s_curve.Length, points.Count);
            Assert.All(points.Zip(s_curve), pair =>
            {
                Assert.Equal(pair.Second.Current, pair.First.Current * 1e6, 6);
                Assert.Equal(pair.Second.Rate, pair.First.Rate, 6);
            });
        }
    }

    [Fact]
    public void Columns_name_their_unit_and_may_stand_in_any_order()
    {
        IReadOnlyList<RatePoint> points = Points("# bench\nheight_mV,rate_kHz,current_mA\n1500,0.2,0.06\n\n,0,0.04\n");

        Assert.Equal(2, points.Count);
        Assert.Equal(40e-6, points[0].Current, 12);
        Assert.True(double.IsNaN(points[0].Height));
        Assert.Equal(200, points[1].Rate, 9);
        Assert.Equal(1.5, points[1].Height, 9);
    }

    [Theory]
    [InlineData("", "f.csv, line 1: is empty")]
    [InlineData("current_uA,rate_Hz", "f.csv: holds no points")]
    [InlineData("current,rate_Hz\n1,2", "f.csv, line 1: `current` names no unit")]
    [InlineData("current_pC,rate_Hz\n1,2", "f.csv, line 1: `current_pC` is in `pC`, which is no unit of this column")]
    [InlineData("current_uA\n1", "f.csv, line 1: the header is `current_uA`")]
    [InlineData("x\n\ncurrent_uA,rate_Hz,rate_kHz\n1,2,3", "f.csv, line 3: the header names `rate` 2 times")]
    [InlineData("current_uA,rate_Hz\n1", "f.csv, line 2: has 1 cells, the header 2")]
    [InlineData("current_uA,rate_Hz\n1,5,0", "f.csv, line 2: has 3 cells, the header 2")]
    [InlineData("# c\ncurrent_uA,rate_Hz\n\n1,x", "f.csv, line 4: `rate_Hz` is `x`, expected a number")]
    [InlineData("current_uA,rate_Hz\n-1,2\n9,3", "f.csv, line 2: `current_uA` is `-1`")]
    [InlineData("current_uA,rate_Hz\n-1,2\n-9,3", "f.csv, line 2: `current_uA` is `-1`, and so are all others")]
    [InlineData("current_uA,rate_Hz\n1,nan", "f.csv, line 2: `rate_Hz` is `nan`")]
    [InlineData("current_uA,rate_Hz\n1,", "f.csv, line 2: `rate_Hz` is empty")]
    [InlineData("current_A,rate_Hz\n30,5", "f.csv, line 2: `current_A` is `30`, that is 30 A")]
    [InlineData("current_uA;rate_Hz\n1,5;5\n2;5.5\n3;6.5", "f.csv, line 2: `current_uA` `1,5` is written with a decimal comma")]
    [InlineData("current_uA;rate_Hz\n1,234;5", "f.csv, line 2: `current_uA` `1,234` is either")]
    public void What_is_wrong_is_named_with_its_line(string text, string message)
    {
        CalibrationException problem = Assert.Throws<CalibrationException>(() => Points(text));
        Assert.Equal(CalibrationErrorKind.Data, problem.Kind);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Next!);
    }

    [Theory]
    [InlineData("9.91E37")]
    [InlineData("+9.9E+37")]
    [InlineData("-9.9E37")]
    [InlineData("3.4028235E+38")]
    [InlineData("OVLD")]
    [InlineData("OL")]
    public void The_overload_value_of_an_instrument_is_no_reading(string value)
    {
        string message = Assert.Throws<CalibrationException>(() => Points($"current_uA,rate_Hz\n1,2\n3,{value}\n")).Message;
        Assert.StartsWith("f.csv, line 3: ", message, StringComparison.Ordinal);
        Assert.Contains("overload value of the instrument", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_around_zero_counts_as_zero_and_ten_faults_are_enough()
    {
        RateTable table = RateCsv.Parse(Encoding.UTF8.GetBytes("current_uA,rate_Hz\n-0.0012,0\n50,-0.3\n96,174\n"), "f.csv");
        Assert.Equal((2, 0.0, 0.0), (table.Settled, table.Points[0].Current, table.Points[1].Rate));

        string bad = "current_uA,rate_Hz\n" + string.Concat(Enumerable.Range(0, 40).Select(k => $"{k},x\n"));
        string[] lines = Assert.Throws<CalibrationException>(() => Points(bad)).Message.Split('\n');
        Assert.Equal(11, lines.Length);
        Assert.Contains("and 30 more", lines[10], StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_in_a_file_that_is_no_table_is_not_repeated()
    {
        CalibrationException problem = Assert.Throws<CalibrationException>(() => Points("root:secret:19000:0\nuser:other:19000:0\n"));
        Assert.DoesNotContain("secret", problem.Message + problem.Next, StringComparison.Ordinal);
        Assert.Throws<CalibrationException>(() => RateCsv.Parse([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0], "f.csv"));
    }

    [Fact]
    public void A_fit_that_explains_nothing_is_none()
    {
        ThyristorCell cell = ThyristorPresets.Get("bench");
        CellFit good = CellFitter.Fit(Points(Table("current_uA,rate_Hz\n", "{0},{1}\n")), cell);
        CellFit constant = CellFitter.Fit([.. s_curve.Select(p => new RatePoint(p.Current * 1e-6, 50))], cell);
        CellFit thousandth = CellFitter.Fit([.. s_curve.Select(p => new RatePoint(p.Current * 1e-9, p.Rate))], cell);
        CellFit thousandfold = CellFitter.Fit([.. s_curve.Select(p => new RatePoint(p.Current * 1e-6, p.Rate * 1e3))], cell);
        Assert.Equal((true, false, false, false), (good.IsExplanation, constant.IsExplanation, thousandth.IsExplanation,
            thousandfold.IsExplanation));
        Assert.True(good.Settled);
    }

    [Fact]
    public void One_point_measured_again_is_one_point()
    {
        RatePoint[] points = [.. Enumerable.Repeat(new RatePoint(60e-6, 90), 12), new RatePoint(70e-6, 120), new RatePoint(80e-6, 150)];
        Assert.Equal(3, CellFitter.FiringCurrents(points));
        Assert.Throws<ArgumentException>(() => CellFitter.Fit(points, ThyristorPresets.Get("bench")));
    }

    private static IReadOnlyList<RatePoint> Points(string text) => RateCsv.Parse(Encoding.UTF8.GetBytes(text), "f.csv").Points;

    private static string Table(string header, string row, bool comma = false)
    {
        string Number(double value) => FormattableString.Invariant($"{value:0.########}").Replace('.', comma ? ',' : '.');
        return header + string.Concat(s_curve.Select(p => string.Format(
            null, row, Number(p.Current), Number(p.Rate), FormattableString.Invariant($"{p.Current * 1e-6:E6}"), Number(p.Rate / 1e3))));
    }
}
