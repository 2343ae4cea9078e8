// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Machine
{
    /// <summary>
    /// The instructions of the vector machine by their number in a program. Each works on all neurons of a population; its operands follow it
    /// as words of 32 bits. docs/reference/vector-machine.md describes each with its rounding.
    /// </summary>
    public static class Operation
    {
        /// <summary>d ← (a·k + c) &gt;&gt; s.</summary>
        public const int Linear1 = 1;

        /// <summary>d ← (a·k + b·l + c) &gt;&gt; s.</summary>
        public const int Linear2 = 2;

        /// <summary>d ← (a·k + b·l + e·m + c) &gt;&gt; s.</summary>
        public const int Linear3 = 3;

        /// <summary>d ← clip(y + ((a·k + c) &gt;&gt; s)).</summary>
        public const int Advance1 = 4;

        /// <summary>d ← clip(y + ((a·k + b·l + c) &gt;&gt; s)).</summary>
        public const int Advance2 = 5;

        /// <summary>d ← clip(y + ((a·k + b·l + e·m + c) &gt;&gt; s)).</summary>
        public const int Advance3 = 6;

        /// <summary>d ← T(x).</summary>
        public const int Table = 7;

        /// <summary>d ← clip(T(x) + ((a·k + c) &gt;&gt; s)).</summary>
        public const int TableAdvance1 = 8;

        /// <summary>d ← clip(T(x) + ((a·k + b·l + c) &gt;&gt; s)).</summary>
        public const int TableAdvance2 = 9;

        /// <summary>d ← (a·b + c) &gt;&gt; s.</summary>
        public const int Product = 10;

        /// <summary>d ← clip(y + ((p·j + a·k + b·l + e·m + c) &gt;&gt; s)) with p = (f·g + half) &gt;&gt; q.</summary>
        public const int ProductAdvance = 11;

        /// <summary>d ← clip(y + F(x) + ((half − G(x)·y) &gt;&gt; s)), both tables over the same x.</summary>
        public const int Gate = 12;

        /// <summary>d ← (a·2^s) / b, towards zero; 0 where b is 0.</summary>
        public const int Quotient = 13;

        /// <summary>d ← the lesser of a and b.</summary>
        public const int Least = 14;

        /// <summary>d ← the greater of a and b.</summary>
        public const int Most = 15;

        /// <summary>d ← −1 where a ≥ b, else 0: a mask.</summary>
        public const int Compare = 16;

        /// <summary>d ← a where the mask m is not 0, else b.</summary>
        public const int Select = 17;

        /// <summary>d ← a and b, bit by bit.</summary>
        public const int And = 18;

        /// <summary>d ← a or b, bit by bit.</summary>
        public const int Or = 19;

        /// <summary>d ← not a, bit by bit.</summary>
        public const int Not = 20;

        /// <summary>d ← clip(a).</summary>
        public const int Clip = 21;

        /// <summary>Two registers change places.</summary>
        public const int Exchange = 22;

        /// <summary>Where the count is above 0 it goes down by one, and d ← the held value where it is above 0 still.</summary>
        public const int Hold = 23;

        /// <summary>Neurons whose a is at its threshold, and whose count is 0, fire, and their registers are set.</summary>
        public const int Spike = 24;

        /// <summary>The same for neurons whose a was below the threshold in the step before, as a register with their mask says.</summary>
        public const int EdgeSpike = 25;

        /// <summary>Registers are set where a is at its threshold.</summary>
        public const int When = 26;

        /// <summary>Words of each assignment that follows a spike: d, a, k, b, l, c, s, lower and upper end.</summary>
        public const int AssignmentWords = 10;

        private const int Highest = When;

        // What the operands are, in order: r register, k factor, c constant of two words, s shift of a 64-bit sum, q shift of a product that is
        // rounded, h shift of 0 to 30, t table, w any word, f which clips count, o register or −1,
        // n number of assignments.
        private static readonly string[] s_operands = new string[]
        {
            null,
            "rrkcs",
            "rrkrkcs",
            "rrkrkrkcs",
            "rrwwrkcsf",
            "rrwwrkrkcsf",
            "rrwwrkrkrkcsf",
            "rrtwh",
            "rwwrtwhrkcsf",
            "rwwrtwhrkrkcsf",
            "rrrcs",
            "rrwwrrqkrkrkrkcsf",
            "rrwwrwhttsf",
            "rrrh",
            "rrr",
            "rrr",
            "rrr",
            "rrrr",
            "rrr",
            "rrr",
            "rr",
            "rrwwf",
            "rr",
            "rrr",
            "rwon",
            "rwron",
            "rwn",
        };

        // The number itself and the operands, constants twice.
        private static readonly byte[] s_words = new byte[] { 0, 7, 9, 11, 11, 13, 15, 6, 14, 16, 7, 19, 12, 5, 4, 4, 4, 5, 4, 4, 3, 6, 3, 4, 5, 6, 4 };

        // Executed IL instructions per neuron, calls weighted as on nanoCLR.
        private static readonly byte[] s_work = new byte[] { 0, 23, 30, 37, 36, 43, 50, 58, 78, 85, 26, 68, 115, 29, 23, 23, 18, 17, 17, 17, 14, 21, 0, 14, 12, 17, 12 };

        /// <summary>Gets what the operands of an instruction are, one character each.</summary>
        internal static string Operands(int operation)
        {
            return operation < 1 || operation > Highest ? null : s_operands[operation];
        }

        /// <summary>Gets the words of an instruction with its number, but for the assignments of a spike.</summary>
        /// <param name="operation">One of the numbers above.</param>
        /// <returns>The number of words; 0 for a number that is none.</returns>
        public static int Words(int operation)
        {
            return operation < 1 || operation > Highest ? 0 : s_words[operation];
        }

        /// <summary>Gets the IL instructions that an instruction executes per neuron.</summary>
        /// <param name="operation">One of the numbers above.</param>
        /// <returns>The number, about.</returns>
        public static int Work(int operation)
        {
            return s_work[operation];
        }
    }
}
