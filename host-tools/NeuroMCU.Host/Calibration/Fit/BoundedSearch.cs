// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Calibration.Fit
{
    /// <summary>
    /// Finds the lowest cost within bounds by the simplex of Nelder and Mead (the closed form has edges at I_min and I_hold where no derivative
    /// helps). The bounds are kept by searching along an angle: value = low + (high - low) sin²(angle).
    /// </summary>
    internal static class BoundedSearch
    {
        private const double Tolerance = 1e-6;
        private const int MostIterations = 2000;

        // Where in their ranges the parameters start, beside the start values themselves: one start may end in a valley of its own.
        private static readonly double[] s_starts = [0.4];

        /// <summary>Searches.</summary>
        /// <param name="objective">What to make small.</param>
        /// <returns>The best neuron and its cost.</returns>
        public static (ThyristorCell Cell, double Cost) Minimise(FitObjective objective)
        {
            double[][] starts =
            [
                [.. objective.Free.Select(p => Angle(p, p.Get(objective.Start)))],
                .. s_starts.Select(s => objective.Free.Select(_ => Math.Asin(Math.Sqrt(s))).ToArray()),
            ];
            double[] best = starts[0];
            double lowest = double.PositiveInfinity;
            foreach (double[] start in starts)
            {
                double[] found = From(objective, start);
                found = From(objective, found);
                double cost = Cost(objective, found);
                if (cost < lowest)
                {
                    (best, lowest) = (found, cost);
                }
            }

            return (objective.Cell(Values(objective, best)), lowest);
        }

        private static double[] From(FitObjective objective, double[] start)
        {
            try
            {
                MinimizationResult result = NelderMeadSimplex.Minimum(
                    ObjectiveFunction.Value(v => Cost(objective, v.AsArray())), Vector<double>.Build.Dense((double[])start.Clone()), Tolerance, MostIterations);
                return result.MinimizingPoint.ToArray();
            }
            catch (MaximumIterationsException)
            {
                return start;
            }
        }

        private static double Cost(FitObjective objective, double[] angles) => objective.Cost(objective.Cell(Values(objective, angles)));

        private static double[] Values(FitObjective objective, double[] angles) =>
            [.. objective.Free.Select((p, i) => p.Low + ((p.High - p.Low) * Math.Pow(Math.Sin(angles[i]), 2)))];

        // A start on the edge would never leave it: the derivative of sin² is 0 there.
        private static double Angle(CellParameter parameter, double value) =>
            Math.Asin(Math.Sqrt(Math.Clamp((value - parameter.Low) / (parameter.High - parameter.Low), 0.02, 0.98)));
    }
}
