// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.Runtime.Native;

namespace NeuroMCU.VirtualBench;

/// <summary>The firmware has asked for a restart of the simulated device.</summary>
/// <param name="option">How to restart.</param>
public sealed class DeviceRebootException(RebootOption option) : Exception("the device restarts")
{
    /// <summary>Gets how to restart.</summary>
    public RebootOption Option { get; } = option;
}
