// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing;

namespace NeuroMCU.Compiler;

/// <summary>Splits the heap that a network takes on the device into parts that a user can do something about.</summary>
internal static class MemoryPlan
{
    private const int IntBytes = 4;
    private const int ShortBytes = 2;
    private const int LongBytes = 8;

    /// <summary>Lists the parts; what is not synapses, parameters, inputs or the spike record counts as engine state.</summary>
    /// <param name="total">Bytes of all parts together, from the engine's own account.</param>
    /// <param name="psram">True for a board with PSRAM, where more sound may wait.</param>
    /// <returns>The parts.</returns>
    public static IReadOnlyList<MemoryItem> Of(NetworkTables tables, int total, bool psram)
    {
        int synapses = tables.Projections.Sum(p =>
            DeviceMemory.ArrayBytes(p.RowStart.Length, IntBytes)
            + DeviceMemory.ArrayBytes(p.Synapses.Length, IntBytes)
            + DeviceMemory.ArrayBytes(p.Weights.Length, ShortBytes));
        int parameters = tables.Populations.Sum(Parameters);
        int inputs = DeviceMemory.ArrayBytes(tables.SpikeTimes.Length, IntBytes)
            + DeviceMemory.ArrayBytes(tables.SpikeSources.Length, ShortBytes);
        int places = DeviceMemory.SpikePlaces(tables);
        int record = DeviceMemory.ArrayBytes(places, LongBytes) + DeviceMemory.ArrayBytes(places, ShortBytes);
        int hearing = HearingMemory.Estimate(tables, psram);
        string name = tables.Hearing.Length > 0 ? "front end, sound and read-outs" : "read-outs";
        MemoryItem[] beside = hearing == 0 ? [] : [new MemoryItem(name, hearing)];
        return
        [
            new MemoryItem("synapses", synapses),
            new MemoryItem("neuron parameters", parameters),
            new MemoryItem("stored input spikes", inputs),
            new MemoryItem("spike record", record),
            .. beside,
            new MemoryItem("engine: state, queue and the rest", total - synapses - parameters - inputs - record - hearing),
        ];
    }

    private static int Parameters(PopulationTable population)
        => population.Parameters == null ? 0 : population.Parameters.Sum(p => DeviceMemory.ArrayBytes(p.Length, LongBytes));
}
