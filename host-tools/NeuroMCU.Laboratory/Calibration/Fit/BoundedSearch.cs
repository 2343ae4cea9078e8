// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>What a search found.</summary>
/// <param name="Cost">Its cost in Hz².</param>
/// <param name="Settled">Whether the search came to rest there; otherwise its steps ran out, and better values may exist.</param>
internal sealed record SearchResult(ThyristorCell Cell, double Cost, bool Settled);

/// <summary>
/// Finds the lowest cost within bounds by the simplex of Nelder and Mead (the closed form has edges at I_min and I_hold where no derivative
/// helps). The bounds are kept by searching along an angle: value = low + (high - low) sin²(angle).
/// </summary>
internal static class BoundedSearch
{
    /// <summary>Steps that a search may take, when nothing else is said.</summary>
    public const int MostIterations = 2000;

    private const double Tolerance = 1e-6;

    // Where in their ranges the parameters start, beside the start values themselves: one start may end in a valley of its own.
    private static readonly double[] s_starts = [0.4];

    /// <summary>Searches.</summary>
    /// <param name="iterations">Most steps of each of its searches.</param>
    /// <returns>The best neuron.</returns>
    public static SearchResult Minimise(FitObjective objective, int iterations = MostIterations)
    {
        double[][] starts =
        [
            [.. objective.Free.Select(p => Angle(p, p.Get(objective.Start)))],
            .. s_starts.Select(s => objective.Free.Select(_ => Math.Asin(Math.Sqrt(s))).ToArray()),
        ];
        Walk best = new(objective, starts[0]);
        bool settled = false;
        foreach (double[] start in starts)
        {
            Walk walk = new(objective, start);

            // Twice: the simplex may have shrunk on an edge of the closed form, and a fresh one leaves it.
            bool rests = walk.Go(iterations) & walk.Go(iterations);
            if (walk.Lowest < best.Lowest)
            {
                (best, settled) = (walk, rests);
            }
        }

        return new SearchResult(objective.Cell(Values(objective, best.Place)), best.Lowest, settled);
    }

    private static double[] Values(FitObjective objective, double[] angles) =>
        [.. objective.Free.Select((p, i) => p.Low + ((p.High - p.Low) * Math.Pow(Math.Sin(angles[i]), 2)))];

    // A start on the edge would never leave it: the derivative of sin² is 0 there.
    private static double Angle(CellParameter parameter, double value) =>
        Math.Asin(Math.Sqrt(Math.Clamp((value - parameter.Low) / (parameter.High - parameter.Low), 0.02, 0.98)));

    /// <summary>A search that keeps the best place that it has seen, also when its steps run out.</summary>
    private sealed class Walk
    {
        private readonly FitObjective _objective;

        public Walk(FitObjective objective, double[] start)
        {
            _objective = objective;
            Place = start;
            Lowest = Cost(start);
        }

        public double[] Place { get; private set; }

        public double Lowest { get; private set; }

        /// <summary>Searches from the best place so far; false when the steps ran out.</summary>
        public bool Go(int iterations)
        {
            try
            {
                _ = NelderMeadSimplex.Minimum(
                    ObjectiveFunction.Value(v => Look(v.ToArray())), Vector<double>.Build.Dense((double[])Place.Clone()), Tolerance,
                    iterations);
                return true;
            }
            catch (MaximumIterationsException)
            {
                return false;
            }
        }

        private double Look(double[] place)
        {
            double cost = Cost(place);
            if (cost < Lowest)
            {
                (Place, Lowest) = (place, cost);
            }

            return cost;
        }

        private double Cost(double[] angles) => _objective.Cost(_objective.Cell(Values(_objective, angles)));
    }
}
