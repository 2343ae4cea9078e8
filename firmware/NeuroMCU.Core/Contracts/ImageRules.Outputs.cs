// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <content>What comes out of a network, and the board's channels.</content>
    internal static partial class ImageRules
    {
        /// <summary>A trace.</summary>
        internal static void Trace(TraceTable trace, NetworkTables tables, int neurons, int at)
        {
            if (trace.Quantity == TraceQuantity.Weight)
            {
                Within(trace.Neuron, 0, TableShape.Synapses(tables) - 1, ImageError.Index, at, 0);
                Within(trace.Interval, 1, int.MaxValue, ImageError.Range, at, 4);
                return;
            }

            Within(trace.Neuron, 0, neurons - 1, ImageError.Index, at, 0);
            PopulationTable population = Owner(trace.Neuron, tables);
            int quantities = population.Model.Quantities(population);
            Within(quantities, 1, int.MaxValue, ImageError.Index, at, 0);
            Within(trace.Interval, 1, int.MaxValue, ImageError.Range, at, 4);
            Within(trace.Quantity, 0, quantities - 1, ImageError.Range, at, 8);
        }

        /// <summary>Kind of a read-out, and how many populations, values and parameters it has.</summary>
        internal static void ReadoutLengths(int kind, int populations, int values, int parameters, int at)
        {
            Within(kind, 0, ReadoutKind.Direction, ImageError.Range, at, 0);
            bool direction = kind == ReadoutKind.Direction;
            Within(populations, 1, direction ? ImageLayout.MaxPopulations : 1, ImageError.Count, at, 2);
            Within(values, 0, Formats.MaxPopulationSize, ImageError.Count, at, 16);
            Within(parameters, 0, direction ? ImageLayout.MaxReadoutParameters : 0, ImageError.Count, at, 20);
        }

        /// <summary>A read-out with a number of values, whose lengths are good. What its parameters mean is for the read-out to
        /// check.</summary>
        internal static void Readout(ReadoutTable readout, int values, NetworkTables tables, int at)
        {
            Within(readout.HalfWidth, 0, Formats.MaxPopulationSize, ImageError.Range, at, 4);
            Within(readout.Window, 0, int.MaxValue, ImageError.Range, at, 8);
            Within(readout.MinSpikes, 0, int.MaxValue, ImageError.Range, at, 12);
            for (int i = 0; i < readout.Populations.Length; i++)
            {
                PopulationAt(readout.Populations[i], tables, at, 24 + (2 * i));
            }

            int expected = readout.Kind == ReadoutKind.Direction ? 0 : tables.Populations[readout.Populations[0]].Size;
            Within(values, expected, expected, ImageError.Count, at, 16);
        }

        /// <summary>A binding of an output. Whether the board has it is for the board to say.</summary>
        internal static void Output(OutputTable output, NetworkTables tables, int neurons, int at)
        {
            Within(output.Source, 0, OutputSource.Neuron, ImageError.Range, at, 0);
            Within(output.Output, 0, 255, ImageError.Range, at, 1);
            int last = output.Source == OutputSource.Readout ? tables.Readouts.Length - 1 : neurons - 1;
            Within(output.Index, 0, last, ImageError.Index, at, 2);
        }

        /// <summary>A channel of the board with a number of points.</summary>
        internal static void Channel(ChannelTable channel, int points, int at)
        {
            Within(channel.Channel, 0, ImageLayout.MaxChannels - 1, ImageError.Index, at, 0);
            Within(points, 2, ImageLayout.MaxDrivePoints, ImageError.Count, at, 2);
            Within(channel.MaxCode, 0, ImageLayout.MaxCode, ImageError.Range, at, 8);
        }

        /// <summary>Currents and codes of a channel.</summary>
        internal static void ChannelCurve(ChannelTable channel, int at)
        {
            int[] currents = channel.Currents;
            int[] codes = channel.Codes;
            int currentsAt = 12;
            int codesAt = currentsAt + (4 * currents.Length);
            for (int i = 0; i < currents.Length; i++)
            {
                Within(currents[i], -Formats.MaxCurrent, Formats.MaxCurrent, ImageError.Range, at, currentsAt + (4 * i));
                Within(codes[i], 0, ImageLayout.MaxCode, ImageError.Range, at, codesAt + (4 * i));
            }

            for (int i = 1; i < currents.Length; i++)
            {
                Within(currents[i], currents[i - 1] + 1, int.MaxValue, ImageError.Order, at, currentsAt + (4 * i));
                Within(codes[i], codes[i - 1], int.MaxValue, ImageError.Order, at, codesAt + (4 * i));
            }
        }
    }
}
