// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Host.Compile;
using NeuroMCU.Host.Devices.Client;

namespace NeuroMCU.Host.Recording
{
    /// <summary>Puts what a device sent during a run together with the names and units of its network.</summary>
    public static class DeviceRecording
    {
        /// <summary>Makes the recording of a run.</summary>
        /// <param name="tables">Tables of the network that ran.</param>
        /// <param name="symbols">Its names and units.</param>
        /// <param name="ranOn">Where it ran, for people.</param>
        /// <param name="recorder">What arrived.</param>
        /// <param name="report">How the run ended.</param>
        /// <param name="counters">Counters of the device after the run.</param>
        /// <param name="before">Counters of the device before the run; null after a reset of the network.</param>
        /// <returns>The recording, traces in physical units.</returns>
        public static RunRecording Of(
            NetworkTables tables,
            SymbolTable symbols,
            string ranOn,
            RunRecorder recorder,
            RunReport report,
            IReadOnlyList<KeyValuePair<string, long>> counters,
            IReadOnlyList<KeyValuePair<string, long>>? before = null)
        {
            ArgumentNullException.ThrowIfNull(tables);
            ArgumentNullException.ThrowIfNull(symbols);
            ArgumentNullException.ThrowIfNull(recorder);
            ArgumentNullException.ThrowIfNull(report);
            LossAccount losses = LossAccount.Of(report, before ?? [], counters, DrivesPins(tables));
            return new RunRecording
            {
                Network = symbols.Network,
                RanOn = ranOn,
                Duration = report.Time,
                Populations = PopulationsOf(tables, symbols),
                Spikes = recorder.Spikes,
                Traces = TracesOf(tables, symbols, recorder.Samples),
                Produced = report.Spikes.Total + losses.Unnumbered,
                Lost = losses.Spikes,
                Losses = losses,
                Counters = counters,
            };
        }

        /// <summary>The populations of a network as a recording names them.</summary>
        /// <param name="tables">Tables of the network.</param>
        /// <param name="symbols">Its names.</param>
        /// <returns>Populations in order of their first neuron.</returns>
        public static IReadOnlyList<RecordedPopulation> PopulationsOf(NetworkTables tables, SymbolTable symbols)
        {
            ArgumentNullException.ThrowIfNull(tables);
            ArgumentNullException.ThrowIfNull(symbols);
            RecordedPopulation[] populations = new RecordedPopulation[tables.Populations.Length];
            int first = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                populations[i] = new RecordedPopulation(symbols.Populations[i].Name, first, tables.Populations[i].Size, tables.Populations[i].Recorded);
                first += tables.Populations[i].Size;
            }

            return populations;
        }

        // A constant drive is right however late the network is.
        private static bool DrivesPins(NetworkTables tables)
        {
            return tables.Populations.Where((p, i) => p.Channels is { Length: > 0 } && (p.Receptors.Length > 0 || tables.Drives.Any(d => d.Population == i))).Any();
        }

        private static TraceRecord[] TracesOf(NetworkTables tables, SymbolTable symbols, IReadOnlyList<TraceSample> samples)
        {
            IReadOnlyList<RecordedPopulation> populations = PopulationsOf(tables, symbols);
            ILookup<int, TraceSample> byTrace = samples.ToLookup(s => s.Trace);
            TraceRecord[] traces = new TraceRecord[tables.Traces.Length];
            for (int k = 0; k < traces.Length; k++)
            {
                TraceTable table = tables.Traces[k];
                int neuron = table.Neuron;
                int p = populations.TakeWhile(q => !q.Contains(neuron)).Count();
                PopulationSymbol symbol = symbols.Populations[p];
                TraceSample[] own = byTrace[k].ToArray();
                traces[k] = new TraceRecord(
                    FormattableString.Invariant($"{symbol.Name}[{neuron - populations[p].First}]") + TraceValues.Suffix(table),
                    neuron,
                    TraceValues.UnitOf(table, symbol),
                    Array.ConvertAll(own, s => s.Time),
                    Array.ConvertAll(own, s => TraceValues.Of(table, symbol, s.Value)));
            }

            return traces;
        }
    }
}
