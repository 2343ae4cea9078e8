// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.VirtualDevice;

/// <summary>Reckons how much of a board's managed heap is free for garbage: what the firmware and the loaded network leave.</summary>
internal sealed class HeapRoom(BoardProfile board)
{
    // Of some 3.7 MB in PSRAM, less the assemblies and the firmware's objects.
    private const long WithPsram = 3_600_000;

    // Beside the room for networks a board without PSRAM keeps 4 KB for stacks and requests.
    private const long AtWork = 4096;

    private NetworkEngine? _engine;
    private long _network;

    /// <summary>Gets what is free.</summary>
    /// <param name="engine">The engine of the loaded network; null when there is none.</param>
    /// <returns>Bytes, <c>4096</c> at least.</returns>
    public long Beside(NetworkEngine? engine)
    {
        if (!ReferenceEquals(engine, _engine))
        {
            _engine = engine;
            _network = engine is null ? 0 : DeviceMemory.Estimate(engine.Tables);
        }

        return Math.Max(AtWork, (board.HasPsram ? WithPsram : AtWork + board.MaxNetworkBytes) - _network);
    }
}
