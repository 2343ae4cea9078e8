// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models.Machine
{
    /// <summary>
    /// Proves of a program, once, before it runs, that it cannot leave its registers and tables and ends after one pass: there are no
    /// jumps, every index is one that exists, every shift one that the hardware does. So the loops of the machine need no checks.
    /// </summary>
    internal static class ProgramCheck
    {
        /// <summary>What is wrong lies outside of the code.</summary>
        internal const int OutsideCode = int.MaxValue;

        /// <summary>Finds out whether a program can be run for a population.</summary>
        /// <returns>Index of the first word of the code that is wrong; −1 when there is none; <see cref="OutsideCode" />.</returns>
        internal static int FirstUnsound(VectorProgram program, int size)
        {
            if (program == null || program.Code == null || program.Tables == null || program.Start == null || program.Inlets == null
                || program.Visible == null)
            {
                return OutsideCode;
            }

            int registers = program.Start.Length;
            bool sound = registers > 0
                && registers <= VectorProgram.MaxRegisters
                && program.Code.Length <= VectorProgram.MaxWords
                && program.Tables.Length <= VectorProgram.MaxTables
                && program.Inlets.Length % 3 == 0
                && program.Inlets.Length <= 3 * VectorProgram.MaxInlets
                && program.Visible.Length > 0
                && program.Visible.Length <= VectorProgram.MaxVisible
                && program.Drive >= -1
                && program.Drive < registers
                && program.DriveLeast <= program.DriveMost;
            if (!sound)
            {
                return OutsideCode;
            }

            for (int i = 0; i < registers; i++)
            {
                int[] start = program.Start[i];
                sound &= start != null && (start.Length == 1 || start.Length == size);
            }

            for (int i = 0; i < program.Tables.Length; i++)
            {
                int[] table = program.Tables[i];
                sound &= table != null && table.Length >= 2 && table.Length <= VectorProgram.MaxEntries;
            }

            for (int i = 0; i < program.Inlets.Length; i += 3)
            {
                sound &= Within(program.Inlets[i], registers) && program.Inlets[i + 1] <= program.Inlets[i + 2];
            }

            for (int i = 0; i < program.Visible.Length; i++)
            {
                sound &= Within(program.Visible[i], registers);
            }

            return sound ? FirstUnsound(program) : OutsideCode;
        }

        private static int FirstUnsound(VectorProgram program)
        {
            int[] code = program.Code;
            int registers = program.Start.Length;
            int at = 0;
            while (at < code.Length)
            {
                int words = Operation.Words(code[at]);
                if (words == 0 || words > code.Length - at)
                {
                    return at;
                }

                string operands = Operation.Operands(code[at]);
                int place = at + 1;
                int first = -1;
                for (int i = 0; i < operands.Length; i++)
                {
                    char kind = operands[i];
                    if (!Fits(kind, code[place], registers, program.Tables.Length))
                    {
                        return place;
                    }

                    // Tables that share an index share their length.
                    if (kind == 't')
                    {
                        if (first >= 0 && program.Tables[code[place]].Length != program.Tables[first].Length)
                        {
                            return place;
                        }

                        first = code[place];
                    }

                    place += kind == 'c' ? 2 : 1;
                }

                if (operands[operands.Length - 1] == 'n')
                {
                    int wrong = FirstUnsoundAssignment(code, place, code[place - 1], registers);
                    if (wrong >= 0)
                    {
                        return wrong;
                    }

                    place += code[place - 1] * Operation.AssignmentWords;
                }

                at = place;
            }

            return -1;
        }

        private static int FirstUnsoundAssignment(int[] code, int place, int count, int registers)
        {
            if (count > (code.Length - place) / Operation.AssignmentWords)
            {
                return place - 1;
            }

            for (int i = 0; i < count; i++)
            {
                if (!Within(code[place], registers))
                {
                    return place;
                }

                if (!Within(code[place + 1], registers))
                {
                    return place + 1;
                }

                if (!Within(code[place + 3], registers))
                {
                    return place + 3;
                }

                if (!Within(code[place + 7], 63))
                {
                    return place + 7;
                }

                place += Operation.AssignmentWords;
            }

            return -1;
        }

        private static bool Fits(char kind, int word, int registers, int tables)
        {
            switch (kind)
            {
                case 'r':
                    return Within(word, registers);
                case 'o':
                    return word == -1 || Within(word, registers);
                case 't':
                    return Within(word, tables);
                case 's':
                    return Within(word, 63);
                case 'q':
                    return word >= 1 && word < 63;
                case 'h':
                    return Within(word, 31);
                case 'n':
                    return word >= 0 && word <= VectorProgram.MaxRegisters;
                default:
                    return true;
            }
        }

        private static bool Within(int value, int count) => value >= 0 && value < count;
    }
}
