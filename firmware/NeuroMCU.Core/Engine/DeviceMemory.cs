// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;

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

        /// <summary>Bytes that tables and engine of a network take.</summary>
        /// <param name="tables">The network, complete.</param>
        /// <returns>The number of bytes.</returns>
        public static int Estimate(NetworkTables tables)
        {
            return ArrayBytes(TableShape.Synapses(tables), 6);
        }
    }
}
