// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// The equations of a population as a program of the vector machine: what the image holds and the machine runs. Registers hold one
    /// int per neuron; the binary point of each is the compiler's affair.
    /// </summary>
    public sealed class VectorProgram
    {
        /// <summary>Most registers.</summary>
        public const int MaxRegisters = 255;

        /// <summary>Most words of the code.</summary>
        public const int MaxWords = 8192;

        /// <summary>Most tables.</summary>
        public const int MaxTables = 64;

        /// <summary>Most entries of a table.</summary>
        public const int MaxEntries = 8193;

        /// <summary>Most registers that synapses can add to.</summary>
        public const int MaxInlets = 16;

        /// <summary>Most registers that a trace can show.</summary>
        public const int MaxVisible = 64;

        /// <summary>Instructions of one step, each with its operands.</summary>
        public int[] Code;

        /// <summary>Values of each table at equal distances, two or more.</summary>
        public int[][] Tables;

        /// <summary>Values of each register at the start: one for all neurons, or one per neuron.</summary>
        public int[][] Start;

        /// <summary>Register that steps of drive add to; −1 for none. Its start value is the constant bias.</summary>
        public int Drive;

        /// <summary>Least value of that register.</summary>
        public int DriveLeast;

        /// <summary>Largest value of that register.</summary>
        public int DriveMost;

        /// <summary>Registers that synapses add to, by receptor; each is followed by its least and its largest value.</summary>
        public int[] Inlets;

        /// <summary>Registers that can be seen from outside, by quantity: the membrane, the drive, then the others.</summary>
        public int[] Visible;
    }
}
