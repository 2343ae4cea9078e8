// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations and their parameters.</content>
    public sealed partial class ImageReader
    {
        private void ReadPopulations()
        {
            OpenSection(ImageLayout.Populations, 8);
            PopulationTable[] populations = new PopulationTable[_items];
            for (int i = 0; i < populations.Length; i++)
            {
                populations[i] = ReadPopulation(i == 0 ? null : populations[i - 1]);
            }

            _tables.Populations = populations;
            CloseSection();
        }

        private PopulationTable ReadPopulation(PopulationTable before)
        {
            int at = _position;
            PopulationTable population = new PopulationTable();
            population.Model = NextModel();

            // What is empty is shared with the population before.
            population.Receptors = before != null && before.Receptors.Length == 0 ? before.Receptors : new ReceptorTable[0];
            population.Channels = before != null && before.Channels.Length == 0 ? before.Channels : new int[0];
            population.Parameters = before != null && before.Parameters.Length == 0 ? before.Parameters : new long[0][];
            population.Update = NextByte();
            population.Recorded = NextFlag();
            NextZero(1);
            population.Size = NextUInt16();
            NextZero(2);
            _neurons = ImageRules.Population(population, _neurons, at);
            if (population.Model.IsProgram)
            {
                ReadProgram(population);
            }
            else if (!population.Model.IsSource)
            {
                ReadParameters(population, before);
            }

            return population;
        }

        private Model NextModel()
        {
            int at = _position;
            int number = NextByte();
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
