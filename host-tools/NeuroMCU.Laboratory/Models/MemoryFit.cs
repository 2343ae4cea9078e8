// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using NeuroMCU.Networks.Equations;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// Fits a law of models/memory to what was measured on a device: the simplex of Nelder and Mead over the logarithms of its numbers, within
/// the ranges of the text. Numbers that the measurement says nothing about stay at their default.
/// </summary>
public sealed record MemoryFit
{
    private const int Iterations = 1500;
    private const int Short = 250;
    private const double Tolerance = 1e-9;

    // A number counts when making it this much larger or smaller changes the current by more than this part of it.
    private static readonly double[] s_changes = [1.5, 1 / 1.5];
    private const double Noticed = 1e-3;

    // Time constants begin at these parts of the measurement.
    private static readonly double[] s_shares = [0.3, 0.03, 0.003];

    /// <summary>Gets the law.</summary>
    public required string Law { get; init; }

    /// <summary>Gets all numbers of the law in SI units.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }

    /// <summary>Gets the names of those that the measurement determined.</summary>
    public required IReadOnlyList<string> Determined { get; init; }

    /// <summary>Gets the names of those that ended at an end of the range in the text: the device may lie beyond it.</summary>
    public required IReadOnlyList<string> AtEnd { get; init; }

    /// <summary>Gets the part of the variance of the current that the law explains, 1 at most.</summary>
    public required double Explained { get; init; }

    /// <summary>Gets a value indicating whether the search came to rest; otherwise better numbers may exist.</summary>
    public required bool Settled { get; init; }

    /// <summary>Gets the current in A that the law gives at each time of the trace.</summary>
    public required IReadOnlyList<double> Amperes { get; init; }

    /// <summary>Gets the laws that can be fitted.</summary>
    public static IReadOnlyList<string> Laws { get; } =
        [.. NodeLaws.Names.Where(n => NodeLaws.Parts(n).Count == 0)];

    /// <summary>Gets a number with the unit of the law's text.</summary>
    /// <param name="law">The law.</param>
    /// <param name="name">Name of the number.</param>
    /// <param name="value">SI units.</param>
    /// <returns>Text such as <c>1.2 uS</c>.</returns>
    public static string Text(string law, string name, double value)
        => ModelLibrary.Find(law).Parameters.First(p => p.Name == name).Unit.Text(value);

    /// <summary>Fits a law.</summary>
    /// <param name="law">Name of a text in models/memory.</param>
    /// <param name="trace">What was measured.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static MemoryFit Of(string law, MemoryTrace trace, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ModelParameter[] all = [.. ModelLibrary.Find(law).Parameters];
        double length = trace.Times[^1] - trace.Times[0];

        // Which numbers count depends on where the others are, and a search far from the time constants sees none of the others.
        (Dictionary<string, double> Numbers, bool Settled) found = s_shares
            .Select(share => Search(law, trace, Scaled(law, all, trace, share * length), all, Short, cancellation))
            .MinBy(f => Cost(Current(law, f.Numbers, trace), trace));
        (Dictionary<string, double> best, bool settled) = Search(law, trace, found.Numbers, all, Iterations, cancellation);
        string[] free = [.. all.Where(p => Counts(law, trace, best, p)).Select(p => p.Name)];
        foreach (ModelParameter p in all.Where(p => !free.Contains(p.Name)))
        {
            best[p.Name] = p.Default;
        }

