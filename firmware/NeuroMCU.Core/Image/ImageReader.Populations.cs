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
            OpenSection(ImageLayout.Populations, 12, ImageLayout.MaxPopulations);
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
            bool lif = population.Model.Number == ImageLayout.LifModel;
            population.Update = NextByte(population.Model.IsSource ? UpdateKind.Event : UpdateKind.Clocked);
            population.Synapse = NextByte(lif && population.Update == UpdateKind.Clocked ? SynapseKind.Exponential : SynapseKind.Delta);
            population.Reset = NextByte(lif ? ResetKind.Subtract : ResetKind.Value);
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

            if (population.Model.IsProgram)
            {
                ReadProgram(population);
                return population;
            }

            if (!lif && !population.Model.IsSource)
            {
                NextZero(4);
                ReadParameters(population);
                return population;
            }

            int shape = NextUInt16(lif ? ImageLayout.AllShapes : 0, ImageError.Range);
            NextZero(2);
            if (lif)
            {
                ReadLif(population, shape);
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

        private void ReadLif(PopulationTable population, int shape)
        {
            int size = population.Size;
            bool exponential = population.Synapse == SynapseKind.Exponential;
            if (!exponential && (shape & (ImageLayout.ExcitatoryShape | ImageLayout.InhibitoryShape)) != 0)
            {
                throw Error(ImageError.Range, _position - 4);
            }

            const int max = ImageLayout.MaxMembrane;
            population.Threshold = NextInts(Count(shape, ImageLayout.ThresholdShape, size), 1 - max, max);
            int resetAt = _position;
            population.ResetValue = NextInts(Count(shape, ImageLayout.ResetShape, size), -max, max);
            population.Equilibrium = NextInts(Count(shape, ImageLayout.EquilibriumShape, size), -max, max);
            int floorAt = _position;
            population.Floor = NextInts(Count(shape, ImageLayout.FloorShape, size), int.MinValue, max);
            int initialAt = _position;
            population.Initial = NextInts(Count(shape, ImageLayout.InitialShape, size), -max, max);
            RequireBelowThreshold(population.ResetValue, population.Threshold, resetAt);
            RequireBelowThreshold(population.Floor, population.Threshold, floorAt);
            RequireBelowThreshold(population.Initial, population.Threshold, initialAt);
            population.Refractory = NextInts(Count(shape, ImageLayout.RefractoryShape, size), 0, ImageLayout.MaxRefractory);
            int leaks = Count(shape, ImageLayout.LeakShape, size);
            if (population.Update == UpdateKind.Event)
            {
                population.LeakRate = NextLongs(leaks, ImageLayout.MinLeakRate, ImageLayout.MaxLeakRate);
                return;
            }

            population.MembraneDecay = NextInts(leaks, 0, int.MaxValue);
            if (exponential)
            {
                population.ExcitatoryDecay = NextInt(0, int.MaxValue, ImageError.Range);
                population.InhibitoryDecay = NextInt(0, int.MaxValue, ImageError.Range);
                population.ExcitatoryCoupling = NextInts(Count(shape, ImageLayout.ExcitatoryShape, size), 0, int.MaxValue);
                population.InhibitoryCoupling = NextInts(Count(shape, ImageLayout.InhibitoryShape, size), 0, int.MaxValue);
            }
        }

        private void RequireBelowThreshold(int[] values, int[] threshold, int at)
        {
            int count = values.Length > threshold.Length ? values.Length : threshold.Length;
            for (int i = 0; i < count; i++)
            {
                int k = values.Length == 1 ? 0 : i;
                if (values[k] >= threshold[threshold.Length == 1 ? 0 : i])
                {
                    throw Error(ImageError.Range, at + (4 * k));
                }
            }
        }

        private static int Count(int shape, int bit, int size)
        {
            return (shape & bit) != 0 ? size : 1;
        }
    }
}
