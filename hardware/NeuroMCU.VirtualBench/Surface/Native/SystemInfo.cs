// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Runtime.Native;

/// <summary>What the device says of itself.</summary>
public static class SystemInfo
{
    /// <summary>Gets the name of the target: 'bench' and the cost profile.</summary>
    public static string TargetName => "bench:" + Bench.Current.Costs.Name;

    /// <summary>Gets the platform.</summary>
    public static string Platform => "VirtualBench";

    /// <summary>Gets who made the firmware image.</summary>
    public static string OEMString => "NeuroMCU virtual bench";

    /// <summary>Gets the version of the runtime that the bench stands for.</summary>
    public static Version Version => new(1, 17, 0, 0);
}
