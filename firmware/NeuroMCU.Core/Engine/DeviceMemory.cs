// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Core.Machine;
using NeuroMCU.Core.Models;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Managed heap of a network on nanoFramework's object layout (cells of 12 bytes): an object takes one cell and one per field, an
    /// array 20 bytes and its elements, rounded up to whole cells.
    /// </summary>
    public static class DeviceMemory
    {
        private const int Cell = 12;
        private const int ArrayHeader = 20;

        /// <summary>Bytes of an array on the device's heap.</summary>
        /// <param name="length">Number of elements.</param>
        /// <param name="elementBytes">Bytes of one element.</param>
        /// <returns>The number of bytes.</returns>
        public static int ArrayBytes(int length, int elementBytes)
        {
            return (ArrayHeader + (length * elementBytes) + Cell - 1) / Cell * Cell;
        }

        /// <summary>Bytes of an object on the device's heap.</summary>
        /// <param name="fields">Number of instance fields, inherited ones included.</param>
        /// <returns>The number of bytes.</returns>
        public static int ObjectBytes(int fields)
        {
            return Cell * (1 + fields);
        }

        /// <summary>Places of the spike record: what the network asks for, and at least one for each recorded neuron, as all may fire at once.</summary>
        /// <param name="tables">The network.</param>
        /// <returns>The number of places.</returns>
        public static int SpikePlaces(NetworkTables tables)
        {
            int recorded = TableShape.RecordedNeurons(tables);
            return recorded > tables.SpikeCapacity ? recorded : tables.SpikeCapacity;
        }

        /// <summary>
        /// Bytes that tables and engine of a network take, the tables of the numerics included: an upper bound that exceeds the count of
        /// every object and array by about a kilobyte.
        /// </summary>
        /// <param name="tables">The network, complete.</param>
        /// <returns>The number of bytes.</returns>
        public static int Estimate(NetworkTables tables)
        {
            TableShape.Require(tables);

            // Objects that every engine has, static tables of 128 values, and the inaccuracy of the sums below.
            int bytes = 3800;
            bytes += ArrayBytes(tables.QueueCapacity + 1, 4 * 4) + ArrayBytes(tables.QueueCapacity + 1, 5) + (4 * ArrayHeader);
            bytes += EventQueue.BucketBytes(tables.Projections);
            bytes += ArrayBytes(SpikePlaces(tables), 10) + ArrayHeader;
            bytes += tables.Traces.Length == 0 ? 0 : ArrayBytes(NetworkEngine.TraceCapacity, 13) + ArrayHeader;
            bytes += ArrayBytes(tables.Hearing.Length == 0 ? NetworkEngine.InjectCapacity : NetworkEngine.HearingInjectCapacity, 10);
            bytes += Inputs(tables);
            bytes += Bindings(tables);
            for (int i = 0; i < tables.Populations.Length; i++)
            {
                bytes += Population(tables, i);
            }

            for (int i = 0; i < tables.Projections.Length; i++)
            {
                ProjectionTable projection = tables.Projections[i];
                bytes += ObjectBytes(7) + ObjectBytes(7) + (3 * Cell);
                bytes += ArrayBytes(projection.RowStart.Length, 4) + ArrayBytes(projection.Synapses.Length, 4) + ArrayBytes(projection.Weights.Length, 2);
            }

            return bytes + DecayTables(tables);
        }

        private static int Inputs(NetworkTables tables)
        {
            int bytes = ArrayBytes(tables.SpikeTimes.Length, 6) + ArrayHeader;
            for (int i = 0; i < tables.PoissonSources.Length; i++)
            {
                // Next time, two places in a heap, generator, table and neuron of every train.
                bytes += ObjectBytes(6) + Cell + (tables.PoissonSources[i].Count * (8 + 2 + 2 + 4 + 2 + 2));
            }

            bytes += tables.Drives.Length * (ObjectBytes(6) + (2 * Cell));
            for (int i = 0; i < tables.Channels.Length; i++)
            {
                bytes += ObjectBytes(5) + Cell + (2 * ArrayBytes(tables.Channels[i].Currents.Length, 4));
            }

            return bytes + (tables.Traces.Length * (ObjectBytes(3) + Cell + 8));
        }

        private static int Bindings(NetworkTables tables)
        {
            int bytes = ArrayBytes(tables.Symbols.Length, 1) + (tables.Outputs.Length * (ObjectBytes(5) + Cell));
            for (int i = 0; i < tables.Readouts.Length; i++)
            {
                ReadoutTable readout = tables.Readouts[i];
                bytes += ObjectBytes(7) + Cell;
                bytes += ArrayBytes(readout.Populations.Length, 4) + ArrayBytes(readout.Values.Length, 4) + ArrayBytes(readout.Parameters.Length, 4);
            }

            for (int i = 0; i < tables.Hearing.Length; i++)
            {
                bytes += ObjectBytes(4) + Cell + ArrayBytes(tables.Hearing[i].Parameters.Length, 4);
            }

            return bytes;
        }

        private static int Population(NetworkTables tables, int index)
        {
            PopulationTable table = tables.Populations[index];
            int size = table.Size;

            // Table, model and its arrays of axons and drives.
            int bytes = ObjectBytes(19) + ObjectBytes(30) + (3 * Cell) + (2 * ArrayBytes(0, 4));
            if (table.Model == ModelKind.Source)
            {
                return bytes;
            }

            if (table.Model == ModelKind.Equations)
            {
                return bytes + ProgramBytes(table);
            }

            if (ModelLayout.Count(table.Model) != 0)
            {
                return bytes + DrivenByCurrent(table);
            }

            bytes += Parameter(table.Threshold) + Parameter(table.ResetValue) + Parameter(table.Equilibrium) + Parameter(table.Floor);
            bytes += Parameter(table.Initial) + Parameter(table.Refractory) + Parameter(table.MembraneDecay);
            bytes += Parameter(table.ExcitatoryCoupling) + Parameter(table.InhibitoryCoupling);
            bytes += table.LeakRate == null ? 0 : ArrayBytes(table.LeakRate.Length, 8);
            DriveTable[] drives = NetworkBuilder.DrivesOf(tables, index);
            bytes += 3 * ArrayBytes(LeakyPopulation.IsUniform(table, drives) ? 1 : size, 4);
            if (table.Update == UpdateKind.Event)
            {
                bytes += (2 * ArrayBytes(size, 4)) + (size * 2);
                int crossing = EventLif.NeedsCrossings(table, drives) ? size : 0;
                return bytes + (2 * ArrayBytes(crossing, 4)) + (crossing * (8 + 2 + 2 + 2));
            }

            bytes += table.Synapse == SynapseKind.Exponential
                ? (3 * ArrayBytes(size, 4)) + (2 * ArrayBytes(size, 8))
                : ArrayBytes(size, 4) + ArrayBytes(size, 8);
            int resting = ClockedPopulation.HasRefractory(table) ? size : 0;
            return bytes + (2 * ArrayBytes(resting, 4)) + ArrayBytes(resting, 2);
        }

        // Parameters; currents; state of the model; places among the crossings; the filters of the synapse block.
        private static int DrivenByCurrent(PopulationTable table)
        {
            int size = table.Size;
            int bytes = ObjectBytes(20) + ArrayBytes(table.Parameters.Length, 4) + ArrayBytes(table.Channels.Length, 4) + (3 * ArrayBytes(size, 4));
            for (int i = 0; i < table.Parameters.Length; i++)
            {
                bytes += ArrayBytes(table.Parameters[i].Length, 8);
            }

            // Nine longs and two bytes of each neuron, besides the law and its search.
            bytes += (9 * ArrayBytes(size, 8)) + (2 * ArrayBytes(size, 1)) + (size * (8 + 2 + 2 + 2 + 2));
            bytes += (2 * ObjectBytes(20)) + (3 * ArrayBytes(3, 8));
            bytes += table.Channels.Length == 0 ? 0 : ArrayBytes(size, 6);
            int stages = 0;
            for (int r = 0; r < table.Receptors.Length; r++)
            {
                stages += 1 + table.Receptors[r].Stages;
                bytes += ObjectBytes(3) + Cell;
            }

            return bytes + ObjectBytes(7) + (stages * ArrayBytes(size, 8)) + (3 * ArrayBytes(table.Receptors.Length, 4));
        }

        /// <summary>
        /// Bytes that the program of a population takes with its machine: registers with their start values, tables, code, and what arrives.
        /// </summary>
        /// <param name="table">A population of equations.</param>
        /// <returns>The number of bytes.</returns>
        public static int ProgramBytes(PopulationTable table)
        {
            VectorProgram program = table.Program;
            int inlets = program.Inlets.Length / 3;
            int bytes = ObjectBytes(9) + ObjectBytes(5) + ArrayBytes(program.Code.Length, 4);
            bytes += ArrayBytes(program.Inlets.Length, 4) + ArrayBytes(program.Visible.Length, 4);
            bytes += ArrayBytes(inlets, 1) + ArrayBytes(inlets, 4) + (inlets * ArrayBytes(table.Size, 8));
            bytes += (2 * ArrayBytes(program.Start.Length, 4)) + (program.Start.Length * ArrayBytes(table.Size, 4));
            for (int i = 0; i < program.Start.Length; i++)
            {
                bytes += ArrayBytes(program.Start[i].Length, 4);
            }

            bytes += ArrayBytes(program.Tables.Length, 4);
            for (int i = 0; i < program.Tables.Length; i++)
            {
                bytes += ArrayBytes(program.Tables[i].Length, 4);
            }

            return bytes;
        }

        private static int Parameter(int[] values)
        {
            return values == null ? 0 : ArrayBytes(values.Length, 4);
        }

        // Populations with the same time constant share their tables, up to the limit of the engine.
        private static int DecayTables(NetworkTables tables)
        {
            int count = 0;
            for (int i = 0; i < tables.Populations.Length && count < NetworkEngine.MaxDecayTables; i++)
            {
                if (HasOwnRate(tables, i))
                {
                    count++;
                }
            }

            return count * (ObjectBytes(3) + (2 * ArrayBytes(1 << DecayTable.FineBits, 4)));
        }

        private static bool HasOwnRate(NetworkTables tables, int index)
        {
            long[] rates = tables.Populations[index].LeakRate;
            if (rates == null || rates.Length != 1)
            {
                return false;
            }

            for (int i = 0; i < index; i++)
            {
                long[] before = tables.Populations[i].LeakRate;
                if (before != null && before.Length == 1 && before[0] == rates[0])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
