// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Machine
{
    /// <summary>Runs a program over the registers of a population, instruction by instruction. What a spike is for the network is up to
    /// its heir.</summary>
    internal abstract class VectorMachine
    {
        private readonly VectorProgram _program;
        private readonly int[][] _registers;

        /// <summary>Initializes a new instance of the <see cref="VectorMachine" /> class.</summary>
        /// <param name="program">A program that <see cref="ProgramCheck" /> found sound.</param>
        protected VectorMachine(VectorProgram program, int size)
        {
            _program = program;
            _registers = new int[program.Start.Length][];
            for (int i = 0; i < _registers.Length; i++)
            {
                _registers[i] = new int[size];
            }
        }

        /// <summary>Gives all registers their values at the start.</summary>
        internal void Restart()
        {
            for (int i = 0; i < _registers.Length; i++)
            {
                int[] start = _program.Start[i];
                int[] register = _registers[i];
                for (int k = 0; k < register.Length; k++)
                {
                    register[k] = start[start.Length == 1 ? 0 : k];
                }
            }
        }

        /// <summary>Gets a register; two registers may change places in a step.</summary>
        internal int[] Register(int index) => _registers[index];

        /// <summary>Counts the IL instructions that a step executes, about.</summary>
        internal static int WorkOf(VectorProgram program, int size)
        {
            int[] code = program.Code;
            int work = 0;
            int at = 0;
            while (at < code.Length)
            {
                int operation = code[at];
                work += Operation.Work(operation);
                at += Length(code, at);
            }

            return work * size;
        }

        /// <summary>Runs the program once.</summary>
        /// <returns>How often a value was clipped.</returns>
        internal int Run(int time)
        {
            int[] code = _program.Code;
            int[][] tables = _program.Tables;
            int[][] r = _registers;
            long clipped = 0;
            int at = 0;
            while (at < code.Length)
            {
                switch (code[at])
                {
                    case Operation.Linear1:
                        LinearLoops.Linear1(r, code, at);
                        break;
                    case Operation.Linear2:
                        LinearLoops.Linear2(r, code, at);
                        break;
                    case Operation.Linear3:
                        LinearLoops.Linear3(r, code, at);
                        break;
                    case Operation.Advance1:
                        clipped += LinearLoops.Advance1(r, code, at);
                        break;
                    case Operation.Advance2:
                        clipped += LinearLoops.Advance2(r, code, at);
                        break;
                    case Operation.Advance3:
                        clipped += LinearLoops.Advance3(r, code, at);
                        break;
                    case Operation.Table:
                        TableLoops.Table(r, code, at, tables);
                        break;
                    case Operation.TableAdvance1:
                        clipped += TableLoops.Advance1(r, code, at, tables);
                        break;
                    case Operation.TableAdvance2:
                        clipped += TableLoops.Advance2(r, code, at, tables);
                        break;
                    case Operation.Product:
                        ProductLoops.Product(r, code, at);
                        break;
                    case Operation.ProductAdvance:
                        clipped += ProductLoops.Advance(r, code, at);
                        break;
                    case Operation.Gate:
                        clipped += TableLoops.Gate(r, code, at, tables);
                        break;
                    case Operation.Quotient:
                        ProductLoops.Quotient(r, code, at);
                        break;
                    case Operation.Least:
                        ChoiceLoops.Least(r, code, at);
                        break;
                    case Operation.Most:
                        ChoiceLoops.Most(r, code, at);
                        break;
                    case Operation.Compare:
                        ChoiceLoops.Compare(r, code, at);
                        break;
                    case Operation.Select:
                        ChoiceLoops.Select(r, code, at);
                        break;
                    case Operation.And:
                        ChoiceLoops.And(r, code, at);
                        break;
                    case Operation.Or:
                        ChoiceLoops.Or(r, code, at);
                        break;
                    case Operation.Not:
                        ChoiceLoops.Not(r, code, at);
                        break;
                    case Operation.Clip:
                        clipped += ChoiceLoops.Clip(r, code, at);
                        break;
                    case Operation.Hold:
                        ChoiceLoops.Hold(r, code, at);
                        break;
                    case Operation.Exchange:
                        int[] first = r[code[at + 1]];
                        r[code[at + 1]] = r[code[at + 2]];
                        r[code[at + 2]] = first;
                        break;
                    case Operation.Spike:
                        clipped += code[at + 3] < 0 ? Spike(code, at, time) : SpikeUnlessHeld(code, at, time);
                        break;
                    case Operation.SpikeAtEnd:
                        if (Words.HasMetEnd(clipped))
                        {
                            clipped += code[at + 3] < 0 ? Spike(code, at, time) : SpikeUnlessHeld(code, at, time);
                        }

                        break;
                    case Operation.EdgeSpike:
                        clipped += EdgeSpike(code, at, time);
                        break;
                    case Operation.Noise:
                        SlowLoops.Noise(r, code, at);
                        break;
                    case Operation.AdvanceCarry:
                        clipped += SlowLoops.Advance(r, code, at);
                        break;
                    case Operation.Advance4:
                        clipped += LinearLoops.Advance4(r, code, at);
                        break;
                    default:
                        clipped += When(code, at);
                        break;
                }

                at += Length(code, at);
            }

            return Words.Clips(clipped);
        }

        /// <summary>A neuron fires.</summary>
        protected abstract void Fire(int neuron, int time);

        private static int Length(int[] code, int at)
        {
            int operation = code[at];
            int words = Operation.Words(operation);
            return operation < Operation.Spike || operation > Operation.SpikeAtEnd ? words
                : words + (code[at + words - 1] * Operation.AssignmentWords);
        }

        private int Spike(int[] code, int at, int time)
        {
            int[] a = _registers[code[at + 1]];
            int threshold = code[at + 2];
            int n = a.Length;
            int clipped = 0;
            for (int i = 0; i < n; i++)
            {
                if (a[i] >= threshold)
                {
                    clipped += Assign(code, at + 5, code[at + 4], i);
                    Fire(i, time);
                }
            }

            return clipped;
        }

        private int SpikeUnlessHeld(int[] code, int at, int time)
        {
            int[] a = _registers[code[at + 1]];
            int threshold = code[at + 2];
            int[] count = _registers[code[at + 3]];
            int n = a.Length;
            int clipped = 0;
            for (int i = 0; i < n; i++)
            {
                if (a[i] >= threshold && count[i] <= 0)
                {
                    clipped += Assign(code, at + 5, code[at + 4], i);
                    Fire(i, time);
                }
            }

            return clipped;
        }

        private int EdgeSpike(int[] code, int at, int time)
        {
            int[] a = _registers[code[at + 1]];
            int threshold = code[at + 2];
            int[] earlier = _registers[code[at + 3]];
            int held = code[at + 4];
            int n = a.Length;
            int clipped = 0;
            for (int i = 0; i < n; i++)
            {
                if (a[i] < threshold)
                {
                    earlier[i] = 0;
                }
                else if (earlier[i] == 0)
                {
                    earlier[i] = -1;
                    if (held < 0 || _registers[held][i] <= 0)
                    {
                        clipped += Assign(code, at + 6, code[at + 5], i);
                        Fire(i, time);
                    }
                }
            }

            return clipped;
        }

        private int When(int[] code, int at)
        {
            int[] a = _registers[code[at + 1]];
            int threshold = code[at + 2];
            int n = a.Length;
            int clipped = 0;
            for (int i = 0; i < n; i++)
            {
                if (a[i] >= threshold)
                {
                    clipped += Assign(code, at + 4, code[at + 3], i);
                }
            }

            return clipped;
        }

        // Rare enough that a call for each neuron does no harm.
        private int Assign(int[] code, int at, int count, int neuron)
        {
            int[][] r = _registers;
            int clipped = 0;
            for (int i = 0; i < count; i++)
            {
                long sum = ((long)r[code[at + 1]][neuron] * code[at + 2]) + ((long)r[code[at + 3]][neuron] * code[at + 4])
                    + Words.Long(code, at + 5);
                long value = sum >> code[at + 7];
                long clip = Saturation.Clamp(value, code[at + 8], code[at + 9]);
                clipped += clip == value ? 0 : 1;
                r[code[at]][neuron] = (int)clip;
                at += Operation.AssignmentWords;
            }

            return clipped;
        }
    }
}
