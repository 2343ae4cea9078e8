// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <content>What comes out of a network: traces, read-outs, outputs of the board.</content>
    public sealed partial class ImageReader
    {
        private void ReadTraces()
        {
            OpenSection(ImageLayout.Traces, 12, ImageLayout.MaxTraces);
            TraceTable[] traces = new TraceTable[_items];
            for (int i = 0; i < traces.Length; i++)
            {
                int at = _position;
                TraceTable trace = new TraceTable();
                trace.Neuron = NextInt(0, _neurons - 1, ImageError.Index);
                PopulationTable population = Owner(trace.Neuron);
                int quantities = population.Model.Quantities(population);
                if (quantities == 0)
                {
                    throw Error(ImageError.Index, at);
                }

                trace.Interval = NextInt(1, int.MaxValue, ImageError.Range);
                trace.Quantity = NextInt(0, quantities - 1, ImageError.Range);
                traces[i] = trace;
            }

            _tables.Traces = traces;
            CloseSection();
        }

        private void ReadReadouts()
        {
            OpenSection(ImageLayout.Readouts, 24, ImageLayout.MaxBindings);
            ReadoutTable[] readouts = new ReadoutTable[_items];
            for (int i = 0; i < readouts.Length; i++)
            {
                readouts[i] = ReadReadout();
            }

            _tables.Readouts = readouts;
            CloseSection();
        }

        private ReadoutTable ReadReadout()
        {
            ReadoutTable readout = new ReadoutTable();
            readout.Kind = NextByte(ReadoutKind.Direction);
            NextZero(1);
            int countAt = _position;
            int populations = NextUInt16(ImageLayout.MaxPopulations, ImageError.Count);
            bool direction = readout.Kind == ReadoutKind.Direction;
            if (populations == 0 || (populations > 1 && !direction))
            {
                throw Error(ImageError.Count, countAt);
            }

            readout.HalfWidth = NextUInt16(Formats.MaxPopulationSize, ImageError.Range);
            NextZero(2);
            readout.Window = NextInt(0, int.MaxValue, ImageError.Range);
            readout.MinSpikes = NextInt(0, int.MaxValue, ImageError.Range);
            int valuesAt = _position;
            int values = NextInt(0, Formats.MaxPopulationSize, ImageError.Count);
            int parameters = NextInt(0, direction ? ImageLayout.MaxReadoutParameters : 0, ImageError.Count);
            readout.Populations = new int[populations];
            for (int i = 0; i < populations; i++)
            {
                readout.Populations[i] = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            }

            SkipPadding();
            if (values != (direction ? 0 : _tables.Populations[readout.Populations[0]].Size))
            {
                throw Error(ImageError.Count, valuesAt);
            }

            readout.Values = NextInts(values, int.MinValue, int.MaxValue);
            readout.Parameters = NextInts(parameters, int.MinValue, int.MaxValue);
            return readout;
        }

        private void ReadOutputs()
        {
            OpenSection(ImageLayout.Outputs, 12, ImageLayout.MaxBindings);
            OutputTable[] outputs = new OutputTable[_items];
            for (int i = 0; i < outputs.Length; i++)
            {
                OutputTable output = new OutputTable();
                output.Source = NextByte(OutputSource.Neuron);
                output.Output = NextByte(255);
                int last = output.Source == OutputSource.Readout ? _tables.Readouts.Length - 1 : _neurons - 1;
                output.Index = NextUInt16(last, ImageError.Index);
                output.From = NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                output.To = NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                outputs[i] = output;
            }

            _tables.Outputs = outputs;
            CloseSection();
        }
    }
}
