// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>
    /// An array of programmable conductances. Nodes are counted row by row: node = row · columns + column. Readings and targets are in
    /// millionths of the full scale of the board profile, so that nS and mS need the same arithmetic; positive pulses raise a reading.
    /// </summary>
    /// <remarks>
    /// A driver does what it is asked: limits of the profile are enforced by the node controller before it is called. Nothing is
    /// allocated after opening. A part that fails throws what the platform throws; the caller then calls <see cref="Release" />, which
    /// may be called at any time.
    /// </remarks>
    public interface INodeArray
    {
        /// <summary>Gets the number of rows.</summary>
        int Rows { get; }

        /// <summary>Gets the number of columns.</summary>
        int Columns { get; }

        /// <summary>Gets a value indicating whether a node is set to a value rather than moved by pulses, as a digital potentiometer
        /// is.</summary>
        bool SetsDirectly { get; }

        /// <summary>Reads a node once at the profile's read voltage, with every column at virtual ground and the other rows at 0 where
        /// the array is a crossbar.</summary>
        /// <param name="node">Number of the node.</param>
        /// <returns>Millionths of full scale; the end of the converter's range when it saturates.</returns>
        int Read(int node);

        /// <summary>Applies one short pulse and returns when it is over and the node has settled.</summary>
        /// <param name="node">Number of the node.</param>
        /// <param name="millivolts">Amplitude in mV; negative lowers the conductance.</param>
        /// <param name="microseconds">Width in µs, 1 to 20000.</param>
        /// <param name="microamperes">Largest current in µA.</param>
        void Pulse(int node, int millivolts, int microseconds, int microamperes);

        /// <summary>Begins a pulse that is longer than a turn of the loop; <see cref="Release" /> ends it.</summary>
        /// <param name="node">Number of the node.</param>
        /// <param name="millivolts">Amplitude in mV.</param>
        /// <param name="microamperes">Largest current in µA.</param>
        void Bias(int node, int millivolts, int microamperes);

        /// <summary>Sets a node of an array that <see cref="SetsDirectly" />; nothing happens elsewhere.</summary>
        /// <param name="node">Number of the node.</param>
        /// <param name="value">Millionths of full scale; the nearest value that the part has is taken.</param>
        void Set(int node, int value);

        /// <summary>Makes what the nodes have permanent where they would lose it with the power, as wipers of potentiometers do. For
        /// checkpoints: parts wear out.</summary>
        void Keep();

        /// <summary>Gets the chip that was spoken to last: its I2C address + 256 · the branch of the bus switch, counted from 1 (0 without
        /// a switch); 0 where nodes are behind no chip. A fault names it.</summary>
        int Chip { get; }

        /// <summary>Takes every voltage off the array.</summary>
        void Release();
    }
}
