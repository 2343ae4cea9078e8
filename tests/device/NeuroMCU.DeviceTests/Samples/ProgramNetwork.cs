// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>
    /// Programs of the vector machine at random: every instruction, operands at the ends of their ranges and in between, and a source whose
    /// spikes arrive. They compute nonsense, which must be the same nonsense everywhere.
    /// </summary>
    internal static class ProgramNetwork
    {
        private const int Registers = 14;
        private const int Size = 3;
        private const int Tables = 3;

        // As in Operation: r register, k factor, c constant, s q h shifts, t table, w bound, f which clips count, o register or none, n assignments.
        private static readonly string[] s_operands = new string[]
        {
            null, "rrkcs", "rrkrkcs", "rrkrkrkcs", "rrwwrkcsf", "rrwwrkrkcsf", "rrwwrkrkrkcsf", "rrtwh", "rwwrtwhrkcsf", "rwwrtwhrkrkcsf", "rrrcs",
            "rrwwrrqkrkrkrkcsf", "rrwwrwhttsf", "rrrh", "rrr", "rrr", "rrr", "rrrr", "rrr", "rrr", "rr", "rrwwf", "rr", "rrr", "rwon", "rwron", "rwn", "rwon", "rr",
            "rrwwrrkrkrkcsf", "rrwwrkrkrkrkcsf",
        };

        /// <summary>Makes a network of a source and neurons with a random program.</summary>
        /// <param name="seed">Draws everything.</param>
        public static NetworkTables Make(uint seed)
        {
            XorShift random = new XorShift(seed);
            VectorProgram program = Program(random, Registers);
            program.Drive = 1;
            program.DriveLeast = -1000000;
            program.DriveMost = 1000000;
            program.Inlets = new int[] { 2, -100000, 100000, 3, int.MinValue, int.MaxValue };

            PopulationTable source = new PopulationTable();
            source.Model = new SourceModel();
            source.Size = 2;
            PopulationTable neurons = new PopulationTable();
            neurons.Model = new EquationModel();
            neurons.Update = UpdateKind.Clocked;
            neurons.Recorded = true;
            neurons.Size = Size;
            neurons.Program = program;

            NetworkTables tables = new NetworkTables();
            tables.Step = 100;
            tables.QueueCapacity = 64;
            tables.SpikeCapacity = 256;
            tables.Populations = new PopulationTable[] { source, neurons };
            tables.Projections = new ProjectionTable[] { Project(0), Project(1) };
            PoissonTable poisson = new PoissonTable();
            poisson.Count = 2;
            poisson.MeanInterval = 300;
            poisson.Seed = seed;
            poisson.Stop = int.MaxValue;
            tables.PoissonSources = new PoissonTable[] { poisson };
            DriveTable drive = new DriveTable();
            drive.Population = 1;
            drive.Count = Size;
            drive.Amplitude = 900000;
            drive.Start = 500;
            drive.Stop = 1500;
            tables.Drives = new DriveTable[] { drive };
            tables.Traces = new TraceTable[Registers];
            for (int i = 0; i < Registers; i++)
            {
                TraceTable trace = new TraceTable();
                trace.Neuron = 2 + (i % Size);
                trace.Interval = 100;
                trace.Quantity = i;
                tables.Traces[i] = trace;
            }

            return tables;
        }

        /// <summary>Makes a random program of every instruction.</summary>
        /// <param name="random">Draws it.</param>
        /// <param name="visible">Registers that are visible, from the first on; 14 at most.</param>
        internal static VectorProgram Program(XorShift random, int visible)
        {
            VectorProgram program = new VectorProgram();
            program.Tables = new int[Tables][];
            for (int i = 0; i < Tables; i++)
            {
                program.Tables[i] = Values(random, 17);
            }

            program.Start = new int[Registers][];
            program.Visible = new int[visible];
            for (int i = 0; i < Registers; i++)
            {
                program.Start[i] = Values(random, visible == Registers && i % 2 == 0 ? Size : 1);
                if (i < visible)
                {
                    program.Visible[i] = i;
                }
            }

            program.Drive = -1;
            program.Inlets = new int[0];
            program.Code = Code(random);
            return program;
        }

        private static ProjectionTable Project(int receptor)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = 0;
            projection.Target = 1;
            projection.Receptor = receptor;
            projection.WeightScale = 65536;
            projection.RowStart = new int[] { 0, 2, 3 };
            projection.Synapses = new int[] { 0, 1, 2 };
            projection.Weights = new short[] { 32767, -32767, 5 };
            return projection;
        }

        private static int[] Code(XorShift random)
        {
            // Long enough for two rounds of all instructions with two assignments for each spike.
            int[] code = new int[2 * 30 * 40];
            int at = 0;
            for (int round = 0; round < 2; round++)
            {
                for (int operation = 1; operation < s_operands.Length; operation++)
                {
                    code[at++] = operation;
                    string operands = s_operands[operation];
                    for (int i = 0; i < operands.Length; i++)
                    {
                        at = Operand(random, operands[i], code, at);
                    }
                }
            }

            int[] cut = new int[at];
            for (int i = 0; i < at; i++)
            {
                cut[i] = code[i];
            }

            return cut;
        }

        private static int Operand(XorShift random, char kind, int[] code, int at)
        {
            switch (kind)
            {
                case 'r':
                    code[at++] = random.Next(Registers);
                    break;
                case 'o':
                    code[at++] = random.Next(Registers + 1) - 1;
                    break;
                case 't':
                    code[at++] = random.Next(Tables);
                    break;
                case 's':
                    code[at++] = random.Next(63);
                    break;
                case 'q':
                    code[at++] = 1 + random.Next(62);
                    break;
                case 'h':
                    code[at++] = random.Next(31);
                    break;
                case 'f':
                    code[at++] = random.Next(4);
                    break;
                case 'c':
                    code[at++] = Value(random);
                    code[at++] = Value(random);
                    break;
                case 'n':
                    code[at++] = 2;
                    for (int i = 0; i < 2; i++)
                    {
                        code[at++] = random.Next(Registers);
                        code[at++] = random.Next(Registers);
                        code[at++] = Value(random);
                        code[at++] = random.Next(Registers);
                        code[at++] = Value(random);
                        code[at++] = Value(random);
                        code[at++] = Value(random);
                        code[at++] = random.Next(63);
                        code[at++] = int.MinValue;
                        code[at++] = Value(random);
                    }

                    break;
                default:
                    code[at++] = Value(random);
                    break;
            }

            return at;
        }

        private static int[] Values(XorShift random, int count)
        {
            int[] values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = Value(random);
            }

            return values;
        }

        // Ends of the range now and then, else numbers of all magnitudes and both signs.
        private static int Value(XorShift random)
        {
            int kind = random.Next(12);
            if (kind == 0)
            {
                return int.MinValue;
            }

            if (kind == 1)
            {
                return int.MaxValue;
            }

            if (kind == 2)
            {
                return 0;
            }

            return ((random.Next(65536) << 16) | random.Next(65536)) >> random.Next(31);
        }
    }
}
