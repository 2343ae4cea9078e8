// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Entries of a table at equal distances of 2^Shift units of its variable, the first at Origin.</summary>
/// <param name="Origin">Place of the first entry in units of the variable.</param>
/// <param name="Shift">Distance of two entries as a power of 2.</param>
/// <param name="Error">Largest error of the lines between them, as a fraction of what is allowed.</param>
internal sealed record MadeTable(int Origin, int Shift, double[][] Values, double Error);

/// <summary>
/// Puts functions of one variable into tables: the widest distance of entries at which straight lines keep to what is allowed. Entries are
/// shifted by a twelfth of the second difference, so that the error of each cell is zero on average; ends where the function is
/// straight are cut off.
/// </summary>
internal static class TableMaker
{
    private const int Probes = 5;

    /// <summary>Makes tables of functions of the same variable, with the same places.</summary>
    /// <param name="exponent">Its resolution as a power of 2.</param>
    /// <param name="corners">Places at which a formula ends; the first gets an entry of its own.</param>
    /// <param name="room">Entries of all of them together, at most.</param>
    /// <returns>The tables; null when more entries would be needed than a table may have.</returns>
    public static MadeTable? Make(
        IReadOnlyList<Func<double, double>> functions, IReadOnlyList<Func<double, double[], double>> allowed, Interval range, int exponent,
        IReadOnlyList<double>? corners = null, int room = int.MaxValue)
    {
        double unit = Math.ScaleB(1, exponent);
        int first = (int)Math.Floor(range.Least / unit);
        int most = (int)Math.Ceiling(range.Most / unit);
        int[] turns = [.. (corners ?? []).Select(c => (int)Math.Round(c / unit))];
        for (int shift = 30; shift >= 0; shift--)
        {
            // The device takes the place of the first entry from the variable in 32 bits.
            long aligned = turns.Length == 0 ? first : turns[0] - (((turns[0] - (long)first + (1L << shift) - 1) >> shift) << shift);
            long origin = Math.Max(aligned, Math.Max(int.MinValue, most - (long)int.MaxValue));
            int least = (int)origin;
            long cells = (((long)most - least) >> shift) + 1;
            if (cells + 1 > Math.Min(VectorProgram.MaxEntries, 4L * room / functions.Count))
            {
                return null;
            }

            if (cells < 8)
            {
                continue;
            }

            double[][] values = [.. functions.Select(f => Entries(f, least, shift, (int)cells, unit, turns))];
            double error = Error(functions, allowed, values, least, shift, unit, range.Most, turns);
            if (error <= 1)
            {
                MadeTable made = Trim(values, functions, allowed, least, shift, unit, error);
                return made.Values.Sum(v => (long)v.Length) <= room ? made : null;
            }
        }

        return null;
    }

    private static double[] Entries(Func<double, double> f, int origin, int shift, int cells, double unit, int[] turns)
    {
        double d = Math.ScaleB(unit, shift);
        double[] plain = new double[cells + 3];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = f((origin * unit) + ((i - 1) * d));
        }

        double[] values = new double[cells + 1];
        for (int i = 0; i < values.Length; i++)
        {
            double second = plain[i] - (2 * plain[i + 1]) + plain[i + 2];
            values[i] = plain[i + 1] - (double.IsFinite(second) ? second / 12 : 0);
        }

        foreach (int turn in turns)
        {
            int i = (int)(((long)turn - origin) >> shift);
            if (origin + ((long)i << shift) == turn && i >= 0 && i < values.Length)
            {
                values[i] = (Side(f, turn * unit, -d, unit) + Side(f, turn * unit, d, unit)) / 2;
            }
        }

        return values;
    }

    // What the entry at a corner would be if the formula of one side went on.
    private static double Side(Func<double, double> f, double corner, double d, double unit)
    {
        double at = f(corner + (Math.Sign(d) * unit / 2));
        double second = at - (2 * f(corner + d)) + f(corner + (2 * d));
        return at - (double.IsFinite(second) ? second / 12 : 0);
    }

    private static double Error(IReadOnlyList<Func<double, double>> functions, IReadOnlyList<Func<double, double[], double>> allowed,
        double[][] values, int origin, int shift, double unit, double most, int[] turns)
    {
        double d = Math.ScaleB(unit, shift);
        double step(Func<double, double> f, double x)
        {
            double most = 0;
            foreach (int turn in turns)
            {
                most = Math.Abs(x - (turn * unit)) <= d ? Math.Max(most, Math.Abs(f((turn + 0.5) * unit) - f((turn - 0.5) * unit))) : most;
            }

            return most;
        }

        double worst = 0;
        double[] right = new double[functions.Count];
        for (int i = 0; i + 1 < values[0].Length; i++)
        {
            for (int p = 0; p < Probes; p++)
            {
                double part = (double)p / Probes;
                double x = (origin * unit) + ((i + part) * d);
                if (x > most)
                {
                    return worst;
                }

                for (int k = 0; k < right.Length; k++)
                {
                    right[k] = functions[k](x);
                }

                for (int k = 0; k < right.Length; k++)
                {
                    double[] line = values[k];
                    double error = Math.Abs(line[i] + (part * (line[i + 1] - line[i])) - right[k])
                        / (allowed[k](x, right) + step(functions[k], x));
                    if (!(error <= 1))
                    {
                        return double.PositiveInfinity;
                    }

                    worst = Math.Max(worst, error);
                }
            }
        }

        return worst;
    }

    private static MadeTable Trim(double[][] values, IReadOnlyList<Func<double, double>> functions,
        IReadOnlyList<Func<double, double[], double>> allowed, int origin, int shift, double unit, double error)
    {
        double d = Math.ScaleB(unit, shift);
        int count = values[0].Length;
        bool straight(int from, int to, int first)
        {
            // All entries from..to lie on the line through first and first + 1.
            for (int k = 0; k < values.Length; k++)
            {
                double slope = values[k][first + 1] - values[k][first];
                for (int i = from; i <= to; i += Math.Max(1, (to - from) / 64))
                {
                    double off = values[k][first] + (slope * (i - first)) - values[k][i];
                    double x = (origin * unit) + (i * d);
                    if (Math.Abs(off) > allowed[k](x, [.. functions.Select(f => f(x))]) / 4)
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        int start = Last(0, count - 8, at => straight(0, at, at));
        int end = count - 1 - Last(0, count - 8 - start, at => straight(count - 1 - at, count - 1, count - 2 - at));
        return new MadeTable(origin + (start << shift), shift, [.. values.Select(v => v[start..(end + 1)])], error);
    }

    // The largest number up to which a condition holds that holds for 0 and stops to hold once.
    private static int Last(int low, int high, Func<int, bool> holds)
    {
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            if (holds(middle))
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
