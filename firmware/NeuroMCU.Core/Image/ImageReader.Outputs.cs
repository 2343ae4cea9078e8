// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>What comes out of a network: traces, read-outs, outputs of the board.</content>
    public sealed partial class ImageReader
    {
        private void ReadTraces()
        {
            OpenSection(ImageLayout.Traces, 12);
            TraceTable[] traces = new TraceTable[_items];
            for (int i = 0; i < traces.Length; i++)
            {
                int at = _position;
                TraceTable trace = new TraceTable();
                trace.Neuron = NextInt();
                trace.Interval = NextInt();
                trace.Quantity = NextInt();
                ImageRules.Trace(trace, _tables, _neurons, at);
                traces[i] = trace;
            }

            _tables.Traces = traces;
            CloseSection();
        }

        private void ReadReadouts()
        {
            OpenSection(ImageLayout.Readouts, 24);
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
            int at = _position;
            ReadoutTable readout = new ReadoutTable();
            readout.Kind = NextByte();
            NextZero(1);
            int populations = NextUInt16();
            readout.HalfWidth = NextUInt16();
            NextZero(2);
            readout.Window = NextInt();
            readout.MinSpikes = NextInt();
            int values = NextInt();
            int parameters = NextInt();
            ImageRules.ReadoutLengths(readout.Kind, populations, values, parameters, at);
            readout.Populations = new int[populations];
            for (int i = 0; i < populations; i++)
            {
                readout.Populations[i] = NextUInt16();
            }

            ImageRules.Readout(readout, values, _tables, at);
            SkipPadding();
            readout.Values = NextInts(values);
            readout.Parameters = NextInts(parameters);
            return readout;
        }

        private void ReadOutputs()
        {
            OpenSection(ImageLayout.Outputs, 12);
            OutputTable[] outputs = new OutputTable[_items];
            for (int i = 0; i < outputs.Length; i++)
            {
                int at = _position;
                OutputTable output = new OutputTable();
                output.Source = NextByte();
                output.Output = NextByte();
                output.Index = NextUInt16();
                output.From = NextInt();
                output.To = NextInt();
                ImageRules.Output(output, _tables, _neurons, at);
                outputs[i] = output;
            }

            _tables.Outputs = outputs;
            CloseSection();
        }
    }
}
