// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <content>Populations: head, receptors and parameters, programs.</content>
    internal static partial class ImageRules
    {
        /// <summary>Head of a population; returns the neurons of all populations so far.</summary>
        internal static int Population(PopulationTable population, int neurons, int at)
        {
            Within(population.Update, 0, population.Model.IsSource ? UpdateKind.Event : UpdateKind.Clocked, ImageError.Range, at, 1);
            Within(population.Size, 1, Formats.MaxPopulationSize, ImageError.Range, at, 4);
            neurons += population.Size;
            Within(neurons, 0, ImageLayout.MaxNeurons, ImageError.Count, at, 4);
            return neurons;
        }

        /// <summary>Number of receptors. This and what follows begins behind the head.</summary>
        internal static void ReceptorCount(int receptors, int at)
        {
            Within(receptors, 0, ImageLayout.MaxReceptors, ImageError.Range, at, 0);
        }

        /// <summary>Receptors and channels, and whether the model can be brought forward as the head says with these.</summary>
        internal static void Connections(PopulationTable population, int at)
        {
            ReceptorTable[] receptors = population.Receptors;
            for (int i = 0; i < receptors.Length; i++)
            {
                Within(receptors[i].Stages, 1, 2, ImageError.Range, at, 4 + (8 * i));
                Within(receptors[i].Decay, 0, int.MaxValue, ImageError.Range, at, 8 + (8 * i));
            }

            int channelsAt = 4 + (8 * receptors.Length);
            for (int i = 0; i < population.Channels.Length; i++)
            {
                Within(population.Channels[i], 0, ImageLayout.MaxChannels - 1, ImageError.Range, at, channelsAt + (4 * i));
            }

            Update(population, at);
        }

        /// <summary>Whether the model can be brought forward as the head says.</summary>
        internal static void Update(PopulationTable population, int at)
        {
            if (!population.Model.AllowsUpdate(population))
            {
                throw Broken(ImageError.Range, at, 0);
            }
        }

        /// <summary>Number of values of a parameter or a register: one for all neurons, or one for each.</summary>
        internal static void ValueCount(PopulationTable population, int count, int at)
        {
            if (count != 1 && count != population.Size)
            {
                throw Broken(ImageError.Count, at, 0);
            }
        }

        /// <summary>Values of a parameter.</summary>
        internal static void Parameter(PopulationTable population, int index, int at)
        {
            long[] values = population.Parameters[index];
            long least = population.Model.Least[index];
            long most = population.Model.Most[index];
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] < least || values[i] > most)
                {
                    throw Broken(ImageError.Range, at, ImageLayout.BytesOf(least, most) * i);
                }
            }
        }

        /// <summary>Whether the parameters fit each other.</summary>
        /// <param name="places">Where the values of each parameter begin; null without an image.</param>
        internal static void Soundness(PopulationTable population, int[] places)
        {
            int wrong = population.Model.FirstUnsound(population);
            if (wrong >= 0)
            {
                throw Broken(ImageError.Range, places == null ? NoImage : places[wrong], 0);
            }
        }

        /// <summary>Lengths of a program's lists.</summary>
        internal static void ProgramLengths(int registers, int tables, int inlets, int visible, int words, int at)
        {
            Within(registers, 0, VectorProgram.MaxRegisters, ImageError.Count, at, 0);
            Within(tables, 0, VectorProgram.MaxTables, ImageError.Count, at, 2);
            Within(inlets, 0, VectorProgram.MaxInlets, ImageError.Count, at, 4);
            Within(visible, 0, VectorProgram.MaxVisible, ImageError.Count, at, 6);
            Within(words, 0, VectorProgram.MaxWords, ImageError.Count, at, 8);
        }

        /// <summary>Drive and visible registers of a program.</summary>
        internal static void ProgramRegisters(VectorProgram program, int at)
        {
            int last = program.Start.Length - 1;
            Within(program.Drive, -1, last, ImageError.Index, at, 12);
            Within(program.DriveMost, program.DriveLeast, int.MaxValue, ImageError.Range, at, 20);
            int visibleAt = 24 + (4 * program.Inlets.Length);
            for (int i = 0; i < program.Visible.Length; i++)
            {
                Within(program.Visible[i], 0, last, ImageError.Range, at, visibleAt + (4 * i));
            }
        }

        /// <summary>Number of entries of a program's table.</summary>
        internal static void ProgramEntries(int entries, int at)
        {
            Within(entries, 2, VectorProgram.MaxEntries, ImageError.Count, at, 0);
        }

        /// <summary>Whether the words of a program are good; they begin at a byte of their own.</summary>
        internal static void ProgramCode(PopulationTable population, int codeAt, int at)
        {
            int wrong = population.Model.FirstUnsound(population);
            if (wrong >= 0)
            {
                bool word = wrong < population.Program.Code.Length;
                throw Broken(ImageError.Range, word ? codeAt : at, word ? 4 * wrong : 0);
            }
        }

        // All rules of a population that comes from no image.
        private static void Population(PopulationTable population)
        {
            if (population.Model.IsProgram)
            {
                Update(population, NoImage);
                Program(population);
            }
            else if (!population.Model.IsSource)
            {
                ReceptorCount(population.Receptors.Length, NoImage);
                Connections(population, NoImage);
                for (int i = 0; i < population.Parameters.Length; i++)
                {
                    ValueCount(population, population.Parameters[i].Length, NoImage);
                    Parameter(population, i, NoImage);
                }

                Soundness(population, null);
            }
        }

        private static void Program(PopulationTable population)
        {
            VectorProgram program = population.Program;
            ProgramLengths(program.Start.Length, program.Tables.Length, program.Inlets.Length / 3, program.Visible.Length,
                program.Code.Length, NoImage);
            ProgramRegisters(program, NoImage);
            for (int i = 0; i < program.Start.Length; i++)
            {
                ValueCount(population, program.Start[i].Length, NoImage);
            }

            for (int i = 0; i < program.Tables.Length; i++)
            {
                ProgramEntries(program.Tables[i].Length, NoImage);
            }

            ProgramCode(population, NoImage, NoImage);
        }
    }
}
