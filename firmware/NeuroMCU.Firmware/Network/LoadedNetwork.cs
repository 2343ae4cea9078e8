// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Firmware.Network
{
    /// <summary>A network in memory: its engine, and where its image came from.</summary>
    internal sealed class LoadedNetwork
    {
        /// <summary>Initializes a new instance of the <see cref="LoadedNetwork" /> class.</summary>
        /// <param name="crc">CRC-32 over the content of the image.</param>
        /// <exception cref="ImageException">The tables contradict each other.</exception>
        internal LoadedNetwork(NetworkTables tables, int memory, int length, uint crc)
        {
            Length = length;
            Crc = crc;
            Memory = memory;
            Engine = new NetworkEngine(tables);
            Labels = new SymbolText(tables.Symbols);
            if (tables.Hearing.Length > 1)
            {
                // One pair of microphones, one rate, one front end.
                throw new ImageException(ImageError.Count, -1);
            }

            Listener = tables.Hearing.Length == 0 ? null : new Listener(Engine, tables.Hearing[0]);
            Readouts = new IReadout[tables.Readouts.Length];
            for (int k = 0; k < Readouts.Length; k++)
            {
                Readouts[k] = MakeReadout(tables.Readouts[k]);
            }
        }

        /// <summary>Tells whether a neuron is a source, which can be made to fire.</summary>
        /// <returns>True for a source.</returns>
        internal bool IsSource(int neuron)
        {
            PopulationTable[] populations = Engine.Tables.Populations;
            int first = 0;
            for (int k = 0; k < populations.Length && neuron >= first; k++)
            {
                if (neuron < first + populations[k].Size)
                {
                    return populations[k].Model.IsSource;
                }

                first += populations[k].Size;
            }

            return false;
        }

        /// <summary>Gets the engine.</summary>
        internal NetworkEngine Engine { get; }

        /// <summary>Gets the front end with its way into the engine; null when the network does not listen.</summary>
        internal Listener Listener { get; }

        /// <summary>Gets the read-outs in the order of the image.</summary>
        internal IReadout[] Readouts { get; }

        /// <summary>Gets the names in the image.</summary>
        internal SymbolText Labels { get; }

        /// <summary>Gets the memory in bytes that the network needs.</summary>
        internal int Memory { get; }

        /// <summary>Gets or sets the length of the image in bytes.</summary>
        internal int Length { get; set; }

        /// <summary>Gets or sets the CRC-32 over the content of the image.</summary>
        internal uint Crc { get; set; }

        /// <summary>Gets or sets the generation in the store; 0 when the image is in memory only.</summary>
        internal uint Generation { get; set; }

        /// <summary>Gets or sets a value indicating whether the image is in the store.</summary>
        internal bool IsStored { get; set; }

        private IReadout MakeReadout(ReadoutTable table)
        {
            if (table.Kind == ReadoutKind.Population)
            {
                return new PopulationReadout(table, Engine);
            }

            if (Listener == null)
            {
                throw new ImageException(ImageError.Index, -1);
            }

            return new DirectionReadout(table, Engine, Listener.FrontEnd);
        }
    }
}