        double[] fitted = Current(law, best, trace);
        return new MemoryFit
        {
            Law = law,
            Numbers = best,
            Determined = free,
            AtEnd = [.. all.Where(p => free.Contains(p.Name) && IsAtEnd(p, best[p.Name])).Select(p => p.Name)],
            Explained = 1 - (Cost(fitted, trace) / Variance(trace)),
            Settled = settled,
            Amperes = fitted,
        };
    }

    // Conductances begin at what the device shows on the whole.
    private static Dictionary<string, double> Scaled(string law, ModelParameter[] all, MemoryTrace trace, double time)
    {
        Dictionary<string, double> numbers = all.ToDictionary(p => p.Name, p => p.Name.StartsWith("tau", StringComparison.Ordinal)
            ? Math.Clamp(time, p.Least, p.Most) : p.Default, StringComparer.Ordinal);
        double[] model = Current(law, numbers, trace);
        double measured = Math.Sqrt(trace.Amperes.Sum(i => i * i));
        double given = Math.Sqrt(model.Sum(i => i * i));
        double factor = given > 0 && measured > 0 ? measured / given : 1;
        foreach (ModelParameter p in all)
        {
            double by = p.Name.StartsWith("G_", StringComparison.Ordinal) || p.Name.StartsWith("Q_", StringComparison.Ordinal) ? factor
                : p.Name.StartsWith("R_", StringComparison.Ordinal) ? 1 / factor : 1;
            numbers[p.Name] = Math.Clamp(numbers[p.Name] * by, p.Least, p.Most);
        }

        return numbers;
    }

    // Counts and what a full pulse is are no properties that a current shows.
    private static bool Counts(string law, MemoryTrace trace, Dictionary<string, double> numbers, ModelParameter p)
    {
        if (p.Name is "levels" or "V_p" or "t_p" || p.Least <= 0 && numbers[p.Name] <= 0)
        {
            return false;
        }

        double[] here = Current(law, numbers, trace);
        double size = Math.Sqrt(here.Sum(i => i * i));
        return s_changes.Any(by =>
        {
            Dictionary<string, double> other = new(numbers, StringComparer.Ordinal);
            other[p.Name] = Math.Clamp(numbers[p.Name] * by, p.Least, p.Most);
            double[] there = Current(law, other, trace);
            return Math.Sqrt(here.Zip(there, (a, b) => (a - b) * (a - b)).Sum()) > Noticed * size;
        });
    }

    private static (Dictionary<string, double> Numbers, bool Settled) Search(
        string law, MemoryTrace trace, Dictionary<string, double> from, ModelParameter[] all, int iterations,
        CancellationToken cancellation)
    {
        Dictionary<string, double> best = from;
        double lowest = Cost(Current(law, from, trace), trace);
        bool settled = true;
        ModelParameter[] free = [];
        for (int again = 0; again < 3; again++)
        {
            free = [.. all.Where(p => Counts(law, trace, best, p))];
            from = best;
            if (free.Length == 0)
            {
                break;
            }

            double[] place = [.. free.Select(p => Angle(p, best[p.Name]))];
            try
            {
                _ = NelderMeadSimplex.Minimum(ObjectiveFunction.Value(Look), Vector<double>.Build.Dense(place), Tolerance, iterations);
                settled = true;
            }
            catch (MaximumIterationsException)
            {
                settled = false;
            }
        }

        return (best, settled);

        double Look(Vector<double> angles)
        {
            cancellation.ThrowIfCancellationRequested();
            Dictionary<string, double> numbers = new(from, StringComparer.Ordinal);
            for (int k = 0; k < free.Length; k++)
            {
                (double low, double high) = Ends(free[k]);
                numbers[free[k].Name] = Math.Exp(low + ((high - low) * Math.Pow(Math.Sin(angles[k]), 2)));
            }

            double cost = Cost(Current(law, numbers, trace), trace);
            if (cost < lowest)
            {
                (best, lowest) = (numbers, cost);
            }

            // The search ends by the cost itself: it must not depend on the unit of the current.
            return cost / Variance(trace);
        }
    }

    private static (double Low, double High) Ends(ModelParameter p)
        => (Math.Log(Math.Max(p.Least, 1e-6 * p.Most)), Math.Log(p.Most));

    private static bool IsAtEnd(ModelParameter p, double value)
    {
        (double low, double high) = Ends(p);
        return Math.Log(value) < low + (0.002 * (high - low)) || Math.Log(value) > high - (0.002 * (high - low));
    }

    private static double Angle(ModelParameter p, double value)
    {
        (double low, double high) = Ends(p);
        return Math.Asin(Math.Sqrt(Math.Clamp((Math.Log(Math.Max(value, Math.Exp(low))) - low) / (high - low), 0.01, 0.99)));
    }

    private static double[] Current(string law, IReadOnlyDictionary<string, double> numbers, MemoryTrace trace)
    {
        NodeArrayPlan plan = new()
        {
            Rows = 1,
            Columns = 1,
            Law = law,
            Parameters = numbers,
            DeviceSpread = 0,
            CycleSpread = 0,
            ReadNoise = 0,
        };
        VirtualNodeArray node = new(plan, null);
        double[] current = new double[trace.Times.Count];
        for (int k = 0; k < current.Length; k++)
        {
            double time = trace.Times[k] - trace.Times[0];
            current[k] = trace.Volts[k] * node.Conductance(0, time);
            if (k + 1 < current.Length)
            {
                node.Pulse(0, trace.Volts[k], trace.Times[k + 1] - trace.Times[k], double.PositiveInfinity, time);
            }
        }

        return current;
    }

    private static double Cost(double[] fitted, MemoryTrace trace)
    {
        double cost = 0;
        for (int k = 0; k < fitted.Length; k++)
        {
            double off = fitted[k] - trace.Amperes[k];
            cost += off * off;
        }

        return double.IsFinite(cost) ? cost : double.MaxValue;
    }

    private static double Variance(MemoryTrace trace)
    {
        double mean = trace.Amperes.Average();
        double sum = trace.Amperes.Sum(i => (i - mean) * (i - mean));
        return sum > 0 ? sum : 1;
    }
}
