// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroMCU.Host.Thyristors
{
    /// <summary>
    /// Component values of one bursting neuron in SI units, and the exact step of its two voltages while the thyristor does not switch:
    /// with x = (V, V_s) and the current through the thyristor I_M = G·(V − V_s − V_0), each segment is linear.
    /// Source: Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), equations 3 to 5.
    /// </summary>
    public sealed record BurstingCell
    {
        /// <summary>The thyristor and the membrane capacitance; its load has no meaning here.</summary>
        public required ThyristorCell Part { get; init; }

        /// <summary>Resistor R_s of the soma in Ω.</summary>
        public required double SomaResistance { get; init; }

        /// <summary>Capacitor C_s of the soma in F.</summary>
        public required double SomaCapacitance { get; init; }

        /// <summary>How much lower the threshold is right after the thyristor opens, in V.</summary>
        public required double ThresholdDrop { get; init; }

        /// <summary>Time constant in s with which the threshold recovers.</summary>
        public required double ThresholdRecovery { get; init; }

        /// <summary>The exact step of one segment, x ← Φ·x + Γ·(I, V_0).</summary>
        /// <param name="conductance">G in S.</param>
        /// <param name="step">Step in s.</param>
        /// <returns>The four elements of Φ by rows, then those of Γ: response of V and V_s to 1 A into the dendrite, and to 1 V of V_0.</returns>
        public double[] Propagator(double conductance, double step)
        {
            double c = Part.Capacitance;
            double s = SomaCapacitance;

            // The inputs are carried along as constants, so that one exponential gives both Φ and Γ.
            Matrix<double> a = Matrix<double>.Build.DenseOfArray(new[,]
            {
                { -conductance / c, conductance / c, 1 / c, conductance / c },
                { conductance / s, -(conductance + (1 / SomaResistance)) / s, 0, -conductance / s },
                { 0, 0, 0, 0 },
                { 0, 0, 0, 0 },
            });
            Matrix<double> e = Exponential(a * step);
            return [e[0, 0], e[0, 1], e[1, 0], e[1, 1], e[0, 2], e[1, 2], e[0, 3], e[1, 3]];
        }

        // Scaling and squaring of the Taylor series: 2⁻⁶ in the norm and twelve terms are exact to double precision.
        private static Matrix<double> Exponential(Matrix<double> a)
        {
            int squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(Math.Max(a.L1Norm(), 1e-300))) + 6);
            Matrix<double> scaled = a / Math.Pow(2, squarings);
            Matrix<double> sum = Matrix<double>.Build.DenseIdentity(a.RowCount);
            Matrix<double> term = sum;
            for (int k = 1; k <= 12; k++)
            {
                term = term * scaled / k;
                sum += term;
            }

            for (int i = 0; i < squarings; i++)
            {
                sum *= sum;
            }

            return sum;
        }
    }
}
