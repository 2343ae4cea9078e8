// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using NeuroMCU.Host.Calibration;
using NeuroMCU.Host.Calibration.Files;

namespace NeuroMCU.Host.Tests.Calibration
{
    public sealed class RateCsvTests
    {
        [Fact]
        public void Columns_name_their_unit_and_may_stand_in_any_order()
        {
            IReadOnlyList<RatePoint> points = RateCsv.Parse(["# bench", "height_mV,rate_kHz,current_mA", "1500,0.2,0.06", "", ",0,0.04"], "f.csv");

            Assert.Equal(2, points.Count);
            Assert.Equal(40e-6, points[0].Current, 12);
            Assert.True(double.IsNaN(points[0].Height));
            Assert.Equal(200, points[1].Rate, 9);
            Assert.Equal(1.5, points[1].Height, 9);
        }

        [Theory]
        [InlineData("", "f.csv: holds no points")]
        [InlineData("current_uA,rate_Hz", "f.csv: holds no points")]
        [InlineData("current,rate_Hz\n1,2", "f.csv, line 1: there is no column `current`")]
        [InlineData("current_uA\n1", "f.csv, line 1: the header is `current_uA`")]
        [InlineData("current_uA,rate_Hz,rate_kHz\n1,2,3", "f.csv, line 1: the header is")]
        [InlineData("current_uA,rate_Hz\n1", "f.csv, line 2: has 1 cells, the header 2")]
        [InlineData("# c\ncurrent_uA,rate_Hz\n1,x", "f.csv, line 3: `rate_Hz` is `x`, expected a number")]
        [InlineData("current_uA,rate_Hz\n-1,2", "f.csv, line 2: `current_uA` is `-1`")]
        [InlineData("current_uA,rate_Hz\n1,nan", "f.csv, line 2: `rate_Hz` is `nan`")]
        public void What_is_wrong_is_named_with_its_line(string text, string message)
        {
            CalibrationException problem = Assert.Throws<CalibrationException>(() => RateCsv.Parse(text.Split('\n'), "f.csv"));
            Assert.Equal(CalibrationErrorKind.Data, problem.Kind);
            Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
            Assert.NotEmpty(problem.Next);
        }
    }
}
