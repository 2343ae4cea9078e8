// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Host.Networks.Models;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Compile.Circuits
{
    /// <summary>Thyristor neurons for the device: slopes, resistances and rates of the four segments.</summary>
    internal sealed class ThyristorEncoder : ICircuitEncoder
    {
        private const int RampBits = 40;

        /// <inheritdoc />
        public int Count => ThyristorLayout.Count;

        /// <inheritdoc />
        public bool Clocked => false;

        /// <inheritdoc />
        public long[] Encode(CircuitNeuron cell)
        {
            ThyristorCell part = ThyristorModel.CellOf(cell.Population, cell.Index);
            double leakResistance = 1 / part.Leak;
            long[] values = new long[ThyristorLayout.Count];
            values[ThyristorLayout.Ramp] = Ramp(cell, part.Capacitance);
            values[ThyristorLayout.Threshold] = cell.Volts("threshold", part.Threshold);
            values[ThyristorLayout.Knee] = cell.Volts("knee", part.Knee);
            values[ThyristorLayout.LeakGain] = cell.Gain("resistance of the leak", leakResistance, "onset");
            values[ThyristorLayout.LeakRate] = cell.Rate("time constant of the leak", leakResistance * part.Capacitance, "capacitance");
            values[ThyristorLayout.OnVoltage] = cell.Volts("on_voltage", part.OnVoltage);
            values[ThyristorLayout.OnGain] = cell.Gain("on_resistance + load", part.ConductingResistance, "load");
            values[ThyristorLayout.OnRate] = cell.Rate("time constant of the discharge", part.DischargeTime, "capacitance");
            values[ThyristorLayout.HoldVoltage] = cell.Volts("voltage at the hold current", part.HoldVoltage);
            values[ThyristorLayout.Release] = CircuitFormats.Round(part.Release * 1e6);
            values[ThyristorLayout.Memory] = cell.Volts("memory", part.Memory);
            values[ThyristorLayout.MemoryTime] = CircuitFormats.Round(part.MemoryTime * 1e6);
            values[ThyristorLayout.Bias] = cell.Current("bias", cell.Population.Value("bias", cell.Index) * 1e-6);
            values[ThyristorLayout.Initial] = cell.Volts("initial", cell.Population.Value("initial", cell.Index) * 1e-3);
            return values;
        }

        private static long Ramp(CircuitNeuron cell, double capacitance)
        {
            double perFarad = CircuitFormats.CurrentUnit * 1e-6 * Formats.MembraneOne * (1L << RampBits);
            long ramp = CircuitFormats.Round(perFarad / capacitance);
            cell.Log.Note(cell.Population.Name, "capacitance", capacitance * 1e6, perFarad / ramp * 1e6, "uF");
            return ramp;
        }
    }
}
