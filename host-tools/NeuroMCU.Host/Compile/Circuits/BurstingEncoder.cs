// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Globalization;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Host.Networks;
using NeuroMCU.Host.Networks.Models;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Compile.Circuits
{
    /// <summary>Bursting neurons for the device: the exact step of both voltages in each of the three regimes.</summary>
    internal sealed class BurstingEncoder : ICircuitEncoder
    {
        private const double FactorOne = 1L << 31;

        // Beyond this the rise of the dendrite in one step rounds so badly that the rate would be wrong.
        private const double WorstGain = 0.01;

        // Within one step of this length the soma loses a third of its voltage; longer ones blur the spikes.
        private const double LongestStep = 0.4;

        /// <inheritdoc />
        public int Count => BurstingLayout.Count;

        /// <inheritdoc />
        public bool Clocked => true;

        /// <inheritdoc />
        public long[] Encode(CircuitNeuron cell)
        {
            BurstingCell part = BurstingModel.CellOf(cell.Population, cell.Index);
            double step = cell.Step * 1e-6;
            CheckStep(cell, part, step);
            long[] values = new long[BurstingLayout.Count];
            values[BurstingLayout.Threshold] = cell.Volts("threshold", part.Part.Threshold);
            values[BurstingLayout.Knee] = cell.Volts("knee", part.Part.Knee);
            values[BurstingLayout.HoldVoltage] = cell.Volts("voltage at the hold current", part.Part.HoldVoltage);
            values[BurstingLayout.ReleaseSteps] = (long)Math.Ceiling((part.Part.Release / step) - 1e-9);
            values[BurstingLayout.Memory] = cell.Volts("threshold_drop", part.ThresholdDrop);
            values[BurstingLayout.MemoryDecay] = Factor(Math.Exp(-step / part.ThresholdRecovery));
            values[BurstingLayout.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
            values[BurstingLayout.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
            Regime(cell, values, BurstingLayout.Charging, part.Propagator(0, step), 0);
            Regime(cell, values, BurstingLayout.Leaking, part.Propagator(part.Part.Leak, step), part.Part.Knee);
            Regime(cell, values, BurstingLayout.Conducting, part.Propagator(1 / part.Part.OnResistance, step), part.Part.OnVoltage);
            return values;
        }

        /// <summary>The longest step that resolves the spikes of all neurons of a population.</summary>
        /// <param name="population">A bursting population.</param>
        /// <returns>Time in µs.</returns>
        public static double LongestStepOf(Population population)
        {
            return Enumerable.Range(0, population.Size).Min(i => LongestStep * Emptying(BurstingModel.CellOf(population, i)) * 1e6);
        }

        private static double Emptying(BurstingCell part)
        {
            return Math.Max(part.SomaResistance * part.SomaCapacitance, part.SomaResistance * part.Part.Capacitance / 10);
        }

        private static void Regime(CircuitNeuron cell, long[] values, int regime, double[] p, double from)
        {
            int first = BurstingLayout.FirstFactor + (regime * BurstingLayout.FactorCount);
            values[first] = Factor(p[0]);
            values[first + 1] = Factor(p[1]);
            values[first + 2] = CircuitFormats.Gain(p[4]);
            values[first + 3] = CircuitFormats.Volts(p[6] * from);
            values[first + 4] = Factor(p[2]);
            values[first + 5] = Factor(p[3]);
            values[first + 6] = CircuitFormats.Gain(p[5]);
            values[first + 7] = CircuitFormats.Volts(p[7] * from);
            cell.Log.Note(cell.Population.Name, "rise per step and current", p[4], CircuitFormats.FromGain(values[first + 2]), "Ohm");
        }

        private static long Factor(double value)
        {
            return CircuitFormats.Round(Math.Clamp(value, -1, 1) * FactorOne);
        }

        private static void CheckStep(CircuitNeuron cell, BurstingCell part, double step)
        {
            double rise = step / part.Part.Capacitance;
            double error = Math.Abs((CircuitFormats.FromGain(CircuitFormats.Gain(rise)) / rise) - 1);
            double emptying = Emptying(part);
            if (step > LongestStep * emptying)
            {
                cell.Refuse(
                    "soma_resistance",
                    "the step of " + Text(cell.Step) + " is too long for spikes that last " + Text(emptying * 1e6),
                    "write a `step` of " + Text(Math.Max(10, Math.Floor(LongestStep * emptying * 1e5) * 10)) + " or less");
            }
            else if (error > WorstGain)
            {
                cell.Refuse(
                    "capacitance",
                    string.Create(CultureInfo.InvariantCulture, $"the step of {cell.Step} us is too short for {Quantity.Text(part.Part.Capacitance * 1e6, Dimension.Capacitance)}: the device would round the rise of the membrane by {error:P1}"),
                    "write a longer `step`");
            }
        }

        private static string Text(double microseconds)
        {
            return Quantity.Text(microseconds, Dimension.Time);
        }
    }
}
