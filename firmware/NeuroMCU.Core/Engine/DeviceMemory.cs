// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
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
            => (ArrayHeader + (length * elementBytes) + Cell - 1) / Cell * Cell;

        /// <summary>Bytes of an object on the device's heap.</summary>
        /// <param name="fields">Number of instance fields, inherited ones included.</param>
        /// <returns>The number of bytes.</returns>
        public static int ObjectBytes(int fields) => Cell * (1 + fields);

        /// <summary>Places of the spike record: what the network asks for, and at least one for each recorded neuron, as all may fire
        /// at once.</summary>
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
            bytes += ArrayBytes(EngineInputs.Injectable(tables), 10);
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
                bytes += ArrayBytes(projection.RowStart.Length, 4) + ArrayBytes(projection.Synapses.Length, 4)
                    + ArrayBytes(projection.Weights.Length, 2);
            }

            for (int i = 0; i < tables.Learning.Length; i++)
            {
                LearningTable learning = tables.Learning[i];
                ProjectionTable projection = tables.Projections[learning.Projection];
                Model model = learning.Blocks[0].Program.Model;
                bytes += model.LearnerBytes(learning, projection, tables.Populations[projection.Target].Size);
                for (int k = 0; k < learning.Blocks.Length; k++)
                {
                    bytes += ObjectBytes(6) + ObjectBytes(19) + ArrayBytes(learning.Blocks[k].Bindings.Length, 4)
                        + ArrayBytes(learning.Blocks[k].Steps.Length, 4);
                    bytes += model.MemoryBytes(learning.Blocks[k].Program, new DriveTable[0]);
                }
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
                bytes += ArrayBytes(readout.Populations.Length, 4) + ArrayBytes(readout.Values.Length, 4)
                    + ArrayBytes(readout.Parameters.Length, 4);
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
            // Table, model and its arrays of axons and drives.
            int bytes = ObjectBytes(19) + ObjectBytes(44) + (3 * Cell) + (2 * ArrayBytes(0, 4));
            bytes += ArrayBytes(table.Receptors.Length, 4) + ArrayBytes(table.Parameters.Length, 4);
            for (int i = 0; i < table.Parameters.Length; i++)
            {
                bool shared = TableShape.SameParameter(index == 0 ? null : tables.Populations[index - 1], table, i) != null;
                bytes += shared ? 0 : ArrayBytes(table.Parameters[i].Length, 8);
            }

            return bytes + table.Model.MemoryBytes(table, NetworkBuilder.DrivesOf(tables, index));
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
            long rate = RateOf(tables.Populations[index]);
            if (rate == 0)
            {
                return false;
            }

            for (int i = 0; i < index; i++)
            {
                if (RateOf(tables.Populations[i]) == rate)
                {
                    return false;
                }
            }

            return true;
        }

        private static long RateOf(PopulationTable table) => table.Model.SharedDecay(table);
    }
}
