// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations whose equations the image brings as a program.</content>
    public sealed partial class ImageReader
    {
        private void ReadProgram(PopulationTable population)
        {
            int headAt = _position;
            if (!population.Model.AllowsUpdate(population))
            {
                throw Error(ImageError.Range, headAt);
            }

            VectorProgram program = new VectorProgram();
            program.Start = new int[NextUInt16(VectorProgram.MaxRegisters, ImageError.Count)][];
            program.Tables = new int[NextUInt16(VectorProgram.MaxTables, ImageError.Count)][];
            int inlets = NextUInt16(VectorProgram.MaxInlets, ImageError.Count);
            int visible = NextUInt16(VectorProgram.MaxVisible, ImageError.Count);
            int words = NextInt(0, VectorProgram.MaxWords, ImageError.Count);
            program.Drive = NextInt(-1, program.Start.Length - 1, ImageError.Index);
            program.DriveLeast = NextInt(int.MinValue, int.MaxValue, ImageError.Range);
            program.DriveMost = NextInt(program.DriveLeast, int.MaxValue, ImageError.Range);
            program.Inlets = NextInts(3 * inlets, int.MinValue, int.MaxValue);
            program.Visible = NextInts(visible, 0, program.Start.Length - 1);
            for (int i = 0; i < program.Start.Length; i++)
            {
                int countAt = _position;
                int count = NextInt(1, population.Size, ImageError.Count);
                if (count != 1 && count != population.Size)
                {
                    throw Error(ImageError.Count, countAt);
                }

                program.Start[i] = NextInts(count, int.MinValue, int.MaxValue);
            }

            for (int i = 0; i < program.Tables.Length; i++)
            {
                program.Tables[i] = NextInts(NextInt(2, VectorProgram.MaxEntries, ImageError.Count), int.MinValue, int.MaxValue);
            }

            int codeAt = _position;
            program.Code = NextInts(words, int.MinValue, int.MaxValue);
            population.Program = program;
            int wrong = population.Model.FirstUnsound(population);
            if (wrong >= 0)
            {
                throw Error(ImageError.Range, wrong < words ? codeAt + (4 * wrong) : headAt);
            }
        }
    }
}
