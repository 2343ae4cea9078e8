// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// What models share whose neurons are driven by a current (<see cref="CurrentPopulation" />): a synapse block, spikes computed
    /// ahead, and channels of a board that stand in for the computed neurons.
    /// </summary>
    public abstract class CurrentModel : Model
    {
        /// <summary>Fractional bits of the voltages of neurons whose spikes are computed ahead.</summary>
        public const int VoltBits = 32;

        /// <summary>Highest voltage, 64 V.</summary>
        public const long MaxVoltage = 64L << VoltBits;

        /// <summary>Fractional bits, on top of those of voltages, of resistances: volts per unit of current.</summary>
        public const int GainBits = 34;

        /// <summary>Fractional bits of a ramp 1/C, in V per µs and unit of current.</summary>
        public const int RampBits = 80;

        /// <summary>
        /// IL instructions of a neuron that fires at the time computed before, its spike not counted: counted on .NET in the optimised
        /// build, calls weighted as on nanoCLR.
        /// </summary>
        public const int CrossingWork = 198;

        /// <inheritdoc />
        public override int Quantities(PopulationTable table) => TraceQuantity.Current + 1;

        /// <summary>Gets the place of the constant current among the parameters.</summary>
        internal abstract int BiasPlace { get; }

        /// <summary>Bytes on the device's heap of the state that the model keeps for so many neurons, its law included.</summary>
        internal abstract int StateBytes(int size);

        /// <summary>Stepped where something has to be done at every step of the network: a synapse block, or a board to drive.</summary>
        internal override bool AllowsUpdate(PopulationTable table)
        {
            bool stepped = table.Receptors.Length != 0 || table.Channels.Length != 0;
            return stepped == (table.Update == UpdateKind.Clocked);
        }

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor)
        {
            return receptor == Formats.DeltaReceptor
                ? table.Channels.Length == 0
                : receptor >= 0 && receptor < table.Receptors.Length;
        }

        /// <inheritdoc />
        internal override bool ComputesCrossings(PopulationTable table, DriveTable[] drives)
            => table.Channels.Length == 0;

        /// <inheritdoc />
        internal override bool TakesChange(PopulationTable table, int parameter) => parameter == BiasPlace;

        /// <inheritdoc />
        internal override bool NotesArrivals(PopulationTable table) => table.Channels.Length == 0;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives)
        {
            // Receptors and channels; currents; the synapse block; what the model keeps, and its places among crossings and noted neurons.
            int size = table.Size;
            int bytes = DeviceMemory.ArrayBytes(table.Channels.Length, 4) + (3 * DeviceMemory.ArrayBytes(size, 4)) + StateBytes(size);
            bytes += table.Channels.Length == 0 ? size * (8 + 2 + 2 + 2 + 2) : DeviceMemory.ArrayBytes(size, 6);
            int stages = 0;
            for (int r = 0; r < table.Receptors.Length; r++)
            {
                stages += 1 + table.Receptors[r].Stages;
                bytes += DeviceMemory.ObjectBytes(4);
            }

            bytes += DeviceMemory.ObjectBytes(10) + (stages * DeviceMemory.ArrayBytes(size, 8))
                + (3 * DeviceMemory.ArrayBytes(table.Receptors.Length, 12));
            return bytes + DeviceMemory.ArrayBytes(table.Receptors.Length, 8);
        }

        /// <inheritdoc />
        internal sealed override Population Create(PopulationSite site)
            => site.Table.Channels.Length != 0 ? new ChannelPopulation(site, BiasPlace) : CreateComputed(site);

        /// <summary>Makes the population that computes its neurons.</summary>
        internal abstract Population CreateComputed(PopulationSite site);

        /// <summary>Checks the voltages of a thyristor, given their places among the parameters: below the lowered threshold lie the
        /// knee, the voltage at the holding current and the voltage at the start, and the voltage drop below the second of these.</summary>
        /// <returns>The first place that is not so; −1 when all are.</returns>
        protected static int FirstUnsoundVoltage(
            PopulationTable table, int threshold, int memory, int knee, int holdVoltage, int initial, int onVoltage)
        {
            long[][] parameters = table.Parameters;
            for (int i = 0; i < table.Size; i++)
            {
                long lowered = At(parameters[threshold], i) - At(parameters[memory], i);
                if (At(parameters[knee], i) >= lowered)
                {
                    return knee;
                }

                if (At(parameters[holdVoltage], i) >= lowered)
                {
                    return holdVoltage;
                }

                if (At(parameters[initial], i) >= lowered)
                {
                    return initial;
                }

                if (At(parameters[onVoltage], i) > At(parameters[holdVoltage], i))
                {
                    return onVoltage;
                }
            }

            return -1;
        }

        private static long At(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];
    }
}
