// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <summary>Reads the rules by which projections learn.</summary>
    public sealed partial class ImageReader
    {
        private void ReadLearning()
        {
            OpenSection(ImageLayout.Learning, 16);
            _tables.Learning = new LearningTable[_items];
            for (int i = 0; i < _tables.Learning.Length; i++)
            {
                int at = _position;
                LearningTable learning = new LearningTable();
                _tables.Learning[i] = learning;
                learning.Projection = NextUInt16();
                learning.Modulator = (short)NextUInt16();
                learning.Limit = NextInt();
                learning.Interval = NextInt();
                int variables = NextByte();
                int blocks = NextByte();
                learning.Sends = NextFlag();
                NextZero(1);
                ImageRules.Learning(_tables, i, learning, at);
                ImageRules.LearningLengths(variables, blocks, at);
                learning.Variables = new LearningVariable[variables];
                for (int k = 0; k < variables; k++)
                {
                    learning.Variables[k] = ReadLearningVariable();
                }

                learning.Blocks = new LearningBlock[blocks];
                for (int k = 0; k < blocks; k++)
                {
                    learning.Blocks[k] = ReadLearningBlock(learning, k);
                }
            }

            CloseSection();
        }

        private LearningVariable ReadLearningVariable()
        {
            int at = _position;
            LearningVariable variable = new LearningVariable();
            variable.Owner = NextByte();
            variable.Course = NextByte();
            variable.LookBack = NextUInt16();
            variable.Start = NextInt();
            variable.Most = NextInt();
            variable.Rate = NextNumbers(1, long.MinValue, long.MaxValue)[0];
            ImageRules.LearningVariable(variable, at);
            return variable;
        }

        private LearningBlock ReadLearningBlock(LearningTable learning, int index)
        {
            int at = _position;
            LearningBlock block = new LearningBlock();
            block.Event = NextByte();
            int bindings = NextByte();
            int words = NextUInt16();
            ImageRules.LearningSteps(words, at);
            block.Bindings = NextInts(bindings);
            block.Steps = NextInts(words);
            block.Program = new PopulationTable();
            block.Program.Model = ProgramModel(at);
            block.Program.Update = UpdateKind.Clocked;
            block.Program.Size = LearningTable.Lanes;
            ImageRules.LearningBlock(learning, block, index, at);
            ReadProgram(block.Program);
            if (block.Program.Program.Visible.Length != bindings)
            {
                throw Error(ImageError.Count, at + 1);
            }

            return block;
        }

        private Model ProgramModel(int at)
        {
            for (int i = 0; i < _models.Length; i++)
            {
                if (_models[i].IsProgram)
                {
                    return _models[i];
                }
            }

            throw Error(ImageError.Range, at);
        }
    }
}
