// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.VirtualDevice;

/// <summary>Tells the bench how much the firmware has worked, from the firmware's own counters.</summary>
internal sealed class FirmwareWork(FirmwareApplication firmware) : IWorkMeter
{
    /// <inheritdoc />
    public long Count(WorkKind kind)
    {
        EngineCounters? engine = firmware.Engine?.Counters;
        return kind switch
        {
            WorkKind.LoopTurn => firmware.Turns,
            WorkKind.FrameByte => firmware.WireBytes,
            WorkKind.Frame => firmware.FramesSent,
            WorkKind.AudioFrame => firmware.AudioFrames,
            WorkKind.BandSample => firmware.BandSamples,
            WorkKind.StreamedSample => firmware.SearchedSamples,
            WorkKind.LawOperation => firmware.PanelOperations + (engine?.LawOperations ?? 0),
            _ when engine is null => 0,
            WorkKind.ClockedStep => engine.ClockedSteps,
            WorkKind.ClockedUpdate => engine.ClockedUpdates - engine.CountedUpdates,
            WorkKind.NeuronUpdate => engine.NeuronUpdates - engine.CountedCrossings,
            WorkKind.ReceptorUpdate => engine.ReceptorUpdates,
            WorkKind.SynapticEvent => engine.SynapticEvents,
            WorkKind.Spike => engine.Spikes,
            _ => 0,
        };
    }
}
