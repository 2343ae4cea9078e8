// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Recording;

/// <summary>Puts what a device sent during a run together with the names and units of its network.</summary>
public static class DeviceRecording
{
    /// <summary>Makes the recording of a run.</summary>
    /// <param name="tables">Tables of the network that ran.</param>
    /// <param name="symbols">Its names and units.</param>
    /// <param name="ranOn">Where it ran, for people.</param>
    /// <param name="recorder">What arrived.</param>
    /// <param name="report">How the run ended.</param>
    /// <param name="counters">Counters of the device after the run; empty when they could not be read.</param>
    /// <param name="saturations">How often values of each population were cut off; null when the device does not tell.</param>
    /// <param name="before">Counters of the device before the run; null after a reset of the network.</param>
    /// <param name="asked">Network time in µs at which the run was to end; 0 when it was to be stopped.</param>
    /// <returns>The recording, traces in physical units.</returns>
    public static RunRecording Of(
        NetworkTables tables,
        SymbolTable symbols,
        string ranOn,
        RunRecorder recorder,
        RunReport report,
        IReadOnlyList<KeyValuePair<string, long>> counters,
        IReadOnlyList<long>? saturations,
        IReadOnlyList<KeyValuePair<string, long>>? before = null,
        long asked = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(report);
        LossAccount losses = LossAccount.Of(report, before ?? [], counters, DrivesPins(tables), tables.Hearing.Length > 0);
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
            EndedEarly = EarlyText(report, asked),
            LateEvents = report.LateEvents,
            MaxLateness = report.MaxLateness,
            Step = tables.Step,
            LengthenedStep = LengthenedOf(tables, counters),
            HasPins = tables.Channels.Length > 0,
            Readouts = ReadoutsOf(symbols, recorder.Readouts),
            Reported = recorder.Troubles,
            Log = recorder.Log,
            Counters = counters,
            Saturations = SaturatedOf(PopulationsOf(tables, symbols), saturations ?? []),
            CountsSaturations = saturations is not null,
        };
    }

    /// <summary>Names the populations of which values were cut off.</summary>
    /// <param name="populations">All populations.</param>
    /// <param name="saturations">How often, by population.</param>
    /// <returns>Those of which any were.</returns>
    public static IReadOnlyList<KeyValuePair<string, long>> SaturatedOf(IReadOnlyList<RecordedPopulation> populations,
        IReadOnlyList<long> saturations)
    {
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(saturations);
        return saturations.Select((count, i) => new KeyValuePair<string, long>(populations[i].Name, count)).Where(s => s.Value > 0)
            .ToArray();
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
            populations[i] = new RecordedPopulation(symbols.Populations[i].Name, first, tables.Populations[i].Size,
                tables.Populations[i].Recorded);
            first += tables.Populations[i].Size;
        }

        return populations;
    }

    // A constant drive is right however late the network is.
    private static bool DrivesPins(NetworkTables tables)
    {
        return tables.Populations.Where((p, i) => p.Channels is { Length: > 0 }
            && (p.Receptors.Length > 0 || tables.Drives.Any(d => d.Population == i))).Any();
    }

    // Where a run ended that did not last as long as it was to, or whose end is not known.
    private static string? EarlyText(RunReport report, long asked)
    {
        bool early = asked > 0 && report.Time < asked;
        if (report.BrokenBy is null && report.Reason is not (EndReason.LinkLost or EndReason.Fault) && !early)
        {
            return null;
        }

        string length = asked > 0 ? FormattableString.Invariant($" of {asked / 1e6:0.######} s") : string.Empty;
        string after = report.BrokenBy is null ? string.Empty : "; what the device recorded after that is not here";
        return FormattableString.Invariant($"{report.ReasonText} at {report.Time / 1e6:0.######} s") + length + after;
    }

    // The step that the device went over to when it could not keep its own.
    private static long? LengthenedOf(NetworkTables tables, IReadOnlyList<KeyValuePair<string, long>> counters)
    {
        long step = counters.FirstOrDefault(counter => counter.Key == CounterIndex.Name(CounterIndex.Step)).Value;
        return step > tables.Step ? step : null;
    }

    private static ReadoutRecord[] ReadoutsOf(SymbolTable symbols, IReadOnlyList<ReadoutValue> values)
    {
        ILookup<int, ReadoutValue> byIndex = values.ToLookup(value => value.Index);
        return [.. symbols.Readouts.Where(symbol => byIndex.Contains(symbol.Index))
            .Select(symbol => new ReadoutRecord(symbol.Name, symbol.Unit, [.. byIndex[symbol.Index]]))];
    }

    private static TraceRecord[] TracesOf(NetworkTables tables, SymbolTable symbols, IReadOnlyList<TraceSample> samples)
    {
        IReadOnlyList<RecordedPopulation> populations = PopulationsOf(tables, symbols);
        ILookup<int, TraceSample> byTrace = samples.ToLookup(s => s.Trace);
        TraceRecord[] traces = new TraceRecord[tables.Traces.Length];
        for (int k = 0; k < traces.Length; k++)
        {
            TraceTable table = tables.Traces[k];
            if (table.Quantity == TraceQuantity.Weight)
            {
                traces[k] = WeightOf(table.Neuron, new SynapseMap(tables, symbols), populations, tables, [.. byTrace[k]]);
                continue;
            }

            int neuron = table.Neuron;
            int p = populations.TakeWhile(q => !q.Contains(neuron)).Count();
            PopulationSymbol symbol = symbols.Populations[p];
            TraceSample[] own = byTrace[k].ToArray();
            traces[k] = new TraceRecord(
                FormattableString.Invariant($"{symbol.Name}[{neuron - populations[p].First}]") + TraceValues.Suffix(table, symbol),
                neuron,
                TraceValues.UnitOf(table, symbol),
                Array.ConvertAll(own, s => s.Time),
                Array.ConvertAll(own, s => TraceValues.Of(table, symbol, s.Value)))
            {
                IsCurrent = table.Quantity == TraceQuantity.Current,
                Threshold = TraceValues.ThresholdOf(table, tables.Populations[p], symbol, neuron - populations[p].First),
            };
        }

        return traces;
    }

    private static TraceRecord WeightOf(int synapse, SynapseMap map, IReadOnlyList<RecordedPopulation> populations, NetworkTables tables,
        TraceSample[] samples)
    {
        SynapseSite site = map.Locate(synapse);
        return new TraceRecord(
            Networks.TraceRequest.NameOfWeight(map.ProjectionNames[site.Projection], site.Pre, site.Post),
            populations[tables.Projections[site.Projection].Target].First + site.Post,
            map.UnitOf(site.Projection),
            Array.ConvertAll(samples, s => s.Time),
            Array.ConvertAll(samples, s => map.ToPhysical(synapse, s.Value)))
        { IsWeight = true };
    }
}
