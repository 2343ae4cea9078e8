// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NeuroMCU.Host.Calibration.Files
{
    /// <summary>
    /// Reads a measured f(I) from a CSV file: <c>current_uA,rate_Hz</c> and, if it was measured, <c>height_V</c>. The name of a column says its
    /// unit. Lines that begin with <c>#</c> are comments.
    /// </summary>
    public static class RateCsv
    {
        private const string Expected = "current_uA,rate_Hz[,height_V]";

        private static readonly Dictionary<string, double> s_currents = new(StringComparer.Ordinal)
        {
            ["current_A"] = 1,
            ["current_mA"] = 1e-3,
            ["current_uA"] = 1e-6,
            ["current_nA"] = 1e-9,
        };

        private static readonly Dictionary<string, double> s_rates = new(StringComparer.Ordinal) { ["rate_Hz"] = 1, ["rate_kHz"] = 1e3 };

        private static readonly Dictionary<string, double> s_heights = new(StringComparer.Ordinal) { ["height_V"] = 1, ["height_mV"] = 1e-3 };

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <returns>Its points, in order of ascending current.</returns>
        /// <exception cref="CalibrationException">A line cannot be used.</exception>
        public static IReadOnlyList<RatePoint> Read(string path) => Parse(File.ReadAllLines(path), path);

        /// <summary>Reads lines.</summary>
        /// <param name="lines">Lines of a file.</param>
        /// <param name="path">Name of the file for messages.</param>
        /// <returns>The points, in order of ascending current.</returns>
        /// <exception cref="CalibrationException">A line cannot be used.</exception>
        public static IReadOnlyList<RatePoint> Parse(IReadOnlyList<string> lines, string path)
        {
            ArgumentNullException.ThrowIfNull(lines);
            Layout? layout = null;
            List<RatePoint> points = [];
            for (int i = 0; i < lines.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i]) || lines[i].StartsWith('#'))
                {
                    continue;
                }

                string place = string.Create(CultureInfo.InvariantCulture, $"{path}, line {i + 1}");
                string[] cells = Array.ConvertAll(lines[i].Split(','), c => c.Trim());
                if (layout is null)
                {
                    layout = Layout.Of(cells, place);
                }
                else
                {
                    points.Add(layout.Point(cells, place));
                }
            }

            if (layout is null || points.Count == 0)
            {
                throw Wrong(path, "holds no points", "write a header line " + Expected + " and a line per point");
            }

            return [.. points.OrderBy(p => p.Current)];
        }

        private static CalibrationException Wrong(string place, string what, string next) => new(CalibrationErrorKind.Data, $"{place}: {what}", null, next);

        private sealed record Layout(string[] Header, int Current, int Rate, int Height)
        {
            public static Layout Of(string[] header, string place)
            {
                int current = Array.FindIndex(header, s_currents.ContainsKey);
                int rate = Array.FindIndex(header, s_rates.ContainsKey);
                int height = Array.FindIndex(header, s_heights.ContainsKey);
                string? unknown = header.FirstOrDefault(h => !s_currents.ContainsKey(h) && !s_rates.ContainsKey(h) && !s_heights.ContainsKey(h));
                if (unknown is not null)
                {
                    string names = string.Join(", ", s_currents.Keys.Concat(s_rates.Keys).Concat(s_heights.Keys));
                    throw Wrong(place, $"there is no column `{unknown}`", $"use {names}");
                }

                return current < 0 || rate < 0 || header.Length != (height < 0 ? 2 : 3)
                    ? throw Wrong(place, $"the header is `{string.Join(',', header)}`, expected `{Expected}`", "name each of the columns once")
                    : new Layout(header, current, rate, height);
            }

            public RatePoint Point(string[] cells, string place)
            {
                if (cells.Length != Header.Length)
                {
                    throw Wrong(place, $"has {cells.Length} cells, the header {Header.Length}", "write one cell per column");
                }

                return new RatePoint(
                    Number(cells, Current, place) * s_currents[Header[Current]],
                    Number(cells, Rate, place) * s_rates[Header[Rate]],
                    Height < 0 || cells[Height].Length == 0 ? double.NaN : Number(cells, Height, place) * s_heights[Header[Height]]);
            }

            private double Number(string[] cells, int column, string place)
            {
                return double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0
                    ? value
                    : throw Wrong(place, $"`{Header[column]}` is `{cells[column]}`, expected a number of at least 0", "correct the cell");
            }
        }
    }
}
