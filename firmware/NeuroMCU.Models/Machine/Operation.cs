// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>
    /// The instructions of the vector machine by their number in a program. Each works on all neurons of a population; its operands
    /// follow it as words of 32 bits. docs/reference/vector-machine.md describes each with its rounding.
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

        /// <summary><see cref="Spike" /> whose threshold is the upper end of the variable's step: passed over where no step has met its
        /// upper end.</summary>
        public const int SpikeAtEnd = 27;

        /// <summary>d ← a random number of mean 0 and variance 2^32/3: the sum of four of 16 bits, from two draws of the generator in a
        /// register.</summary>
        public const int Noise = 28;

        /// <summary><see cref="Advance3" /> without rounding: a register carries what the shift leaves to the next step.</summary>
        public const int AdvanceCarry = 29;

        /// <summary>d ← clip(y + ((a·k + b·l + e·m + f·g + c) &gt;&gt; s)).</summary>
        public const int Advance4 = 30;

        /// <summary>Words of each assignment that follows a spike: d, a, k, b, l, c, s, lower and upper end.</summary>
        public const int AssignmentWords = 10;

        /// <summary>Largest number of an instruction.</summary>
        public const int Highest = Advance4;

        // What the operands are, in order: r register, k factor, c constant of two words, s shift of a 64-bit sum, q shift of a product
        // that is rounded, h shift of 0 to 30, t table, w any word, f which clips count, o register or −1, n number of assignments. One
        // text, because every text that is always there costs the device memory.
        private const string AllOperands =
            "/rrkcs/rrkrkcs/rrkrkrkcs/rrwwrkcsf/rrwwrkrkcsf/rrwwrkrkrkcsf/rrtwh/rwwrtwhrkcsf/rwwrtwhrkrkcsf/rrrcs/rrwwrrqkrkrkrkcsf/rrwwrwhttsf/rrrh"
            + "/rrr/rrr/rrr/rrrr/rrr/rrr/rr/rrwwf/rr/rrr/rwon/rwron/rwn/rwon/rr/rrwwrrkrkrkcsf/rrwwrkrkrkrkcsf/";

        /// <summary>Gets what the operands of an instruction are, one character each.</summary>
        /// <param name="operation">One of the numbers above.</param>
        /// <returns>The kinds of the operands; null for a number that is none.</returns>
        public static string Operands(int operation)
        {
            if (operation < 1 || operation > Highest)
            {
                return null;
            }

            string all = AllOperands;
            int start = 1;
            for (int i = 1; i < operation; i++)
            {
                start = all.IndexOf('/', start) + 1;
            }

            return all.Substring(start, all.IndexOf('/', start) - start);
        }

        /// <summary>Gets the words of an instruction without the assignments of a spike: its number and its operands, constants
        /// twice.</summary>
        /// <param name="operation">One of the numbers above.</param>
        /// <returns>The number of words; 0 for a number that is none.</returns>
        public static int Words(int operation)
        {
            switch (operation)
            {
                case Linear1:
                case Product:
                    return 7;
                case Linear2:
                    return 9;
                case Linear3:
                case Advance1:
                    return 11;
                case Advance2:
                    return 13;
                case Advance3:
                    return 15;
                case Table:
                case Clip:
                case EdgeSpike:
                    return 6;
                case TableAdvance1:
                    return 14;
                case TableAdvance2:
                    return 16;
                case ProductAdvance:
                    return 19;
                case Gate:
                    return 12;
                case Quotient:
                case Select:
                case Spike:
                case SpikeAtEnd:
                    return 5;
                case Least:
                case Most:
                case Compare:
                case And:
                case Or:
                case Hold:
                case When:
                    return 4;
                case Not:
                case Exchange:
                case Noise:
                    return 3;
                case AdvanceCarry:
                    return 16;
                case Advance4:
                    return 17;
                default:
                    return 0;
            }
        }

        /// <summary>Gets the IL instructions that an instruction executes per neuron, calls weighted as on nanoCLR.</summary>
        /// <param name="operation">One of the numbers above.</param>
        /// <returns>The number, about.</returns>
        public static int Work(int operation)
        {
            switch (operation)
            {
                case Linear1:
                case Least:
                case Most:
                    return 23;
                case Linear2:
                    return 30;
                case Linear3:
                    return 37;
                case Advance1:
                    return 35;
                case Advance2:
                    return 42;
                case Advance3:
                    return 49;
                case Table:
                    return 53;
                case TableAdvance1:
                    return 72;
                case TableAdvance2:
                    return 79;
                case Product:
                    return 26;
                case ProductAdvance:
                    return 67;
                case Gate:
                    return 107;
                case Quotient:
                    return 29;
                case Compare:
                    return 18;
                case Select:
                case And:
                case Or:
                case EdgeSpike:
                    return 17;
                case Not:
                case Hold:
                    return 14;
                case Clip:
                    return 21;
                case Spike:
                case When:
                case SpikeAtEnd:
                    return 12;
                case Noise:
                    return 73;
                case AdvanceCarry:
                    return 77;
                case Advance4:
                    return 56;
                default:
                    return 0;
            }
        }
    }
}
