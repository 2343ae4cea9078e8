// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations and their parameters.</content>
    public sealed partial class ImageReader
    {
        private void ReadPopulations()
        {
            OpenSection(ImageLayout.Populations, 8, ImageLayout.MaxPopulations);
            PopulationTable[] populations = new PopulationTable[_items];
            for (int i = 0; i < populations.Length; i++)
            {
                populations[i] = ReadPopulation();
            }

            _tables.Populations = populations;
            CloseSection();
        }

        private PopulationTable ReadPopulation()
        {
            PopulationTable population = new PopulationTable();
            population.Model = NextModel();
            population.Receptors = new ReceptorTable[0];
            population.Channels = new int[0];
            population.Parameters = new long[0][];
            population.Update = NextByte(population.Model.IsSource ? UpdateKind.Event : UpdateKind.Clocked);
            population.Recorded = NextByte(1) != 0;
            NextZero(1);
            int sizeAt = _position;
            population.Size = NextUInt16(Formats.MaxPopulationSize, ImageError.Range);
            if (population.Size == 0)
            {
                throw Error(ImageError.Range, sizeAt);
            }

            _neurons += population.Size;
            if (_neurons > ImageLayout.MaxNeurons)
            {
                throw Error(ImageError.Count, sizeAt);
            }

            NextZero(2);
            if (population.Model.IsProgram)
            {
                ReadProgram(population);
            }
            else if (!population.Model.IsSource)
            {
                ReadParameters(population);
            }

            return population;
        }

        private Model NextModel()
        {
            int at = _position;
            int number = NextByte(255);
            if (number == 0)
            {
                return new SourceModel();
            }

            for (int i = 0; i < _models.Length; i++)
            {
                if (_models[i].Number == number)
                {
                    return _models[i];
                }
            }

            throw Error(ImageError.Range, at);
        }
    }
}
