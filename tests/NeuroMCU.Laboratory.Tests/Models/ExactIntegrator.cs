// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Models;

namespace NeuroMCU.Laboratory.Tests.Models;

/// <summary>
/// Runs the equations of any model by Runge and Kutta's fourth order, in steps that it halves until each switching lies on its moment:
/// the witness that shares nothing with twin and device but the equations.
/// </summary>
internal static class ExactIntegrator
{
    private const double Step = 2e-6;
    private const int Halvings = 24;

    /// <summary>Spikes under a constant current.</summary>
    /// <param name="law">The equations.</param>
    /// <param name="amperes">Current.</param>
    /// <param name="seconds">Duration.</param>
    /// <returns>Times in s.</returns>
    public static List<double> Spikes(CellEquations law, double amperes, double seconds)
    {
        List<double> spikes = [];
        double[] state = law.Start();
        double time = 0;
        while (time < seconds)
        {
            double[] next = Advance(law, time, state, amperes, Step);
            if (law.Switching(time + Step, next) < 0)
            {
                time += Step;
                state = next;
                continue;
            }

            // The switching lies within the step: halve it down to the moment.
            double from = 0;
            double to = Step;
            for (int i = 0; i < Halvings; i++)
            {
                double middle = (from + to) / 2;
                bool due = law.Switching(time + middle, Advance(law, time, state, amperes, middle)) >= 0;
                (from, to) = due ? (from, middle) : (middle, to);
            }

            state = Advance(law, time, state, amperes, to);
            time += to;
            if (law.Switch(time, state))
            {
                spikes.Add(time);
            }
        }

        return spikes;
    }

    private static double[] Advance(CellEquations law, double time, double[] state, double amperes, double h)
    {
        int size = state.Length;
        double[] moved = (double[])state.Clone();
        double[] sum = new double[size];
        double[] slope = new double[size];
        for (int k = 0; k < 4; k++)
        {
            double ahead = k == 0 ? 0 : k == 3 ? h : h / 2;
            for (int i = 0; i < size; i++)
            {
                moved[i] = state[i] + (ahead * slope[i]);
            }

            law.Slope(time + ahead, moved, amperes, slope);
            for (int i = 0; i < size; i++)
            {
                sum[i] += slope[i] * (k is 1 or 2 ? 2 : 1);
            }
        }

        for (int i = 0; i < size; i++)
        {
            moved[i] = state[i] + (h / 6 * sum[i]);
        }

        return moved;
    }
}
