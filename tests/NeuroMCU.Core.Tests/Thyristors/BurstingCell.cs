// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Tests.Thyristors
{
    /// <summary>A bursting thyristor neuron in SI units, and its propagators over a step by a Taylor series of small sub-steps.</summary>
    internal sealed record BurstingCell(double SomaResistance, double SomaCapacitance = 0.1e-6, double Capacitance = 10e-6)
    {
        private const double Threshold = 0.92;
        private const double Knee = 0.83;
        private const double Onset = 32.3e-6;
        private const double OnVoltage = 0.70;
        private const double OnResistance = 25;
        private const double Hold = 127.9e-6;

        internal PopulationTable Table(int size, double bias, int step, double memory = 0, double memoryTime = 0.3e-3, int release = 0)
        {
            double volts = Math.Pow(2, Formats.MembraneBits);
            long[][] parameters = new long[BurstingLayout.Count][];
            void Set(int place, double value) => parameters[place] = [(long)Math.Round(value)];
            Set(BurstingLayout.Threshold, Threshold * volts);
            Set(BurstingLayout.Knee, Knee * volts);
            Set(BurstingLayout.HoldVoltage, (OnVoltage + (Hold * OnResistance)) * volts);
            Set(BurstingLayout.ReleaseSteps, release);
            Set(BurstingLayout.Memory, memory * volts);
            Set(BurstingLayout.MemoryDecay, Math.Exp(-step * 1e-6 / memoryTime) * Math.Pow(2, 31));
            Set(BurstingLayout.Bias, bias / Cell.Unit);
            Set(BurstingLayout.Initial, 0);
            double leak = Onset / (Threshold - Knee);
            Fill(parameters, BurstingLayout.Charging, 0, 0, step);
            Fill(parameters, BurstingLayout.Leaking, leak, Knee, step);
            Fill(parameters, BurstingLayout.Conducting, 1 / OnResistance, OnVoltage, step);
            return new PopulationTable
            {
                Model = ModelKind.Bursting,
                Update = UpdateKind.Clocked,
                Recorded = true,
                Size = size,
                Parameters = parameters,
                Receptors = [],
                Channels = [],
            };
        }

        // The response to unit states and inputs of: C_m V' = I − g(V − V_s − E), C_s V_s' = g(V − V_s − E) − V_s/R_s
        private void Fill(long[][] parameters, int regime, double g, double e, int step)
        {
            int at = BurstingLayout.FirstFactor + (regime * BurstingLayout.FactorCount);
            (double v, double s)[] columns = [Response(g, 0, 1, 0, 0, step), Response(g, 0, 0, 1, 0, step), Response(g, 0, 0, 0, 1, step), Response(g, e, 0, 0, 0, step)];
            double volts = Math.Pow(2, Formats.MembraneBits);
            double[] scales = [Math.Pow(2, 31), Math.Pow(2, 31), Cell.Unit * volts * Math.Pow(2, 28), volts];
            for (int k = 0; k < 4; k++)
            {
                parameters[at + k] = [(long)Math.Round(columns[k].v * scales[k])];
                parameters[at + 4 + k] = [(long)Math.Round(columns[k].s * scales[k])];
            }
        }

        private (double V, double S) Response(double g, double e, double v, double s, double current, int step)
        {
            const int parts = 400;
            double h = step * 1e-6 / parts;
            (double V, double S) Slope(double x, double y)
            {
                double through = g * (x - y - e);
                return ((current - through) / Capacitance, (through - (y / SomaResistance)) / SomaCapacitance);
            }

            for (int k = 0; k < parts; k++)
            {
                (double v1, double s1) = Slope(v, s);
                (double v2, double s2) = Slope(v + (h / 2 * v1), s + (h / 2 * s1));
                (double v3, double s3) = Slope(v + (h / 2 * v2), s + (h / 2 * s2));
                (double v4, double s4) = Slope(v + (h * v3), s + (h * s3));
                v += h / 6 * (v1 + (2 * v2) + (2 * v3) + v4);
                s += h / 6 * (s1 + (2 * s2) + (2 * s3) + s4);
            }

            return (v, s);
        }
    }
}
